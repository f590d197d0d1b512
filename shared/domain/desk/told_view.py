"""What an agent was told and what they follow, as their desk gets it. Field names are the API's."""

from dataclasses import dataclass

from shared.domain.desk.inbox import Notice
from shared.domain.desk.work import shortened
from shared.domain.ids import case_number
from shared.domain.timeline.entry import Entry
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class NoticeView:
    """`what` is a word of desk/inbox.py, `by_name` who did it, `text` how the line that says it begins."""

    id: str
    what: str
    at: str
    customer_id: str
    customer_name: str
    case_id: str
    number: str
    timeline: str
    seq: int
    by: str
    by_name: str
    text: str


@dataclass(frozen=True, slots=True)
class FollowView:
    """A case that is followed. `state` is that of the card (closed, waiting, offered, owned …); `owner_name`
    has it; `last_at` is when its customer wrote last, None where that was in no exchange of this case.
    """

    case_id: str
    number: str
    customer_id: str
    customer_name: str
    channel: str
    state: str
    owner_name: str
    last_at: str | None


def notice_view(notice: Notice, name: str, by_name: str, line: Entry | None) -> NoticeView:
    return NoticeView(
        id=notice.id,
        what=notice.what,
        at=iso(notice.at),
        customer_id=notice.customer_id,
        customer_name=name,
        case_id=notice.case_id,
        number=case_number(notice.case_id),
        timeline=notice.timeline,
        seq=notice.seq,
        by=notice.by,
        by_name=by_name,
        text=shortened(line.text) if line else "",
    )
