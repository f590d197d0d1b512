"""How a question with choices is shown on a channel, and which choice a typed answer means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.text import fold
from shared.domain.timeline.choice import Choice
from shared.domain.traits import Traits

LONGEST = 120  # characters of an answer that may name a choice
NUMBER = re.compile(r"(\d{1,3})\s?번?")
NUMBER_AND_LABEL = re.compile(r"\d{1,3}[.):]?\s+(.+)")


class Shown(StrEnum):
    BUTTONS = "buttons"
    LIST = "list"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Question:
    """What goes out: with NUMBERS the choices stand in the text, and there is nothing to press."""

    text: str
    shown: Shown = Shown.NUMBERS
    to_press: tuple[Choice, ...] = ()


def question(traits: Traits, text: str, choices: Sequence[Choice]) -> Question:
    """The question as this channel shows it: buttons, else a list, else numbers."""
    shown = shown_as(traits, choices)
    if shown is Shown.NUMBERS:
        return Question("\n".join((text, *map(_numbered, range(1, len(choices) + 1), choices))))
    return Question(text, shown, tuple(choices))


def shown_as(traits: Traits, choices: Sequence[Choice]) -> Shown:
    labels_fit = all(not traits.label_limit or len(one.label) <= traits.label_limit for one in choices)
    if choices and labels_fit and len(choices) <= traits.choices:
        return Shown.BUTTONS
    return Shown.LIST if choices and labels_fit and len(choices) <= traits.list_choices else Shown.NUMBERS


def meant(choices: Sequence[Choice], text: str) -> Choice | None:
    """The choice that a typed answer names: by its number, its label, or both; None for anything else."""
    said = fold(text) if len(text) <= LONGEST else ""
    number = NUMBER.fullmatch(said)
    if number:
        place = int(number[1])
        return choices[place - 1] if 1 <= place <= len(choices) else None
    both = NUMBER_AND_LABEL.fullmatch(said)
    labels = {fold(one.label): one for one in choices}
    return labels.get(said) or (labels.get(both[1]) if both else None)


def _numbered(number: int, choice: Choice) -> str:
    return f"{number} {choice.label}" + (f" – {choice.description}" if choice.description else "")
