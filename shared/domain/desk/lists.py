"""Lists of cases: what rows say is found, what the heads say is shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.customer.head import Head, OpenCase
from shared.domain.desk.found import OpenRow
from shared.domain.desk.inbox import Notice
from shared.domain.ids import case_number
from shared.domain.routing.pool import HEAD_START, Waiting
from shared.domain.timeline.append import case_of
from shared.domain.times import from_iso, iso

WAITING, OPEN, SNOOZED, FOLLOWED, MENTIONS = LISTS = ("waiting", "open", "snoozed", "followed", "mentions")
CLOSED, NOBODY, ME = "closed", "nobody", "me"
SERVED, AGE, NEWEST, LAST, PRIORITY, NUMBER = SORTS = ("", "age", "newest", "last", "priority", "number")
BY_HEADS = (LAST, PRIORITY)  # what only heads know


@dataclass(frozen=True, slots=True)
class Which:
    """What is asked of a list; "" for all. `owner` is an agent's id, or NOBODY. `sort` "" is the list's own
    order. `cursor` is what the page before ended with.
    """

    queue: str = ""
    channel: str = ""
    owner: str = ""
    tag: str = ""
    state: str = ""
    sort: str = SERVED
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A case as a list knows of it: None where it does not know. `place` orders the list as it is kept,
    `position` is that in its queue. `notice` is why it stands among the mentions.
    """

    case_id: str
    customer_id: str
    place: str
    queue: str | None = None
    channel: str | None = None
    owner: str | None = None
    tags: tuple[str, ...] | None = None
    name: str = ""
    since: datetime | None = None
    priority: int | None = None
    position: int | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A row with what the head says. `case` is None for one that is closed, or whose head is not read yet, as
    the customer was merged.
    """

    row: Row
    head: Head | None
    case: OpenCase | None

    @property
    def merged(self) -> bool:
        return bool(self.head and self.head.root)

    @property
    def state(self) -> str:
        return state_of(self.case)


def waiting_rows(rows: Iterable[Waiting]) -> list[Row]:
    """Of one queue, or of what waits for one agent alone: in the order they are served."""
    served = sorted(rows, key=lambda row: (row.rank, row.interaction_id))
    return [_waiting(n, row) for n, row in enumerate(served, start=1)]


def _waiting(position: int, row: Waiting) -> Row:
    alone = row.queue.startswith("@")
    ahead = (row.enqueued_at - from_iso(row.rank)) / HEAD_START
    return Row(
        row.case_id,
        row.customer_id,
        f"{row.rank} {row.case_id}",
        queue=None if alone else row.queue,
        channel=row.channel,
        owner=row.owner,
        since=row.enqueued_at,
        priority=round(5 - ahead),
        position=None if alone else position,
    )


def open_row(row: OpenRow) -> Row:
    told = {"queue": row.queue, "channel": row.channel, "owner": row.owner, "tags": row.tags}
    return Row(row.case_id, row.customer_id, row.case_id, name=row.name, **told)  # type: ignore[arg-type]


def mentions(notices: Iterable[Notice]) -> list[Row]:
    """Each case once, with what was said of it last: the newest first."""
    newest: dict[str, Notice] = {}
    for notice in sorted(notices, key=lambda one: one.id, reverse=True):
        newest.setdefault(notice.case_id, notice)
    told = enumerate(newest.values())
    return [Row(one.case_id, one.customer_id, f"{n:06}", notice=one) for n, one in told]


def may_fit(row: Row, which: Which) -> bool:
    """Whether it may belong to what is asked for, as far as the row knows."""
    asked = ((which.queue, row.queue), (which.channel, row.channel))
    same = all(wanted in ("", known) or known is None for wanted, known in asked)
    tagged = not which.tag or row.tags is None or which.tag in row.tags
    return same and tagged and (row.owner is None or _owned(row.owner, which.owner))


def fits(list: str, seen: Seen, which: Which, agent_id: str) -> bool:
    """What the head says rules. One that was merged is looked at again with its root's head."""
    if seen.merged:
        return True
    case = seen.case
    if case is None:
        return list in (FOLLOWED, MENTIONS) and which.state in ("", CLOSED) and not which.owner
    belongs = {WAITING: seen.state == "waiting", SNOOZED: _mine(case, agent_id)}.get(list, True)
    queue, channels = (
        case.contact.queue,
        {*(c.channel for c in case.contacts), *(i.channel for i in case.interactions)},
    )
    same = which.queue in ("", queue) and (not which.channel or which.channel in channels)
    return belongs and same and which.state in ("", seen.state) and _owned(case.owner, which.owner)


def _mine(case: OpenCase, agent_id: str) -> bool:
    return case.snoozed is not None and case.snoozed.by == agent_id


def _owned(owner: str, wanted: str) -> bool:
    return not wanted or owner == ("" if wanted == NOBODY else wanted)


def seen_of(row: Row, head: Head | None) -> Seen:
    return Seen(row, head, case_of(head, row.case_id) if head else None)


def state_of(case: OpenCase | None) -> str:
    """closed, snoozed, owned, or what its contact does."""
    if case is None:
        return CLOSED
    return "snoozed" if case.snoozed else case.state


def last_at(seen: Seen) -> datetime | None:
    """When the last word was said in it."""
    going = [one.last_at for one in seen.case.interactions] if seen.case else []
    heard = seen.head.last.at if seen.head and seen.head.last and len(seen.head.cases) == 1 else None
    opened = seen.case.opened_at if seen.case else None
    return max((at for at in (*going, heard, opened) if at), default=None)


def key_of(seen: Seen, sort: str) -> str:
    """What a row is sorted by, as a text that begins a cursor: with its case it is no other row's."""
    return f"{_value(seen, sort)}~{seen.row.case_id}"


ROW_KEYS: dict[str, Callable[[Row], str]] = {
    SERVED: lambda row: row.place,
    AGE: lambda row: iso(row.since) if row.since else row.case_id,
    NEWEST: lambda row: _turned(row.case_id),
    NUMBER: lambda row: case_number(row.case_id),
}


def _value(seen: Seen, sort: str) -> str:
    if sort == PRIORITY:
        return f"{seen.case.contact.priority if seen.case else 9} {seen.row.case_id}"
    if sort == LAST:
        return _turned(iso(at) if (at := last_at(seen)) else "")
    return ROW_KEYS[sort](seen.row)


def _turned(text: str) -> str:
    """A text that sorts the other way round."""
    return "".join(chr(0x7E - (ord(letter) - 0x20)) for letter in text) + "~"


def in_order(rows: Sequence[Row], sort: str) -> list[Row]:
    """As far as rows know: what only heads know is sorted behind them, in the list's own order."""
    key = ROW_KEYS.get(sort, ROW_KEYS[SERVED])
    once = {row.case_id: row for row in reversed(rows)}  # a case may wait with two contacts
    return sorted(once.values(), key=lambda row: (key(row), row.case_id))


def behind(rows: Sequence[Row], which: Which) -> list[Row]:
    """Those behind the cursor."""
    key = ROW_KEYS.get(which.sort)
    if not which.cursor or key is None:
        return list(rows)
    return [row for row in rows if f"{key(row)}~{row.case_id}" > which.cursor]
