"""What an answer to a step of a flow means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.channel.choosing import meant
from shared.domain.flow.flow import Option, Step, StepKind, spoken
from shared.domain.text import fold

LONGEST_TYPED = 80  # characters of digits with gaps in them
GAPS = re.compile(r"[\s.\-–()]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the step behind it, what is kept of it, and the choice it was."""

    next: str
    value: str
    chosen: str = ""
    intent: str = ""
    language: str = ""


def choice(current: Step, typed: str, pressed: str, languages: Sequence[str]) -> Answer | None:
    """One was typed, or pressed by its id."""
    found = meant(current.choices(languages), typed)
    id = found.id if found else pressed
    if current.kind is StepKind.LANGUAGE:
        return Answer(current.next, current.words[id], id, language=id) if id in current.words else None
    chosen: Option | None = next((option for option in current.options if option.id == id), None)
    if chosen is None:
        return None
    return Answer(chosen.next, spoken(chosen.labels, languages), chosen.id, chosen.intent)


def digits(current: Step, typed: str) -> Answer | None:
    """Digits as people type them, in groups or not; masked ones as so many stars, which a door may have made
    of them already.
    """
    short = typed if len(typed) <= LONGEST_TYPED else ""
    found = GAPS.sub("", fold(short.replace("*", "0") if current.masked else short))
    if not re.fullmatch("[0-9]+", found) or not current.least <= len(found) <= current.most:
        return None
    return Answer(current.next, "*" * len(found) if current.masked else found)
