"""What staff say: replies on any channel the customer can be reached on, and notes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.case.attach import interaction, same_exchange, silence, stored
from shared.domain.change import Change, Put
from shared.domain.channel.media import goes_as_link
from shared.domain.customer.evidence import Link, Strength
from shared.domain.customer.head import Head, OpenCase, OpenInteraction
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.template import TemplateUse
from shared.domain.timeline.append import case_of, next_entry, with_case, with_interaction, written
from shared.domain.timeline.content import Content, Part
from shared.domain.timeline.entry import Audience, Entry, Kind, Scalar
from shared.domain.timeline.once import Asking
from shared.domain.timeline.outbound import outbound
from shared.domain.times import lasted
from shared.domain.window import OPEN, Allowed, Window, window

WINDOW_CLOSED = "window_closed"

LINK_ROOM = 160  # characters of a link and its line end, whatever our address is


@dataclass(frozen=True, slots=True)
class ReplyWay:
    """One way to answer this customer: `reason` is "" when it is allowed, else a stable word. `window` says
    what may go out there, and for how long.
    """

    way: Way
    reason: str = ""
    window: Window = OPEN


def ways(head: Head, links: Sequence[Link], opted_out: Collection[Address], now: Now) -> tuple[ReplyWay, ...]:
    """Each way once, proven addresses only: a number merely typed is never written to.

    After a merge two links may show the same address; the first, the root's own, counts.
    """
    proven = {
        link.address: link
        for link in reversed(links)
        if link.strength is Strength.PROVEN and link.ended_at is None
    }
    pairs = [(link, one.name) for link in proven.values() for one in now.channels.for_kind(link.address.kind)]
    return tuple(_way(head, link, channel, opted_out, now) for link, channel in pairs)


def _way(head: Head, link: Link, channel: str, opted_out: Collection[Address], now: Now) -> ReplyWay:
    plain = Way(channel, link.address, link.customer_id, link.address.value)
    going = [i.way for case in head.cases for i in case.interactions if same_exchange(i, plain)]
    way = replace(going[-1], member=link.customer_id) if going else plain
    arrived = link.at if link.evidence == "arrived" else None
    open_for = window_of(head, way, now, arrived)
    closed = "" if open_for.a_persons_words else WINDOW_CLOSED
    return ReplyWay(way, refusal(link.address, opted_out) or closed, open_for)


def window_of(head: Head, way: Way, now: Now, arrived: datetime | None = None) -> Window:
    """What may go out by this way now. `arrived` is when the address wrote first, where that is known."""
    traits, last = now.channels.of(way.channel), head.last
    going = [i for case in head.cases for i in case.interactions if same_exchange(i, way)]
    known = [one.heard_at if traits.window_hours else one.started_at for one in going]
    here = last and (last.way.channel, last.way.address) == (way.channel, way.address)
    moments = (*known, last.at if last and here else None, arrived)
    return window(traits, max((moment for moment in moments if moment), default=None), now.at)


def refusal(address: Address, opted_out: Collection[Address]) -> str:
    """ "" when an answer may go there, else why not."""
    if address in opted_out:
        return "opted_out"
    return "" if address.reachable else "unreachable"


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


@dataclass(frozen=True, slots=True)
class Files:
    """Stored files that go along; `links`: whether a customer can get one by a link of ours."""

    parts: tuple[Part, ...] = ()
    links: bool = False


NO_FILES = Files()


@dataclass(frozen=True, slots=True)
class Reply:
    """What an agent says. `origin` is the socket it came by, `template` what the text was made from."""

    agent_id: str
    case_id: str
    way: Way
    text: str
    asked: Asking
    origin: str = ""
    template: TemplateUse | None = None
    files: Files = NO_FILES


def reply(head: Head, said: Reply, now: Now) -> Change:
    """One outbound entry, queued. The request key comes first: its failure means "seen before".

    Refused `too_long` (422), and with a reason of their own the files, for what the channel does not carry.
    """
    case = owned(head, said.case_id, said.agent_id)
    content = _content(said, now)
    spoken, going, begun = _through(case, said.way, now)
    facts: dict[str, Scalar] = {"queue": case.contact.queue, "agent": said.agent_id}
    if case.first_reply_at is None:
        facts["first_reply_ms"] = lasted(case.contact.enqueued_at, now.at)
        spoken = replace(spoken, first_reply_at=now.at)
    entry = next_entry(
        head,
        now,
        Kind.MESSAGE_SENT,
        timeline=said.way.member,
        audience=Audience.CUSTOMER,
        actor=f"agent:{said.agent_id}",
        case_id=case.id,
        interaction_id=going.id,
        content=content,
        facts=facts,
        origin=said.origin,
        template=said.template,
        **outbound(said.way, now),
        **({"due": now.at + silence(said.way.channel, now), "due_for": "silence"} if begun else {}),
    )
    writes = (Put(stored(case.id, going)),) if begun else ()
    return (
        Put(said.asked.remembered(entry)),
        *written(head, with_case(head, spoken), entry),
        *writes,
    )


def _content(said: Reply, now: Now) -> Content:
    """What the channel carries whole. A link, where it stands in the text, needs room there."""
    traits = now.channels.of(said.way.channel)
    as_links = goes_as_link(traits.media, said.files.parts, said.files.links)
    going = zip(said.files.parts, as_links, strict=True)
    parts = tuple(replace(part, link=now.new_id() if link else "") for part, link in going)
    links = sum(as_links) if traits.media.most else 0
    if not traits.fits(said.text + "x" * LINK_ROOM * links):
        raise Refused("too_long", status=422)
    return Content(said.text, parts)


def note(head: Head, case_id: str, agent_id: str, text: str, asked: Asking, now: Now) -> Change:
    """A line for staff alone; it can be left on any open case, owned or not."""
    if case_of(head, case_id) is None:
        raise Refused("case_closed", status=409)
    entry = noted(head, case_id, agent_id, text, now)
    return (Put(asked.remembered(entry)), *written(head, head, entry))


def noted(head: Head, case_id: str, agent_id: str, text: str, now: Now) -> Entry:
    told = {"actor": f"agent:{agent_id}", "case_id": case_id, "content": Content(text)}
    return next_entry(head, now, Kind.NOTE_ADDED, **told)


def owned(head: Head, case_id: str, agent_id: str) -> OpenCase:
    """The open case that this agent has, or talks in; else Refused with 409."""
    case = case_of(head, case_id)
    if case is None:
        raise Refused("case_closed", status=409)
    talking = {contact.agent for contact in case.contacts if not contact.offer_id}
    if agent_id not in {case.owner, *talking}:
        raise Refused("not_owner", status=409)
    return case


def _through(case: OpenCase, way: Way, now: Now) -> tuple[OpenCase, OpenInteraction, bool]:
    """The interaction the answer goes through; another channel begins one in the same case."""
    for going in case.interactions:
        if same_exchange(going, way):
            moved = replace(going, last_at=max(going.last_at, now.at))
            return with_interaction(case, moved), moved, False
    begun = interaction(way, now)
    return with_interaction(case, begun), begun, True
