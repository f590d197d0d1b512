"""What a command says, and the three ways in which it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is for people, `document` is what --json prints; `yes` False makes the exit code 1."""

    document: Mapping[str, object]
    text: str
    yes: bool = True


class CannotAnswer(Exception):
    """A sentence for the person at the terminal; `code` is the exit code."""

    code = 1


class WrongUse(CannotAnswer):
    code = 2


class NothingRuns(CannotAnswer):
    code = 3
