"""The next step of a flow: what was said → words, choices, and where the customer is now. No clock, no table.

It never fails: whatever does not fit brings a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from shared.domain.customer.flow_place import Collected, FlowPlace
from shared.domain.flow.answer import choice, digits
from shared.domain.flow.flow import ENDS, MOST_TURNS, WAITS, Flow, Step, StepKind, spoken
from shared.domain.timeline.choice import Choice
from shared.domain.words.to_customers import say

LONGEST_KEPT = 40  # characters of one collected answer


class End(StrEnum):
    HAND_OVER = "hand_over"
    SURVEY = "survey"
    DONE = "end"
    VOICEMAIL = "voicemail"


ENDINGS = {
    StepKind.HAND_OVER: End.HAND_OVER,
    StepKind.SURVEY: End.SURVEY,
    StepKind.END: End.DONE,
    StepKind.VOICEMAIL: End.VOICEMAIL,
}


class Why(StrEnum):
    """How a flow ended: its own way, or because a person is needed. STOPPED: programs may not write."""

    ARRIVED = "arrived"
    TRIES = "tries"
    TURNS = "turns"
    EXPIRED = "expired"
    ELSEWHERE = "elsewhere"
    BROKEN = "broken"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Begun:
    """The customer has just come: nothing was answered yet."""


@dataclass(frozen=True, slots=True)
class Typed:
    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    id: str


Said = Begun | Typed | Pressed


@dataclass(frozen=True, slots=True)
class About:
    """What a flow may ask of the centre. `languages`: the customer's first, then the centre's. `hours` is the
    sentence of an `inform` step. `calls`: it talks on the phone, where the caller may choose another language
    meanwhile; `hours_in` is that sentence in each of them.
    """

    languages: tuple[str, ...]
    open: bool
    hours: str
    calls: bool = False
    hours_in: Mapping[str, str] = field(default_factory=dict)

    def waits(self, step: Step) -> bool:
        """Whether the step waits for an answer here."""
        return step.kind in WAITS or (self.calls and step.kind is StepKind.LANGUAGE)

    def of(self, place: FlowPlace) -> "About":
        """The same in the language that was chosen on the way to this place."""
        chosen = place.language
        if not chosen or chosen == self.languages[0]:
            return self
        hours = self.hours_in.get(chosen, self.hours)
        return replace(self, languages=(chosen, *self.languages), hours=hours)


@dataclass(frozen=True, slots=True)
class Stepped:
    """`end` is None while an answer is waited for; then `place` says to what. `chosen` is the choice that the
    answer was.
    """

    words: str
    choices: tuple[Choice, ...]
    place: FlowPlace
    end: End | None = None
    why: Why = Why.ARRIVED
    queue: str = ""
    chosen: str = ""
    callback: bool = False


def step(flow: Flow, place: FlowPlace, said: Said, about: About) -> Stepped:
    """Where the flow goes on from `place` by what was said."""
    current, about = flow.at(place.step), about.of(place)
    if isinstance(said, Begun):
        return _walk(flow, place, about)
    if current is None or not about.waits(current):
        return person(place, Why.BROKEN, about)
    if place.turns >= MOST_TURNS:
        return person(place, Why.TURNS, about)
    place = replace(place, turns=place.turns + 1)
    typed, pressed = (said.text, "") if isinstance(said, Typed) else ("", said.id)
    collects = current.kind is StepKind.COLLECT
    answered = digits(current, typed) if collects else choice(current, typed, pressed, about.languages)
    if answered is None:
        return _again(flow, current, place, about)
    kept = (*place.collected, Collected(current.name, answered.value[:LONGEST_KEPT]))
    wants, language = answered.intent or place.intent, answered.language or place.language
    place = replace(place, step=answered.next, tries=0, collected=kept, intent=wants, language=language)
    return replace(_walk(flow, place, about), chosen=answered.chosen)


def _walk(flow: Flow, place: FlowPlace, about: About) -> Stepped:
    """Through the steps that need no answer, up to one that does or to the end."""
    words: list[str] = []
    about = about.of(place)
    for _ in flow.steps:
        current = flow.at(place.step)
        if current is None:
            break
        place = replace(place, step=current.name, intent=current.intent or place.intent)
        words += [text] if (text := _words(current, about)) else []
        if about.waits(current):
            return Stepped("\n".join(words), current.choices(about.languages), place)
        if current.kind in ENDS:
            return Stepped(
                "\n".join(words),
                (),
                place,
                _end(current, about),
                queue=current.queue,
                callback=current.callback,
            )
        closed = current.kind is StepKind.OPEN and not about.open
        place = replace(place, step=current.other if closed else current.next)
    return person(place, Why.BROKEN, about)


def _end(current: Step, about: About) -> End:
    """Only a caller can speak after a tone."""
    leaves = current.kind is StepKind.VOICEMAIL and not about.calls
    return End.HAND_OVER if leaves else ENDINGS[current.kind]


def _words(current: Step, about: About) -> str:
    """The names of languages are choices, each in its own: there is nothing else to say."""
    if current.kind is StepKind.LANGUAGE:
        return ""
    return about.hours if current.kind is StepKind.INFORM else spoken(current.words, about.languages)


def _again(flow: Flow, current: Step, place: FlowPlace, about: About) -> Stepped:
    """The same question with a hint, as often as the flow allows; then a person."""
    place = replace(place, tries=place.tries + 1)
    if place.tries >= flow.tries:
        return person(place, Why.TRIES, about)
    numbers = {"least": current.least, "most": current.most}
    hint = "flow_digits" if current.kind is StepKind.COLLECT else "flow_choose"
    words = (say(hint, about.languages[0], **numbers), _words(current, about))
    return Stepped("\n".join(filter(None, words)), current.choices(about.languages), place)


def person(place: FlowPlace, why: Why, about: About) -> Stepped:
    """Over to a person, whatever the flow had in mind."""
    return Stepped(say("flow_person", about.languages[0]), (), place, End.HAND_OVER, why)
