"""The day's ledger: what was accepted at the doors against what became of it, from three witnesses."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shared.domain.channel.receipt import Mark, Outcome, Tally


@dataclass(frozen=True, slots=True)
class Line:
    """The ledger of one channel: accepted + never counted = all outcomes + waiting + difference.

    `difference` is what a door accepted and what has no outcome nor waits: lost. `never_counted` has its
    outcome and was counted by no door; each of these is known by its name, so it stands in for nothing that
    is lost. What sums alone tell, as names were not compared that far yet, is the part of it beyond.
    """

    channel: str
    accepted: int
    never_counted: int = 0
    handled: int = 0
    ignored: int = 0
    rejected: int = 0
    duplicates: int = 0
    delivery_states: int = 0
    waiting: int = 0
    difference: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """`waiting` is all that lies in the door's queues and their dead letters, of whatever day and channel.
    Names were compared up to `compared`; None when they never were.
    """

    day: date
    lines: tuple[Line, ...]
    waiting: int
    marks: tuple[Mark, ...]
    compared: datetime | None = None

    @property
    def adds_up(self) -> bool:
        return self.lost == 0

    @property
    def lost(self) -> int:
        return sum(line.difference for line in self.lines)

    @property
    def never_counted(self) -> int:
        return sum(line.never_counted for line in self.lines)

    @property
    def unnamed(self) -> int:
        """Those that sums alone tell of: until they are named they may hide a lost one."""
        return self.never_counted - sum(mark.outcome is Outcome.NEVER_COUNTED for mark in self.marks)


def balance(
    day: date,
    accepted: Mapping[str, int],
    tallies: Iterable[Tally],
    marks: Iterable[Mark],
    waiting: int,
    compared: datetime | None = None,
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
    return Ledger(day, tuple(lines), waiting, marks, compared)


def _line(
    channel: str, accepted: int, tally: Tally | None, marked: Mapping[tuple[str, Outcome], int], waiting: int
) -> Line:
    handled, states = (tally.handled, tally.delivery_states) if tally else (0, 0)
    ignored, rejected, duplicates, named = (
        marked.get((channel, outcome), 0)
        for outcome in (Outcome.IGNORED, Outcome.REJECTED, Outcome.DUPLICATE, Outcome.NEVER_COUNTED)
    )
    missed = accepted + named - handled - states - ignored - rejected - duplicates
    never, missed = named + max(-missed, 0), max(missed, 0)
    laid = min(missed, waiting)
    return Line(channel, accepted, never, handled, ignored, rejected, duplicates, states, laid, missed - laid)
