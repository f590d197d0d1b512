"""A case in a list, as the desk gets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.domain.customer.kept import Case
from shared.domain.desk.lists import Seen, last_at
from shared.domain.desk.views import moment
from shared.domain.desk.work import SPOKEN, shortened
from shared.domain.ids import case_number
from shared.domain.timeline.entry import Entry


@dataclass(frozen=True, slots=True)
class ListItem:
    """`state` is waiting, offered, owned, snoozed, flow, later or closed. `position` counts from 1 in its
    queue, as it will be served. `told_what`, `told_at`, `told_by` and `told_seq` are of a mention.
    """

    case_id: str
    number: str
    customer_id: str
    customer_name: str
    channel: str
    queue: str
    state: str
    owner: str
    owner_name: str
    opened_at: str | None
    waiting_since: str | None
    last_at: str | None
    last_text: str
    last_from: str
    tags: tuple[str, ...]
    priority: int
    position: int | None = None
    snoozed_until: str | None = None
    told_what: str = ""
    told_at: str | None = None
    told_by: str = ""
    told_seq: int = 0


@dataclass(frozen=True, slots=True)
class ListPage:
    """`total` counts what the rows say: an estimate, as the heads of the shown ones alone are read. Where the
    order is one that only heads know, `among` says of how many rows (the first ones) it is.
    """

    items: tuple[ListItem, ...]
    next: str | None
    total: int
    more: bool = False
    among: int | None = None


def list_item(
    seen: Seen, name: str, kept: Case | None, lines: Sequence[Entry], names: Mapping[str, str]
) -> ListItem:
    """`lines` are the last ones of the customer, newest first; `names` those of agents."""
    row, case, notice = seen.row, seen.case, seen.row.notice
    said = next((e for e in lines if e.case_id == row.case_id and e.kind in SPOKEN), None)
    owner = case.agent if case else (kept.owner if kept else "")
    waits = case and seen.state in ("waiting", "offered")
    return ListItem(
        case_id=row.case_id,
        number=case_number(row.case_id),
        customer_id=seen.head.customer_id if seen.head else row.customer_id,
        customer_name=name,
        channel=case.contact.channel if case else (kept.opened_channel if kept else ""),
        queue=case.contact.queue if case else (kept.queue if kept else ""),
        state=seen.state,
        owner=owner,
        owner_name=names.get(owner, ""),
        opened_at=moment(case.opened_at if case else (kept.opened_at if kept else None)),
        waiting_since=moment(case.contact.enqueued_at) if case and waits else None,
        last_at=moment(last_at(seen)),
        last_text=shortened(said.text) if said else "",
        last_from=said.actor if said else "",
        tags=kept.tags if kept else row.tags or (),
        priority=case.contact.priority if case else 5,
        position=row.position if waits else None,
        snoozed_until=moment(case.snoozed.until) if case and case.snoozed else None,
        told_what=notice.what if notice else "",
        told_at=moment(notice.at) if notice else None,
        told_by=names.get(notice.by, "") if notice else "",
        told_seq=notice.seq if notice else 0,
    )
