"""A flow: a menu written once and shown on every channel in its own way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shared.domain.timeline.choice import Choice

MOST_TURNS = 20  # answers in one flow; whoever walks in circles gets a person


class StepKind(StrEnum):
    """ASK and COLLECT wait for an answer; END, SURVEY, HAND_OVER and VOICEMAIL are the end; the others go on
    at once. LANGUAGE asks callers alone. Whoever writes gets a person where a caller leaves a VOICEMAIL.
    """

    SAY = "say"
    ASK = "ask"
    OPEN = "open"
    INFORM = "inform"
    COLLECT = "collect"
    SURVEY = "survey"
    HAND_OVER = "hand_over"
    END = "end"
    LANGUAGE = "language"
    VOICEMAIL = "voicemail"


WAITS = frozenset({StepKind.ASK, StepKind.COLLECT})
ENDS = frozenset({StepKind.SURVEY, StepKind.HAND_OVER, StepKind.END, StepKind.VOICEMAIL})
TO_PEOPLE = frozenset({StepKind.HAND_OVER, StepKind.VOICEMAIL})  # ends at which somebody hears of it


@dataclass(frozen=True, slots=True)
class Option:
    """`labels` and `descriptions` by language; `next` is the step behind it. `intent` is what somebody wants
    who chooses it, as rules of the settings name it.
    """

    id: str
    labels: Mapping[str, str]
    next: str
    descriptions: Mapping[str, str] = field(default_factory=dict)
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`words` by language; of LANGUAGE each language's own name. `other` is where a closed centre goes on,
    `queue` where a hand-over or a voicemail waits ("" for the first). `least` and `most` are digits to
    collect; `masked` ones are never kept. `callback`: who is handed over waits for a call, at the number they
    typed last or wrote from. `intent` is what a customer wants who comes here.
    """

    name: str
    kind: StepKind
    words: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    next: str = ""
    other: str = ""
    least: int = 1
    most: int = 20
    masked: bool = False
    queue: str = ""
    callback: bool = False
    intent: str = ""

    @property
    def leads_to(self) -> tuple[str, ...]:
        """The steps that may come after this one."""
        named = (self.next, self.other, *(option.next for option in self.options))
        return tuple(dict.fromkeys(name for name in named if name))

    def choices(self, languages: Sequence[str]) -> tuple[Choice, ...]:
        """What can be chosen, in the first of these languages."""
        if self.kind is StepKind.LANGUAGE:
            return tuple(Choice(language, name) for language, name in self.words.items())
        return tuple(
            Choice(one.id, spoken(one.labels, languages), spoken(one.descriptions, languages))
            for one in self.options
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """The first step is where it begins. `tries` wrong answers to one question bring a person; so do
    `expires_seconds` without an answer. `channels` that show it: none named means all.
    """

    name: str
    steps: tuple[Step, ...]
    tries: int = 3
    expires_seconds: int = 600
    channels: tuple[str, ...] = ()

    def at(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.name == name), None)


@dataclass(frozen=True, slots=True)
class FlowVersion:
    """The flow as version `n` of the settings has it: who is in it stays in it."""

    n: int
    name: str
    flow: Flow


def flow_part(name: str) -> str:
    """What a version of the settings calls the part that is this flow."""
    return f"FLOW#{name}"


def spoken(words: Mapping[str, str], languages: Sequence[str]) -> str:
    """The words in the first language that they have; "" for none at all."""
    known = (words[language] for language in (*languages, *words) if language in words)
    return next(known, "")
