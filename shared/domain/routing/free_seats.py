"""The free agents of one look, grouped so that each kind of agent is compared once."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from heapq import heapify, heappop, heapreplace

from shared.domain.roster import Roster
from shared.domain.routing.order import RULES, Figures, around_since
from shared.domain.routing.seats import Seat
from shared.domain.staffing import Abilities, Profile


class Alike:
    """Agents with the same abilities and room for the same channels, longest available first. They are put
    in order only as far as somebody asks.
    """

    __slots__ = ("_line", "_rest", "_seats", "abilities", "channels")

    def __init__(self, abilities: Abilities, channels: tuple[str, ...], seats: list[Seat]) -> None:
        self.abilities, self.channels, self._seats = abilities, channels, seats
        self._rest: list[tuple[datetime, str, Seat]] = []
        self._line = seats if len(seats) == 1 else []

    def at(self, place: int) -> Seat | None:
        """None behind the last."""
        if not self._line:
            self._rest = [(seat.since, seat.agent_id, seat) for seat in self._seats]
            heapify(self._rest)
        while len(self._line) <= place and self._rest:
            self._line.append(heappop(self._rest)[2])
        return self._line[place] if place < len(self._line) else None


Entry = tuple[tuple[object, ...], datetime, tuple[object, ...], str, int, int, Seat]


class InOrder:
    """All unused agents of some groups in the order in which they are asked."""

    def __init__(self, groups: Sequence[tuple[Alike, Figures]], order: Sequence[str], used: set[str]) -> None:
        before, behind = around_since(order)
        self._groups = [alike for alike, _ in groups]
        self._keys = [(_values(before, one), _values(behind, one)) for _, one in groups]
        self._used = used
        self._heap = [entry for n in range(len(groups)) if (entry := self._entry(n, 0))]
        heapify(self._heap)

    def any(self) -> bool:
        """Whether an unused agent is left."""
        while self._heap and self._heap[0][3] in self._used:
            self._next(self._heap)
        return bool(self._heap)

    def first(self, most: int, without: Collection[str]) -> list[Seat]:
        """At most so many, leaving out these agents."""
        found: list[Seat] = []
        self.any()
        for seat in self._walk():
            if seat.agent_id not in without and seat.agent_id not in self._used:
                found.append(seat)
            if len(found) == most:
                break
        return found

    def _walk(self) -> Iterator[Seat]:
        heap = self._heap.copy()
        while heap:
            yield heap[0][6]
            self._next(heap)

    def _next(self, heap: list[Entry]) -> None:
        n, place = heap[0][4:6]
        entry = self._entry(n, place + 1)
        if entry:
            heapreplace(heap, entry)
        else:
            heappop(heap)

    def _entry(self, n: int, place: int) -> Entry | None:
        seat = self._groups[n].at(place)
        before, behind = self._keys[n]
        return (before, seat.since, behind, seat.agent_id, n, place, seat) if seat else None


def _values(rules: Sequence[str], figures: Figures) -> tuple[object, ...]:
    return tuple([RULES[rule](figures) for rule in rules]) if rules else ()


NONE = Abilities(Profile(""), {})


class FreeSeats:
    """Who may be asked in this look, each once. Agents whom the settings give no work are left out."""

    def __init__(self, seats: Sequence[Seat], roster: Roster) -> None:
        self.used: set[str] = set()
        self._seats, self._roster = seats, roster
        self._by_agent: dict[str, Seat] | None = None
        self.groups = tuple(self._alike())

    def _alike(self) -> Iterator[Alike]:
        members, everybody = self._roster.members, self._roster.everybody
        found: dict[tuple[int, tuple[str, ...]], list[Seat]] = {}
        for seat in self._seats:
            key = id(members.get(seat.member, everybody)), seat.channels
            if key in found:
                found[key].append(seat)
            else:
                found[key] = [seat]
        for seats in found.values():
            abilities = members.get(seats[0].member, everybody)
            if abilities:
                yield Alike(abilities, seats[0].channels, seats)

    def abilities(self, seat: Seat) -> Abilities:
        """Of a seat that may be asked."""
        return self._roster.members.get(seat.member) or self._roster.everybody or NONE

    @property
    def left(self) -> int:
        return len(self._seats) - len(self.used)

    def of(self, agent_id: str) -> Seat | None:
        """The agent's seat, unless it is used or the settings give them no work."""
        if self._by_agent is None:
            self._by_agent = {seat.agent_id: seat for seat in self._seats if self._roster.of(seat.member)}
        return None if agent_id in self.used else self._by_agent.get(agent_id)
