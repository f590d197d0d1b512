"""The ways to answer a customer: which there are, and which of them may be used now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.case.attach import same_exchange
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
    """Each way once, proven addresses only: a number merely typed is never written to. `said` are the
    consents of these addresses, as far as anything was said there.

    After a merge two links may show the same address; the first, the root's own, counts.
    """
    proven = {
        link.address: link
        for link in reversed(links)
        if link.strength is Strength.PROVEN and link.ended_at is None
    }
    pairs = [(link, one.name) for link in proven.values() for one in now.channels.for_kind(link.address.kind)]
    known = {consent.address: consent for consent in said if consent}
    return tuple(_way(head, link, channel, known.get(link.address), now) for link, channel in pairs)


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
