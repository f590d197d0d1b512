"""One question per closed case, on the channel of the customer's last message, or a reason why not."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.case.close import ABANDONED, LEFT_FLOW
from shared.domain.case.ways import (
    WINDOW_CLOSED,
)
from shared.domain.change import Change, Put
from shared.domain.customer.automatic import TOO_MANY, may_write, noted
from shared.domain.customer.call import Call
from shared.domain.customer.evidence import Consent
from shared.domain.customer.head import Head, LastMessage
from shared.domain.customer.kept import Case
from shared.domain.customer.language import language_for
from shared.domain.customer.pending import PendingSurvey
from shared.domain.customer.suppression import why_stopped
from shared.domain.declared import ABUSE
from shared.domain.now import Now
from shared.domain.timeline.append import next_entry, written
from shared.domain.timeline.bus_facts import Fact
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.domain.timeline.once import RequestKey
from shared.domain.timeline.outbound import outbound
from shared.domain.window import window
from shared.domain.words.to_customers import say


def survey(
    head: Head, kept: Case, consent: Consent | None, closing: Fact, now: Now, call: Call | None = None
) -> Change:
    """The question, or the reason for none; the key makes it one decision per closing of the case. `call` is
    the one in which they were heard last, if it was one.
    """
    reason = suppressed(head, kept, consent, closing, now, call)
    entry = _unasked(head, kept, reason, now) if reason else _asked(head, kept, now)
    closed = f"{kept.id}.{closing.seq}"
    key = RequestKey("survey", closed, entry.timeline, entry.seq, now.at + timedelta(days=40))
    after = head if reason else noted(_waiting(head, kept, now), _last(head).way.channel, now)
    return (Put(key), *written(head, after, entry))


def suppressed(
    head: Head, kept: Case, consent: Consent | None, closing: Fact, now: Now, call: Call | None = None
) -> str:
    """ "" when the customer may be asked, else the reason (a stable word of the reports).

    `consent` is that of the address they wrote from last.
    """
    rest = timedelta(days=now.centre.survey_rest_days)
    if kept.closed_at is None or kept.closed_at > closing.at:
        return "reopened"
    if kept.disposition in (ABANDONED, LEFT_FLOW, "spam", ABUSE):
        return ABANDONED if kept.disposition == LEFT_FLOW else kept.disposition
    if head.last is None or not _hears(head.last, call, now):
        return "unreachable"
    if stopped := why_stopped(consent, by_agent=False):
        return stopped
    if not window(now.channels.of(head.last.way.channel), head.last.at, now.at).free_words:
        return WINDOW_CLOSED
    if not may_write(head, head.last.way.channel, now):
        return TOO_MANY
    if head.survey and now.at - head.survey.asked_at < rest:
        return "asked_recently"
    return "" if kept.answered else "unanswered"


def _hears(last: LastMessage, call: Call | None, now: Now) -> bool:
    """Whether the question would arrive where they spoke last. Who called is asked while they are still on
    the line, whatever their number is.
    """
    if now.channels.of(last.way.channel).calls:
        return call is not None and call.customer is not None
    return last.way.address.takes_automatic


def _asked(head: Head, kept: Case, now: Now) -> Entry:
    last = _last(head)
    pressed = now.channels.of(last.way.channel).choices
    return next_entry(
        head,
        now,
        Kind.SURVEY_ASKED,
        timeline=last.way.member,
        audience=Audience.CUSTOMER,
        case_id=kept.id,
        interaction_id=last.interaction_id,
        content=Content(say("survey_to_press" if pressed else "survey_to_type", language_for(head, now))),
        facts={"queue": kept.queue, "agent": kept.owner, "scale": 5},
        **outbound(last.way, now),
    )


def _unasked(head: Head, kept: Case, reason: str, now: Now) -> Entry:
    facts = {"queue": kept.queue, "agent": kept.owner, "reason": reason}
    way = Way(head.last.way.channel if head.last else kept.opened_channel)
    return next_entry(head, now, Kind.SURVEY_SUPPRESSED, case_id=kept.id, way=way, facts=facts)


def _waiting(head: Head, kept: Case, now: Now) -> Head:
    way = _last(head).way
    until = now.at + timedelta(seconds=now.centre.survey_answer_seconds)
    pending = PendingSurvey(kept.id, kept.customer_id, way.channel, way.address, now.at, until)
    return replace(head, survey=pending)


def _last(head: Head) -> LastMessage:
    if head.last is None:
        raise ValueError("a customer who never wrote is not asked")
    return head.last
