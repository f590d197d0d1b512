"""The ways to answer a customer: which there are, and which of them may be used now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.case.attach import same_exchange
from shared.domain.customer.automatic import may_write
from shared.domain.customer.evidence import Consent, Link, Strength
from shared.domain.customer.head import Head
from shared.domain.customer.suppression import why_stopped
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.timeline.append import case_of
from shared.domain.window import OPEN, Allowed, Window, window

WINDOW_CLOSED = "window_closed"


@dataclass(frozen=True, slots=True)
class ReplyWay:
    """One way to answer this customer: `reason` is "" when it is allowed, else a stable word. `window` says
    what may go out there, and for how long.
    """

    way: Way
    reason: str = ""
    window: Window = OPEN


def ways(head: Head, links: Sequence[Link], said: Sequence[Consent | None], now: Now) -> tuple[ReplyWay, ...]:
    """Each way once, proven addresses only: a number merely typed is never written to. Then the exchanges
    that go on with others: who joined a conversation, or only claims to be somebody. `said` are the consents
    of these addresses (`addresses`), as far as anything was said there.

    After a merge two links may show the same address; the first, the root's own, counts.
    """
    proven = {
        link.address: link
        for link in reversed(links)
        if link.strength is Strength.PROVEN and link.ended_at is None
    }
    pairs = [(link, name) for link in proven.values() for name in _written(link.address, now)]
    known = {consent.address: consent for consent in said if consent}
    own = (_way(head, link, channel, known.get(link.address), now) for link, channel in pairs)
    ended = {link.address for link in links if link.ended_at} - proven.keys()
    apart = proven.keys() | ended
    going = (way for way in _going(head) if not now.channels.of(way.channel).calls)
    others = {way.address: way for way in going if way.address not in apart}
    return (*own, *(_joined(head, way, known.get(way.address), now) for way in others.values()))


def _written(address: Address, now: Now) -> list[str]:
    """The channels by which one writes to this address: a telephone call is placed, not written."""
    return [one.name for one in now.channels.for_kind(address.kind) if not one.calls]


def addresses(head: Head, links: Sequence[Link]) -> tuple[Address, ...]:
    """Those of this customer, and of who talks in their conversations; each once."""
    talking = (way.address for way in _going(head))
    return tuple(dict.fromkeys((*(link.address for link in links), *talking)))


def _going(head: Head) -> list[Way]:
    return [one.way for case in head.cases for one in case.interactions]


def _joined(head: Head, way: Way, consent: Consent | None, now: Now) -> ReplyWay:
    open_for = window_of(head, way, now)
    closed = "" if open_for.a_persons_words else WINDOW_CLOSED
    return ReplyWay(way, refusal(way.address, consent) or closed, open_for)


def _way(head: Head, link: Link, channel: str, consent: Consent | None, now: Now) -> ReplyWay:
    plain = Way(channel, link.address, link.customer_id, link.address.value)
    going = [i.way for case in head.cases for i in case.interactions if same_exchange(i, plain)]
    way = replace(going[-1], member=link.customer_id) if going else plain
    arrived = link.at if link.evidence == "arrived" else None
    open_for = window_of(head, way, now, arrived)
    closed = "" if open_for.a_persons_words else WINDOW_CLOSED
    return ReplyWay(way, refusal(link.address, consent) or closed, open_for)


def window_of(head: Head, way: Way, now: Now, arrived: datetime | None = None) -> Window:
    """What may go out by this way now. `arrived` is when the address wrote first, where that is known."""
    traits, last = now.channels.of(way.channel), head.last
    going = [i for case in head.cases for i in case.interactions if same_exchange(i, way)]
    known = [one.heard_at if traits.window_hours else one.started_at for one in going]
    here = last and (last.way.channel, last.way.address) == (way.channel, way.address)
    moments = (*known, last.at if last and here else None, arrived)
    return window(traits, max((moment for moment in moments if moment), default=None), now.at)


def may_speak(head: Head, way: Way, now: Now) -> bool:
    """Whether a program may write by this way; the sender asks whether the address wants it. Nothing is
    written to a telephone.
    """
    if now.channels.of(way.channel).calls:
        return False
    free = way.address.takes_automatic and window_of(head, way, now).free_words
    return free and may_write(head, way.channel, now)


def refusal(address: Address, consent: Consent | None) -> str:
    """ "" when an agent's answer may go there, else why not."""
    return why_stopped(consent, by_agent=True) or ("" if address.reachable else "unreachable")


def going_way(head: Head, case_id: str, channel: str, address: Address | None) -> Way | None:
    """The way of an exchange that goes on in this case (proven when it began); None where nothing does."""
    case = case_of(head, case_id)
    for one in case.interactions if case else ():
        if one.channel == channel and address in (None, one.address):
            return one.way
    return None


def pick(
    options: Sequence[ReplyWay], channel: str, address: Address | None, by_template: bool = False
) -> Way:
    """The asked way, or Refused with 422 and the reason. A template passes where free words do not."""
    if by_template:
        options = [replace(o, reason="") if _takes_template(o) else o for o in options]
    fitting = [o for o in options if o.way.channel == channel and address in (None, o.way.address)]
    if not fitting:
        raise Refused("no_address", status=422)
    chosen = next((o for o in fitting if not o.reason), fitting[0])
    if chosen.reason:
        raise Refused(chosen.reason, status=422)
    return chosen.way


def _takes_template(one: ReplyWay) -> bool:
    return one.reason == WINDOW_CLOSED and one.window.allowed is Allowed.TEMPLATE_ONLY
