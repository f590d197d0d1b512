"""What staff say: replies on any channel the customer can be reached on, and notes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from shared.domain.address.address import Address
from shared.domain.case.attach import interaction, silence, stored
from shared.domain.change import Change, Put
from shared.domain.customer.head import CaseState, Head, Link, OpenCase, OpenInteraction, Strength
from shared.domain.errors import Malformed, Refused
from shared.domain.now import Now
from shared.domain.timeline.append import case_of, next_entry, with_case, with_interaction, written
from shared.domain.timeline.entry import Audience, Entry, Kind, Scalar
from shared.domain.timeline.once import RequestKey
from shared.domain.timeline.way import Way, outbound
from shared.domain.times import lasted

KEY = re.compile(r"[0-9A-Za-z_-]{8,64}", re.ASCII)
CHANNELS = {"phone": ("sms",), "visitor": ("chat",)}


def ways(head: Head, links: Sequence[Link]) -> tuple[Way, ...]:
    """Each way once, proven addresses only: a number merely typed is never written to.

    After a merge two links may show the same address; the first, the root's own, counts.
    """
    proven = {
        link.address: link
        for link in reversed(links)
        if link.strength is Strength.PROVEN and link.ended_at is None
    }
    pairs = [(link, channel) for link in proven.values() for channel in CHANNELS.get(link.address.kind, ())]
    return tuple(_way(head, link, channel) for link, channel in pairs)


def _way(head: Head, link: Link, channel: str) -> Way:
    going = [i for case in head.cases for i in case.interactions if i.address == link.address]
    reply_to = going[-1].reply_to if going else link.address.value
    own_side = going[-1].own_side if going else ""
    return Way(channel, link.address, link.customer_id, reply_to, own_side, _refusal(head, link.address))


def _refusal(head: Head, address: Address) -> str:
    """ "" when an answer may go there, else why not."""
    if address in head.opted_out:
        return "opted_out"
    return "" if address.reachable else "unreachable"


def going_way(head: Head, case_id: str, channel: str, address: Address | None) -> Way | None:
    """The way of an exchange that goes on in this case (proven when it began); None where nothing does."""
    case = case_of(head, case_id)
    for one in case.interactions if case else ():
        asked = one.channel == channel and address in (None, one.address)
        if asked and not _refusal(head, one.address):
            return Way(channel, one.address, one.member, one.reply_to, one.own_side)
    return None


def pick(options: Sequence[Way], channel: str, address: Address | None) -> Way:
    """The asked way, or Refused with 422 and the reason."""
    fitting = [w for w in options if w.channel == channel and address in (None, w.address)]
    if not fitting:
        raise Refused("no_address", status=422)
    way = next((w for w in fitting if not w.reason), fitting[0])
    if way.reason:
        raise Refused(way.reason, status=422)
    return way


def reply(
    head: Head, case_id: str, agent_id: str, way: Way, text: str, key: str, now: Now, origin: str = ""
) -> Change:
    """One outbound entry, queued. The request key comes first: its failure means "seen before"."""
    case = owned(head, case_id, agent_id)
    spoken, going, begun = _through(case, way, now)
    facts: dict[str, Scalar] = {"queue": case.queue, "agent": agent_id}
    if case.first_reply_at is None:
        facts["first_reply_ms"] = lasted(case.enqueued_at, now.at)
        spoken = replace(spoken, first_reply_at=now.at)
    entry = next_entry(
        head,
        now,
        Kind.MESSAGE_SENT,
        timeline=way.member,
        audience=Audience.CUSTOMER,
        actor=f"agent:{agent_id}",
        case_id=case.id,
        interaction_id=going.id,
        text=text,
        facts=facts,
        origin=origin,
        **outbound(way, now),
        **({"due": now.at + silence(way.channel, now), "due_for": "silence"} if begun else {}),
    )
    writes = (Put(stored(case.id, going)),) if begun else ()
    return (
        Put(request_key(agent_id, key, entry, now)),
        *written(head, with_case(head, spoken), entry),
        *writes,
    )


def note(head: Head, case_id: str, agent_id: str, text: str, key: str, now: Now) -> Change:
    """A line for staff alone; it can be left on any open case, owned or not."""
    case = case_of(head, case_id)
    if case is None:
        raise Refused("case_closed", status=409)
    actor = f"agent:{agent_id}"
    entry = next_entry(head, now, Kind.NOTE_ADDED, actor=actor, case_id=case_id, text=text)
    return (Put(request_key(agent_id, key, entry, now)), *written(head, head, entry))


def owned(head: Head, case_id: str, agent_id: str) -> OpenCase:
    """The open case this agent owns, or Refused with 409."""
    case = case_of(head, case_id)
    if case is None:
        raise Refused("case_closed", status=409)
    if case.state is not CaseState.OWNED or case.owner != agent_id:
        raise Refused("not_owner", status=409)
    return case


def _through(case: OpenCase, way: Way, now: Now) -> tuple[OpenCase, OpenInteraction, bool]:
    """The interaction the answer goes through; another channel begins one in the same case."""
    for going in case.interactions:
        if going.channel == way.channel and going.address == way.address:
            moved = replace(going, last_at=max(going.last_at, now.at))
            return with_interaction(case, moved), moved, False
    begun = interaction(way.address, way.member, way.channel, way.reply_to, way.own_side, now)
    return with_interaction(case, begun), begun, True


def request_key(agent_id: str, key: str, entry: Entry, now: Now) -> RequestKey:
    """Remembers for a day what a client-made key was used for. Raises Malformed for what is no key."""
    if not KEY.fullmatch(key):
        raise Malformed("a key has 8 to 64 letters, digits and dashes")
    return RequestKey(f"agent:{agent_id}", key, entry.timeline, entry.seq, now.at + timedelta(days=1))
