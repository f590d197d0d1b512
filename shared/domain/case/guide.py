"""A flow talks with a customer before anybody has to: what their message becomes while it does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.case.attach import Attached, latest_case
from shared.domain.case.close import served_itself
from shared.domain.case.notice import about_hours, told_of_hours, with_notice
from shared.domain.case.turn import Turn
from shared.domain.change import Change, Put, Write
from shared.domain.channel.arrival import Message
from shared.domain.customer.automatic import noted
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.customer.head import ContactState, Head, OpenCase
from shared.domain.customer.kept import Case
from shared.domain.customer.language import language_for
from shared.domain.flow.flow import StepKind
from shared.domain.flow.step import About, Begun, End, Pressed, Said, Stepped, Typed, Why, person, step
from shared.domain.hours import is_open
from shared.domain.now import Now
from shared.domain.routing.pool import waiting_row, woken
from shared.domain.timeline.append import next_entry, with_case, with_contact, written
from shared.domain.timeline.choice import Choice
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import CONTACT, Audience, Entry, Kind
from shared.domain.timeline.outbound import outbound


@dataclass(frozen=True, slots=True)
class Scene:
    """The case that a flow talks in, as it is stored and as it is now, and the way to the customer. `speaks`:
    programs may write there now.
    """

    head: Head
    case: OpenCase
    kept: Case | None
    way: Way
    now: Now
    speaks: bool = True

    def ahead(self, entries: Sequence[Entry]) -> Head:
        """The head as it counts behind these entries."""
        return replace(self.head, version=self.head.version + len(entries))

    def spoke(self, head: Head, words: str) -> Head:
        """The head that remembers these words of a program."""
        return noted(head, self.way.channel, self.now) if words else head


def in_flow(case: OpenCase | None) -> bool:
    return case is not None and case.contact.state is ContactState.FLOW


def guide(turn: Turn, attached: Attached, after: Head, said: Entry) -> Change:
    """The message, what the flow says to it, and what follows: all but the receipt. `after` is the head with
    the message's case.
    """
    opened = next((w.item for w in attached.writes if isinstance(w.item, Case)), None)
    scene = Scene(after, attached.case, opened or turn.known.case, turn.way, turn.now, turn.takes_automatic)
    stepped = _stepped(turn, attached, after)
    said = _as_choice(said, stepped, attached)
    own = tuple(write for write in attached.writes if write.item is not opened)
    if stepped.end is None:
        return (*_asks(scene, said, stepped, turn), *attached.writes)
    if stepped.end is not End.HAND_OVER and turn.known.case:
        words = (said, *_words(scene, (said,), stepped.words))
        asked = stepped.end is End.SURVEY
        after = scene.spoke(after, stepped.words)
        return (*served_itself(after, turn.known.case, scene.case, words, asked, turn.now), *own)
    return (*hand_over(scene, (said,), stepped, fresh=opened is not None), *own)


def hand_over(scene: Scene, before: tuple[Entry, ...], stepped: Stepped, fresh: bool = False) -> Change:
    """The contact waits from now on, with what was collected. `fresh`: the case is opened in this change."""
    case = _queued(scene.case, stepped.queue, scene.now)
    told = with_notice(scene.head, stepped.words, scene.now) if scene.speaks else (scene.head, "")
    head, words = scene.spoke(*told), told[1]
    entries = (*before, *_words(scene, before, words))
    line = _handed_over(scene.ahead(entries), case, stepped, scene.now)
    row = Put(waiting_row(case, case.contact, scene.now))
    kept = _kept(scene.kept, case, fresh)
    return (*written(scene.head, with_case(head, case), *entries, line), row, *kept)


def person_called(scene: Scene, place: FlowPlace) -> Stepped:
    """The flow waited in vain."""
    return person(place, Why.EXPIRED, _about(scene.head, scene.now))


def masks(turn: Turn) -> bool:
    """Whether what was typed now answers a question whose answers are never kept."""
    case = latest_case(turn.head, turn.speaker)
    place, version = case.contact.flow if case else None, turn.known.flow
    asking = version.flow.at(place.step) if place and version else None
    return asking is not None and asking.kind is StepKind.COLLECT and asking.masked


def _stepped(turn: Turn, attached: Attached, after: Head) -> Stepped:
    contact, version, now = attached.case.contact, turn.known.flow, turn.now
    tells = _about(after, now)
    if version is None or not turn.takes_automatic:
        why = Why.STOPPED if version else Why.BROKEN
        return person(contact.flow or FlowPlace("", 0, "", now.at), why, tells)
    if contact.flow is None:
        begun = FlowPlace(version.name, version.n, version.flow.steps[0].name, now.at)
        return step(version.flow, begun, Begun(), tells)
    if now.at > contact.flow.until:
        return person(contact.flow, Why.EXPIRED, tells)
    if attached.interaction.id != contact.interaction_id:
        return person(contact.flow, Why.ELSEWHERE, tells)
    return step(version.flow, contact.flow, _said(turn, contact.flow), tells)


def _as_choice(said: Entry, stepped: Stepped, attached: Attached) -> Entry:
    """What was typed counts as the choice it names, like one that was pressed."""
    place = attached.case.contact.flow
    if not (stepped.chosen and place):
        return said
    return replace(said, facts={**said.facts, "choice": stepped.chosen, "choice_of": place.asked})


def _about(head: Head, now: Now) -> About:
    open_now = is_open(now.centre.hours, now.at, now.centre.zone)
    return About((language_for(head, now), *now.centre.languages), open_now, about_hours(head, now))


def _said(turn: Turn, place: FlowPlace) -> Said:
    what = turn.arrival.what
    if not isinstance(what, Message):
        return Typed(str(getattr(what, "score", "")))
    pressed = what.chosen and what.chosen.of_entry == place.asked
    return Pressed(what.chosen.id) if what.chosen and pressed else Typed(what.text)


def _asks(scene: Scene, said: Entry, stepped: Stepped, turn: Turn) -> Change:
    """The next question. The first one carries the timer that brings a person to whoever does not answer."""
    seconds = turn.known.flow.flow.expires_seconds if turn.known.flow else 0
    until = scene.now.at + timedelta(seconds=seconds)
    first = {"due": until, "due_for": "flow"} if scene.case.contact.flow is None else {}
    entries = (said, *_words(scene, (said,), stepped.words, stepped.choices, **first))
    place = replace(stepped.place, until=until, asked=entries[-1].seq)
    case = with_contact(scene.case, replace(scene.case.contact, flow=place))
    head = told_of_hours(scene.head, stepped.words, scene.now)
    return written(scene.head, with_case(scene.spoke(head, stepped.words), case), *entries)


def _words(
    scene: Scene, before: Sequence[Entry], words: str, choices: tuple[Choice, ...] = (), **more: object
) -> tuple[Entry, ...]:
    if not words:
        return ()
    entry = next_entry(
        scene.ahead(before),
        scene.now,
        Kind.MESSAGE_SENT,
        timeline=scene.way.member,
        audience=Audience.CUSTOMER,
        case_id=scene.case.id,
        interaction_id=scene.case.contact.interaction_id,
        content=Content(words),
        choices=choices,
        **outbound(scene.way, scene.now),
        **more,
    )
    return (entry,)


def _handed_over(head: Head, case: OpenCase, stepped: Stepped, now: Now) -> Entry:
    """For staff: what was collected. The contact begins to wait with it."""
    return next_entry(
        head,
        now,
        Kind.HANDED_OVER,
        timeline=case.member,
        way=Way(case.contact.channel),
        case_id=case.id,
        interaction_id=case.contact.interaction_id,
        content=Content(" · ".join(one.value for one in stepped.place.collected)),
        facts={"queue": case.contact.queue, "flow": stepped.place.flow, "why": stepped.why},
        signals=replace(woken(case.contact, now), begins=(CONTACT,)),
    )


def _queued(case: OpenCase, queue: str, now: Now) -> OpenCase:
    queue = queue or case.contact.queue
    priority = now.centre.priority_of(queue)
    waits = replace(case.contact, state=ContactState.WAITING, queue=queue, priority=priority)
    return with_contact(case, replace(waits, enqueued_at=now.at, flow=None))


def _kept(kept: Case | None, case: OpenCase, fresh: bool) -> tuple[Write, ...]:
    """The stored case: new, or with the queue it waits in where that is another one."""
    if kept is None or (kept.queue == case.contact.queue and not fresh):
        return ()
    moved = replace(kept, queue=case.contact.queue)
    return (Put(moved),) if fresh else (Put(replace(moved, version=kept.version + 1), over=kept.version),)
