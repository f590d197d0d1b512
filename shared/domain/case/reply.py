"""What staff say: replies and notes."""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.case.attach import interaction, same_exchange, silence, stored
from shared.domain.case.withdraw import undo_seconds
from shared.domain.change import Change, Put
from shared.domain.channel.media import goes_as_link
from shared.domain.customer.head import Head, OpenCase, OpenInteraction
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.template import TemplateUse
from shared.domain.timeline.append import case_of, next_entry, with_case, with_interaction, written
from shared.domain.timeline.content import Content, Part
from shared.domain.timeline.entry import Audience, Entry, Kind, Scalar, Signals
from shared.domain.timeline.once import Asking
from shared.domain.timeline.outbound import outbound
from shared.domain.times import lasted

LINK_ROOM = 160  # characters of a link and its line end, whatever our address is


@dataclass(frozen=True, slots=True)
class Files:
    """Stored files that go along; `links`: whether a customer can get one by a link of ours."""

    parts: tuple[Part, ...] = ()
    links: bool = False


NO_FILES = Files()


@dataclass(frozen=True, slots=True)
class Reply:
    """What an agent says. `origin` is the socket it came by, `template` what the text was made from; the HTML
    that has the same words lies in the bucket at `form`.
    """

    agent_id: str
    case_id: str
    way: Way
    text: str
    asked: Asking
    origin: str = ""
    template: TemplateUse | None = None
    files: Files = NO_FILES
    form: str = ""


def reply(head: Head, said: Reply, now: Now) -> Change:
    """One outbound entry, queued, or held for as long as it can be taken back. The request key comes first:
    its failure means "seen before".

    Refused `too_long` (422), and with a reason of their own the files, for what the channel does not carry.
    """
    case = answerable(head, said.case_id, said.agent_id)
    content = _content(said, now)
    spoken, going, begun = _through(case, said.way, now)
    facts: dict[str, Scalar] = {"queue": case.contact.queue, "agent": said.agent_id}
    held_for = undo_seconds(now.centre, said.way.channel)
    if case.first_reply_at is None:
        leaves = now.at + timedelta(seconds=held_for)
        facts["first_reply_ms"] = lasted(case.contact.enqueued_at, leaves)
        spoken = replace(spoken, first_reply_at=leaves)
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
        **outbound(said.way, now, held_for),
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
    return Content(said.text, parts, body_key=said.form if traits.rich else "")


def note(
    head: Head,
    case_id: str,
    agent_id: str,
    text: str,
    asked: Asking,
    now: Now,
    mentioned: tuple[str, ...] = (),
) -> Change:
    """A line for staff alone; it can be left on any open case, owned or not. `mentioned` are told of it."""
    if case_of(head, case_id) is None:
        raise Refused("case_closed", status=409)
    entry = noted(head, case_id, agent_id, text, now, mentioned)
    return (Put(asked.remembered(entry)), *written(head, head, entry))


def noted(
    head: Head, case_id: str, agent_id: str, text: str, now: Now, mentioned: tuple[str, ...] = ()
) -> Entry:
    told = {"actor": f"agent:{agent_id}", "case_id": case_id, "content": Content(text)}
    return next_entry(head, now, Kind.NOTE_ADDED, signals=Signals(mentioned=mentioned), **told)


def owned(head: Head, case_id: str, agent_id: str) -> OpenCase:
    """The open case that this agent has, or talks in; else Refused with 409."""
    case = case_of(head, case_id)
    if case is None:
        raise Refused("case_closed", status=409)
    talking = {contact.agent for contact in case.contacts if not contact.offer_id}
    if agent_id not in {case.owner, *talking}:
        raise Refused("not_owner", status=409)
    return case


def answerable(head: Head, case_id: str, person: str) -> OpenCase:
    """The open case in which this person may answer: theirs, or one that they stepped into."""
    case = case_of(head, case_id)
    return case if case and person in case.stepped_in else owned(head, case_id, person)


def _through(case: OpenCase, way: Way, now: Now) -> tuple[OpenCase, OpenInteraction, bool]:
    """The interaction the answer goes through; another channel begins one in the same case."""
    for going in case.interactions:
        if same_exchange(going, way):
            moved = replace(going, last_at=max(going.last_at, now.at))
            return with_interaction(case, moved), moved, False
    begun = interaction(way, now)
    return with_interaction(case, begun), begun, True
