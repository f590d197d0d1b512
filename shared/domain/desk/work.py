"""An agent's work in their own view: what is offered to them, and what is theirs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import takewhile

from shared.domain.customer.head import Contact, OpenCase
from shared.domain.desk.call_view import CallbackView
from shared.domain.desk.views import moment
from shared.domain.desk.work_views import OfferView, WorkItem
from shared.domain.ids import case_number
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.times import iso

PREVIEW = 140
SPOKEN = frozenset({Kind.MESSAGE_RECEIVED, Kind.MESSAGE_SENT})


def offer_view(
    customer_id: str, name: str, case: OpenCase, contact: Contact, until: datetime, lines: Sequence[Entry]
) -> OfferView:
    """`lines` are the customer's last ones, newest first: they hold what was said and why this agent."""
    words = next((e.text for e in lines if e.kind is Kind.MESSAGE_RECEIVED and e.case_id == case.id), "")
    made = next((e for e in lines if e.facts.get("offer_id") == contact.offer_id), None)
    return OfferView(
        offer_id=contact.offer_id,
        customer_id=customer_id,
        case_id=case.id,
        channel=contact.channel,
        queue=contact.queue,
        waiting_since=iso(contact.enqueued_at),
        until=iso(until),
        preview=shortened(words),
        customer_name=name,
        reason=reason_word(made) if made else "",
        needs=contact.needs,
        callback=contact.callback is not None,
    )


def work_item(
    customer_id: str,
    name: str,
    case: OpenCase,
    lines: Sequence[Entry],
    callback: CallbackView | None = None,
) -> WorkItem:
    """`lines` are the newest first, whichever exchange of the case they came by."""
    said = spoken(lines, case)
    last = said[0] if said else None
    waiting = _unanswered(said)
    return WorkItem(
        case_id=case.id,
        number=case_number(case.id),
        customer_id=customer_id,
        customer_name=name,
        channel=last.channel if last else case.contact.channel,
        state=case.state,
        opened_at=iso(case.opened_at),
        last_at=iso(last.at if last else max((i.last_at for i in case.interactions), default=case.opened_at)),
        last_text=shortened(last.text) if last else "",
        last_from=last.actor if last else "",
        unread=len(waiting),
        waiting_since=moment(_since(waiting, said, case)),
        callback=callback,
    )


def spoken(lines: Iterable[Entry], case: OpenCase) -> list[Entry]:
    """What customer and staff said to each other in this case."""
    return [e for e in lines if e.case_id == case.id and e.kind in SPOKEN]


def shortened(text: str) -> str:
    return text if len(text) <= PREVIEW else f"{text[: PREVIEW - 1]}…"


def reason_word(made: Entry) -> str:
    """The rule that decided. Offers of the release before have it at the beginning of their sentence:
    `longest_waiting` of "longest waiting (rank …)".
    """
    sentence = str(made.facts.get("reason", ""))
    return str(made.facts.get("rule") or sentence.partition(" (")[0].replace(" ", "_"))


def _unanswered(said: Iterable[Entry]) -> list[Entry]:
    """What the customer wrote since an agent last answered; an automatic message neither asks nor answers."""
    since = takewhile(lambda entry: not _answers(entry), said)
    return [e for e in since if e.kind is Kind.MESSAGE_RECEIVED and not e.facts.get("automatic")]


def _answers(entry: Entry) -> bool:
    return entry.kind is Kind.MESSAGE_SENT and entry.by_agent


def _since(waiting: Sequence[Entry], said: Sequence[Entry], case: OpenCase) -> datetime | None:
    """When the oldest of these was written; in a case nobody ever answered it may stand before `said`."""
    if not waiting:
        return None
    answered = case.first_reply_at or any(map(_answers, said))
    return waiting[-1].at if answered else min(waiting[-1].at, case.contact.enqueued_at)
