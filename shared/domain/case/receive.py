"""What a customer's event becomes: one transaction of receipt, entry and head."""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.case.attach import Attached, Speaker, attach, silence
from shared.domain.change import Change, Put, Write
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.customer.head import AddressOwner, Head, LastMessage, Link, Profile, Strength
from shared.domain.customer.kept import Case
from shared.domain.now import Now
from shared.domain.text import language_of
from shared.domain.timeline.append import next_entry, with_case, written
from shared.domain.timeline.entry import Audience, Entry, Kind, Scalar


@dataclass(frozen=True, slots=True)
class Known:
    """What the table says about the speaker: `head` is that of the root; `fresh` a customer we just met."""

    head: Head
    speaker: Speaker
    fresh: bool = False
    closed: Case | None = None


def fresh_customer(speaker: Speaker, raw: Raw, now: Now) -> tuple[Write, ...]:
    """The address, its evidence and an empty profile of somebody who writes for the first time."""
    member, address = speaker.member, speaker.address
    by = f"channel:{raw.channel}"
    evidence = Link(member, address, Strength.PROVEN, "arrived", raw.event_id, by, now.at)
    return (Put(AddressOwner(address, member, member)), Put(evidence), Put(Profile(member)))


def receipt(
    raw: Raw, outcome: Outcome, reason: str, now: Now, customer_id: str = "", seq: int = 0
) -> Receipt:
    return Receipt(
        channel=raw.channel,
        event_id=raw.event_id,
        acceptance=raw.acceptance,
        accepted_at=raw.accepted_at,
        outcome=outcome,
        reason=reason,
        payload=raw.payload,
        customer_id=customer_id,
        seq=seq,
        expires_at=now.at + timedelta(days=now.centre.receipt_days),
    )


def handled(raw: Raw, known: Known, after: Head, now: Now, *entries: Entry) -> Change:
    """The receipt first: its position tells a duplicate from a lost race."""
    first = entries[0]
    proof = Put(receipt(raw, Outcome.HANDLED, "", now, first.timeline, first.seq))
    met = fresh_customer(known.speaker, raw, now) if known.fresh else ()
    return (proof, *written(known.head, after, *entries), *met)


def receive_message(raw: Raw, arrival: Arrival, known: Known, now: Now) -> Change:
    """A message joins its case. On an open case: receipt, entry, head and nothing else."""
    attached = attach(known.head, known.speaker, raw, arrival, known.closed, now)
    entry = _said(raw, arrival, known, attached, now)
    after = replace(
        with_case(known.head, attached.case),
        language=_language(arrival, known.head, now),
        closed=None if attached.reopened else known.head.closed,
        last=_last(raw, arrival, known, attached.interaction.id, now),
    )
    return (*handled(raw, known, after, now, entry), *attached.writes)


def _said(raw: Raw, arrival: Arrival, known: Known, attached: Attached, now: Now) -> Entry:
    text = arrival.what.text if isinstance(arrival.what, Message) else str(getattr(arrival.what, "score", ""))
    return next_entry(
        known.head,
        now,
        Kind.MESSAGE_RECEIVED,
        timeline=known.speaker.member,
        audience=Audience.CUSTOMER,
        actor="customer",
        channel=raw.channel,
        case_id=attached.case.id,
        interaction_id=attached.interaction.id,
        address=known.speaker.address,
        reply_to=arrival.reply_to,
        own_side=arrival.own_side,
        text=text,
        facts=_measures(raw, arrival, attached, now),
        due=now.at + silence(raw.channel, now) if attached.began else None,
        due_for="silence" if attached.began else "",
    )


def _measures(raw: Raw, arrival: Arrival, attached: Attached, now: Now) -> dict[str, Scalar]:
    media = arrival.what.media if isinstance(arrival.what, Message) else 0
    facts: dict[str, Scalar] = {"queue": attached.case.queue, "door": raw.channel}
    facts |= {"media": media} if media else {}
    facts |= {"owner": attached.case.owner} if attached.case.owner else {}
    if attached.opened or attached.reopened:
        facts |= {"case_opened": True, "reopened": attached.reopened, "queued": True, "wake": now.centre.pool}
    return facts


def _language(arrival: Arrival, head: Head, now: Now) -> str:
    what = arrival.what
    spoken = (language_of(what.text) or what.language) if isinstance(what, Message) else ""
    return spoken or head.language or now.centre.languages[0]


def _last(raw: Raw, arrival: Arrival, known: Known, interaction_id: str, now: Now) -> LastMessage:
    """Where they spoke last by the doors' clocks: one address is routed in order, two need not be."""
    last, speaker = known.head.last, known.speaker
    if last and last.at > now.at:
        return last
    return LastMessage(
        raw.channel,
        speaker.address,
        arrival.reply_to,
        arrival.own_side,
        speaker.member,
        interaction_id,
        now.at,
    )


def receive_opt_in_or_out(raw: Raw, known: Known, opted_out: bool, now: Now) -> Change:
    """STOP and START: kept on the head, honoured by every later send, and they open nothing."""
    kind = Kind.OPTED_OUT if opted_out else Kind.OPTED_IN
    entry = _quiet(raw, known, kind, now)
    others = tuple(a for a in known.head.opted_out if a != known.speaker.address)
    after = replace(known.head, opted_out=(*others, known.speaker.address) if opted_out else others)
    return handled(raw, known, after, now, entry)


def receive_answer(raw: Raw, score: int, known: Known, case: Case | None, now: Now) -> Change:
    """The score of a survey: on the case and in the head, so that it is counted once."""
    survey = known.head.survey
    if survey is None:
        raise ValueError("no survey waits for an answer")
    facts = {"score": score, "scale": 5, "door": raw.channel}
    facts |= {"queue": case.queue, "agent": case.owner} if case else {}
    entry = _quiet(raw, known, Kind.SURVEY_ANSWERED, now, case_id=survey.case_id, facts=facts)
    after = replace(known.head, survey=replace(survey, score=score))
    scored = (Put(replace(case, score=score, version=case.version + 1), over=case.version),) if case else ()
    return (*handled(raw, known, after, now, entry), *scored)


def _quiet(raw: Raw, known: Known, kind: Kind, now: Now, **told: object) -> Entry:
    told = {"facts": {"door": raw.channel}} | told
    return next_entry(
        known.head,
        now,
        kind,
        timeline=known.speaker.member,
        actor="customer",
        channel=raw.channel,
        address=known.speaker.address,
        **told,
    )
