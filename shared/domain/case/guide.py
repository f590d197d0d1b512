"""A flow talks with a customer before anybody has to: what their message becomes while it does."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.case.attach import Attached, case_here, talking
from shared.domain.case.close import served_itself
from shared.domain.case.hand_over import Scene, hand_over, words_of
from shared.domain.case.notice import about_hours, told_of_hours
from shared.domain.case.together import together
from shared.domain.case.turn import Turn
from shared.domain.change import Change
from shared.domain.channel.arrival import Message
from shared.domain.channel.calling import Keyed
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.customer.kept import Case
from shared.domain.customer.language import language_for
from shared.domain.flow.flow import StepKind
from shared.domain.flow.step import About, Begun, End, Pressed, Said, Stepped, Typed, Why, person, step
from shared.domain.hours import is_open
from shared.domain.now import Now
from shared.domain.timeline.append import with_case, with_contact, without_contact, written
from shared.domain.timeline.entry import Entry


def in_flow(case: OpenCase, turn: Turn) -> bool:
    """Whether a flow talks with whoever this event is from."""
    met = talking(case, turn)
    return met is not None and met.state is ContactState.FLOW


def guide(turn: Turn, attached: Attached, after: Head, said: Entry) -> Change:
    """The message, what the flow says to it, and what follows: all but the receipt. `after` is the head with
    the message's case.
    """
    stepped = _stepped(turn, attached, after)
    return together(attached.writes, goes_on(scene_of(turn, attached, after), (said,), stepped, turn))


def goes_on(scene: Scene, said: tuple[Entry, ...], stepped: Stepped, turn: Turn) -> Change:
    """What the flow says now, behind what was said, and what becomes of its contact. Of a call some ends stay
    as they are until the caller is gone: they listen, or leave word.
    """
    said = tuple(_as_choice(one, stepped, scene.contact) for one in said)
    if stepped.end is None:
        return _asks(scene, said, stepped, turn)
    may_end = scene.kept is not None and (turn.known.case is not None or scene.on_the_phone)
    if stepped.end not in (End.SURVEY, End.DONE) or not may_end or scene.kept is None:
        stays = stepped.end is not End.HAND_OVER and scene.on_the_phone
        return _asks(scene, said, stepped, turn) if stays else hand_over(scene, said, stepped)
    words = (*said, *words_of(scene, said, stepped.words))
    after = scene.spoke(scene.head, stepped.words)
    if len(scene.case.contacts) > 1:
        return _leaves(replace(scene, head=after), words)
    return served_itself(after, scene.kept, scene.case, words, stepped.end is End.SURVEY, scene.now)


def _leaves(scene: Scene, words: tuple[Entry, ...]) -> Change:
    """Others wait or talk in the case: the flow's contact alone is done."""
    case = without_contact(scene.case, scene.contact.interaction_id)
    return written(scene.head, with_case(scene.head, case), *words)


def scene_of(turn: Turn, attached: Attached, after: Head, language: str = "") -> Scene:
    opened = next((w.item for w in attached.writes if isinstance(w.item, Case)), None)
    known, met = turn.known, _met(attached.case, turn)
    return Scene(
        after,
        attached.case,
        opened or known.case,
        turn.way,
        turn.now,
        turn.takes_automatic,
        known.tier,
        known.agent,
        met.interaction_id,
        language,
    )


def _met(case: OpenCase, turn: Turn) -> Contact:
    return talking(case, turn) or case.contact


def person_called(scene: Scene, place: FlowPlace) -> Stepped:
    """The flow waited in vain."""
    return person(place, Why.EXPIRED, _about(scene.head, scene.now))


def masks(turn: Turn) -> bool:
    """Whether what was typed now answers a question whose answers are never kept."""
    case = case_here(turn)
    met, what = talking(case, turn) if case else None, turn.arrival.what
    place, version = met.flow if met else None, turn.known.flow
    place = what.place if isinstance(what, Keyed) else place
    asking = version.flow.at(place.step) if place and version else None
    return asking is not None and asking.kind is StepKind.COLLECT and asking.masked


def _stepped(turn: Turn, attached: Attached, after: Head) -> Stepped:
    contact, version, now = _met(attached.case, turn), turn.known.flow, turn.now
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


def _as_choice(said: Entry, stepped: Stepped, contact: Contact) -> Entry:
    """What was typed counts as the choice it names, like one that was pressed."""
    place = contact.flow
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


def _asks(scene: Scene, said: tuple[Entry, ...], stepped: Stepped, turn: Turn) -> Change:
    """The next question. The first one carries the timer that brings a person to whoever does not answer."""
    seconds = turn.known.flow.flow.expires_seconds if turn.known.flow else 0
    until = scene.now.at + timedelta(seconds=seconds)
    first = {"due": until, "due_for": "flow"} if scene.contact.flow is None else {}
    entries = (*said, *words_of(scene, said, stepped.words, stepped.choices, **first))
    place = replace(stepped.place, until=until, asked=entries[-1].seq)
    waits_in = stepped.queue or scene.contact.queue  # who leaves word at the end of a flow
    case = with_contact(scene.case, replace(scene.contact, flow=place, queue=waits_in))
    head = told_of_hours(scene.head, stepped.words, scene.now)
    return written(scene.head, with_case(scene.spoke(head, stepped.words), case), *entries)
