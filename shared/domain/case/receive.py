"""What a customer's event becomes: one transaction of receipt, entry and head."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from shared.domain.case.attach import Attached, attach, silence
from shared.domain.case.guide import guide, in_flow, masks
from shared.domain.case.notice import with_notice
from shared.domain.case.snooze import CUSTOMER, wake
from shared.domain.case.turn import Turn
from shared.domain.change import ANY, Change, Put, Write
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.channel.sent_as import named_as
from shared.domain.customer.automatic import noted
from shared.domain.customer.evidence import AddressOwner, Link, Profile, Strength
from shared.domain.customer.head import Head, LastMessage
from shared.domain.customer.suppression import UNDELIVERABLE, reason_of
from shared.domain.now import Now
from shared.domain.routing.pool import woken
from shared.domain.routing.queueing import timers, where_it_waits
from shared.domain.timeline.append import next_entry, with_case, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import CASE, CONTACT, Audience, Entry, Kind, Scalar, Signals
from shared.domain.timeline.outbound import said_by_us
from shared.domain.times import iso


def fresh_customer(turn: Turn) -> tuple[Write, ...]:
    """The address, its evidence and the profile of somebody who writes for the first time."""
    member, address = turn.speaker.member, turn.speaker.address
    by = f"channel:{turn.raw.channel}"
    strength = Strength.CLAIMED if turn.arrival.unproven else Strength.PROVEN
    evidence = Link(member, address, strength, "arrived", turn.raw.event_id, by, turn.now.at)
    profile = Profile(member, turn.arrival.person)
    return (Put(AddressOwner(address, member, member)), Put(evidence), Put(profile))


def met(turn: Turn, entry: Entry) -> tuple[Write, ...]:
    """Who is new, what answers will call this message, and that the address is there after all."""
    name, fresh = turn.known.name, fresh_customer(turn) if turn.known.fresh else ()
    named = (Put(named_as(entry, name, turn.now.at), over=ANY),) if name else ()
    return (*fresh, *named, *_found_again(turn))


def _found_again(turn: Turn) -> tuple[Write, ...]:
    """Whoever writes from an address that mail came back from can be written to again."""
    said = turn.known.consent
    over = reason_of(said) in UNDELIVERABLE and not turn.arrival.automatic
    return (Put(replace(said, opted_out=False, at=turn.now.at), over=ANY),) if said and over else ()


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
        payload_key=raw.payload_key,
    )


def handled(turn: Turn, after: Head, *entries: Entry) -> Change:
    """The receipt first: its position tells a duplicate from a lost race."""
    first = entries[0]
    proof = Put(receipt(turn.raw, Outcome.HANDLED, "", turn.now, first.timeline, first.seq))
    return (proof, *written(turn.head, after, *entries), *met(turn, first))


def receive_message(turn: Turn) -> Change:
    """A message joins its case. On an open case: receipt, entry, head and nothing else."""
    attached = attach(turn)
    entry = _said(turn, attached)
    language, leaning = turn.spoken
    after = replace(
        with_case(turn.head, attached.case),
        language=language,
        leaning=leaning,
        closed=None if attached.reopened else turn.head.closed,
        last=heard_last(turn, attached.interaction.id),
    )
    if in_flow(attached.case, turn):
        kept = Put(receipt(turn.raw, Outcome.HANDLED, "", turn.now, entry.timeline, entry.seq))
        return (kept, *guide(turn, attached, after, _unseen(entry, turn)), *met(turn, entry))
    after, notice = _closed_now(turn, attached, after)
    after, woken, writes = _woken(turn, attached, after, 1 + len(notice))
    return (*handled(turn, after, entry, *notice, *woken), *attached.writes, *writes)


def _woken(turn: Turn, attached: Attached, after: Head, lines: int) -> tuple[Head, tuple[Entry, ...], Change]:
    """What its customer writes wakes a case, behind so many lines. A call rings by itself."""
    if attached.case.snoozed is None or attached.queued:
        return after, (), ()
    ahead = replace(turn.head, version=turn.head.version + lines)
    turned = wake(ahead, attached.case, turn.known.agent, CUSTOMER, turn.now)
    return with_case(after, turned.case), (turned.entry,), turned.writes


def _unseen(entry: Entry, turn: Turn) -> Entry:
    """Without its digits, where the question was for digits that are never kept."""
    if not masks(turn):
        return entry
    hidden = "".join("*" if c.isdigit() else c for c in entry.text)
    return replace(entry, content=replace(entry.content, text=hidden))


def _closed_now(turn: Turn, attached: Attached, after: Head) -> tuple[Head, tuple[Entry, ...]]:
    """Outside opening hours they are told so once, unless somebody has the case."""
    if attached.case.agent or not turn.takes_automatic:
        return after, ()
    after, words = with_notice(after, "", turn.now, attached.case.contact.queue)
    if not words:
        return after, ()
    notice = told(turn, attached.case.id, attached.interaction.id, words)
    return noted(after, turn.raw.channel, turn.now), (notice,)


def _said(turn: Turn, attached: Attached) -> Entry:
    due = turn.now.at + silence(turn.raw.channel, turn.now) if attached.began else None
    return heard(
        turn,
        case_id=attached.case.id,
        interaction_id=attached.interaction.id,
        facts=_measures(turn, attached),
        signals=_signals(attached, turn.now),
        timers=timers(attached.queued.contact, turn.now) if attached.queued else (),
        due=due,
        due_for="silence" if due else "",
    )


def _content(arrival: Arrival) -> Content:
    """What was said. A score, while no survey waits for one, is a message like any other."""
    what = arrival.what
    return what.content if isinstance(what, Message) else Content(str(getattr(what, "score", "")))


def _measures(turn: Turn, attached: Attached) -> dict[str, Scalar]:
    parts, chosen = _content(turn.arrival).parts, getattr(turn.arrival.what, "chosen", None)
    facts: dict[str, Scalar] = {"queue": attached.case.contact.queue, "door": turn.raw.channel}
    if attached.queued:
        facts |= where_it_waits(attached.queued.contact, attached.queued.unknown)
    facts |= {"media": len(parts)} if parts else {}
    facts |= {"choice": chosen.id, "choice_of": chosen.of_entry} if chosen else {}
    return facts | ({"reopened": attached.reopened} if attached.opened or attached.reopened else {})


def _signals(attached: Attached, now: Now) -> Signals:
    opened = (CASE,) if attached.opened or attached.reopened else ()
    begins = (*opened, CONTACT) if attached.queued else opened
    wake = woken(attached.queued.contact, now) if attached.queued else Signals()
    return replace(wake, tell=attached.case.agent, begins=begins)


def heard_last(turn: Turn, interaction_id: str) -> LastMessage:
    """Where they spoke last by the doors' clocks: one address is routed in order, two need not be. Who joined
    in is somebody else: questions go to the customer.
    """
    last = turn.head.last
    stays = last and (turn.known.joined or last.at > turn.now.at)
    return last if last and stays else LastMessage(turn.way, interaction_id, turn.now.at)


def told(turn: Turn, case_id: str, interaction_id: str, words: str) -> Entry:
    """What the house itself says to it, behind the message."""
    behind = replace(turn.head, version=turn.head.version + 1)
    return said_by_us(behind, turn.way, case_id, interaction_id, words, turn.now)


def _origin(turn: Turn) -> dict[str, Scalar]:
    """What the desk shows of who sent it, and when, where that is not as usual."""
    facts: dict[str, Scalar] = {"sent_at": iso(turn.raw.sent_at)} if turn.raw.sent_at else {}
    facts |= {"automatic": turn.arrival.automatic} if turn.arrival.automatic else {}
    return facts | ({"unproven": True} if turn.arrival.unproven else {})


def heard(turn: Turn, **about: Any) -> Entry:
    """The entry of what the customer said; `about` are the fields that depend on the case."""
    about["facts"] = about["facts"] | _origin(turn)
    return next_entry(
        turn.head,
        turn.now,
        Kind.MESSAGE_RECEIVED,
        timeline=turn.speaker.member,
        audience=Audience.CUSTOMER,
        actor="customer",
        way=turn.way,
        content=_content(turn.arrival),
        **about,
    )
