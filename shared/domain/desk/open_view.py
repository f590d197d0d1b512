"""An open conversation as supervisors see it in a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.desk.found import OpenRow
from shared.domain.desk.views import moment
from shared.domain.ids import case_number
from shared.domain.times import iso

NOBODY = "nobody"  # in the place of an owner: cases that no agent has


@dataclass(frozen=True, slots=True)
class OpenView:
    """`interaction_id` is its contact's. `waits_since`: since when the customer waits, in a queue or for an
    answer; None while they do not. `stepped_in` are supervisors by name.
    """

    case_id: str
    number: str
    customer_id: str
    customer_name: str
    interaction_id: str
    channel: str
    queue: str
    state: str
    owner: str
    owner_name: str
    opened_at: str
    waits_since: str | None
    tags: tuple[str, ...]
    snoozed_until: str | None
    stepped_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhichOpen:
    """In this queue, on this channel, of this owner (an agent's id, or NOBODY), whose customer waits for at
    least so many seconds; "" and 0 for all.
    """

    queue: str = ""
    channel: str = ""
    owner: str = ""
    longer: int = 0

    def may_fit(self, row: OpenRow) -> bool:
        """By the row alone, which may be a moment behind: what does not fit is not read."""
        return self._fits(row.queue, row.channel, row.owner)

    def fits(self, view: OpenView, head: Head, case: OpenCase, at: datetime) -> bool:
        since = waits_since(head, case)
        long = not self.longer or (since is not None and (at - since).total_seconds() >= self.longer)
        return self._fits(view.queue, view.channel, view.owner) and long

    def _fits(self, queue: str, channel: str, owner: str) -> bool:
        whose = self.owner in ("", owner) or (self.owner == NOBODY and not owner)
        return self.queue in ("", queue) and self.channel in ("", channel) and whose


def open_view(row: OpenRow, head: Head, case: OpenCase, names: Mapping[str, str]) -> OpenView:
    """What the head says stands above what the row says."""
    contact = waiting_one(case) or case.contact
    return OpenView(
        case.id,
        case_number(case.id),
        head.customer_id,
        row.name,
        contact.interaction_id,
        contact.channel,
        contact.queue,
        case.state,
        case.owner,
        names.get(case.owner, ""),
        iso(case.opened_at),
        moment(waits_since(head, case)),
        row.tags,
        moment(case.snoozed.until if case.snoozed else None),
        tuple(names.get(id, "") for id in case.stepped_in),
    )


def waiting_one(case: OpenCase) -> Contact | None:
    """The contact of the case that waits in a queue."""
    return next((c for c in case.contacts if c.state is ContactState.WAITING), None)


def waits_since(head: Head, case: OpenCase) -> datetime | None:
    """In the queue, since the queue time began; with an agent, since the customer wrote last, where nobody
    has written after them.
    """
    waiting = waiting_one(case)
    if waiting:
        return waiting.waits_since
    last = head.last
    spoken = next((one for one in case.interactions if last and one.id == last.interaction_id), None)
    return last.at if last and spoken and spoken.last_at <= last.at else None
