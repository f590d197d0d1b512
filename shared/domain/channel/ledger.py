"""The day's ledger: what was accepted at the doors against what became of it, from three witnesses."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shared.domain.channel.receipt import Mark, Outcome, Tally


@dataclass(frozen=True, slots=True)
class Line:
    """The ledger of one channel. `difference` is accepted minus all outcomes minus what still waits.

    Above 0: accepted events whose outcome is not known. Below 0: outcomes of events that no door counted.
    """

    channel: str
    accepted: int
    handled: int = 0
    ignored: int = 0
    rejected: int = 0
    duplicates: int = 0
    delivery_states: int = 0
    waiting: int = 0
    difference: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """`waiting` is all that lies in the door's queues and their dead letters, of whatever day and channel."""

    day: date
    lines: tuple[Line, ...]
    waiting: int
    marks: tuple[Mark, ...]

    @property
    def adds_up(self) -> bool:
        return all(line.difference == 0 for line in self.lines)


def balance(
    day: date, accepted: Mapping[str, int], tallies: Iterable[Tally], marks: Iterable[Mark], waiting: int
) -> Ledger:
    """The ledger of a day.

    A queue tells how many messages lie in it, not of which channel or day. So they are laid against
    the channels that miss something, and at most as many as are missed: whatever lies there beyond
    that belongs to another day, and what is still missed then lies nowhere.
    """
    marks, sums = tuple(marks), {tally.channel: tally for tally in tallies}
    marked = Counter((mark.channel, mark.outcome) for mark in marks)
    lines, left = [], waiting
    for channel in sorted({*accepted, *sums, *(mark.channel for mark in marks)}):
        line = _line(channel, accepted.get(channel, 0), sums.get(channel), marked, left)
        lines.append(line)
        left -= line.waiting
    return Ledger(day, tuple(lines), waiting, marks)


def _line(
    channel: str, accepted: int, tally: Tally | None, marked: Mapping[tuple[str, Outcome], int], waiting: int
) -> Line:
    handled, states = (tally.handled, tally.delivery_states) if tally else (0, 0)
    ignored, rejected, duplicates = (
        marked.get((channel, outcome), 0)
        for outcome in (Outcome.IGNORED, Outcome.REJECTED, Outcome.DUPLICATE)
    )
    missed = accepted - handled - states - ignored - rejected - duplicates
    laid = min(max(missed, 0), waiting)
    return Line(channel, accepted, handled, ignored, rejected, duplicates, states, laid, missed - laid)
