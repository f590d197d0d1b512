"""A flow talks with a customer before anybody has to: what their message becomes while it does."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.case.attach import Attached, latest_case
from shared.domain.case.close import served_itself
from shared.domain.case.hand_over import Scene, hand_over, words_of
from shared.domain.case.notice import about_hours, told_of_hours
from shared.domain.case.turn import Turn
from shared.domain.change import Change
from shared.domain.channel.arrival import Message
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.customer.head import ContactState, Head, OpenCase
from shared.domain.customer.kept import Case
from shared.domain.customer.language import language_for
from shared.domain.flow.flow import StepKind
from shared.domain.flow.step import About, Begun, End, Pressed, Said, Stepped, Typed, Why, person, step
from shared.domain.hours import is_open
from shared.domain.now import Now
from shared.domain.timeline.append import with_case, with_contact, written
from shared.domain.timeline.entry import Entry


def in_flow(case: OpenCase | None) -> bool:
    return case is not None and case.contact.state is ContactState.FLOW


def guide(turn: Turn, attached: Attached, after: Head, said: Entry) -> Change:
    """The message, what the flow says to it, and what follows: all but the receipt. `after` is the head with
    the message's case.
    """
    opened = next((w.item for w in attached.writes if isinstance(w.item, Case)), None)
    known = turn.known
    kept, speaks = opened or known.case, turn.takes_automatic
    scene = Scene(after, attached.case, kept, turn.way, turn.now, speaks, known.tier, known.agent)
    stepped = _stepped(turn, attached, after)
    said = _as_choice(said, stepped, attached)
    own = tuple(write for write in attached.writes if write.item is not opened)
    if stepped.end is None:
        return (*_asks(scene, said, stepped, turn), *attached.writes)
    if stepped.end is not End.HAND_OVER and turn.known.case:
        words = (said, *words_of(scene, (said,), stepped.words))
        asked = stepped.end is End.SURVEY
        after = scene.spoke(after, stepped.words)
        return (*served_itself(after, turn.known.case, scene.case, words, asked, turn.now), *own)
    return (*hand_over(scene, (said,), stepped, fresh=opened is not None), *own)


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
    entries = (said, *words_of(scene, (said,), stepped.words, stepped.choices, **first))
    place = replace(stepped.place, until=until, asked=entries[-1].seq)
    case = with_contact(scene.case, replace(scene.case.contact, flow=place))
    head = told_of_hours(scene.head, stepped.words, scene.now)
    return written(scene.head, with_case(scene.spoke(head, stepped.words), case), *entries)
