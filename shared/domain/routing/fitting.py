"""Which free agents fit the contacts of one class, ring by ring, and how they compare."""

from collections.abc import Collection
from datetime import UTC, datetime

from shared.domain.klass import read_class
from shared.domain.rings import ring_of
from shared.domain.routing.choice import Candidate
from shared.domain.routing.free_seats import InOrder
from shared.domain.routing.look import ALONE, Look
from shared.domain.routing.order import Figures, place_in_order
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import OpenClass, Seat
from shared.domain.staffing import Abilities

NEVER = datetime.max.replace(tzinfo=UTC)


class Fitting:
    """Contacts of a queue are served while an unused agent fits: skills and profile in their ring, and room
    for the channel. Of such a contact the owner of its case counts as fitting, whatever their skills. What
    waits for one agent alone fits that agent, whatever their skills.
    """

    def __init__(self, opened: OpenClass, look: Look) -> None:
        self.klass, self.channel = opened.klass, read_class(opened.klass)[0]
        self.queue, self._ranks = look.queue(opened.queue)
        self.needs = look.roster.reach.needs(look.roster.centre, opened.klass)
        self._agent = opened.queue.removeprefix(ALONE) if opened.queue.startswith(ALONE) else ""
        self._look, self._free, self._reach = look, look.free, look.roster.reach
        self._others = look.waiting & ~look.bit(opened)
        self._lines: dict[int, InOrder] = {}
        self._common: dict[int, Figures] = {}

    @property
    def alone(self) -> bool:
        """Whether these contacts wait for one agent alone."""
        return bool(self._agent)

    def ring(self, rank: str) -> int:
        return 0 if self._agent else ring_of(rank, self._ranks)

    def served(self, rank: str) -> bool:
        """Whether an unused agent fits contacts of this rank."""
        if self._agent:
            seat = self._free.of(self._agent)
            return seat is not None and self.channel in (*seat.channels, *seat.own)
        return self._line(self.ring(rank)).any()

    def ranked(self, row: Waiting, resting: Collection[str], most: int) -> list[Seat]:
        """The first agents in the order of the queue."""
        ids = {self._agent} if self._agent else {row.owner, row.preferred} - {""}
        named = [seat for id in ids if id not in resting and (seat := self._named(id, row))]
        if self._agent:
            return named
        line = self._line(self.ring(row.rank))
        if not named:
            return line.first(most, resting)
        others = line.first(most, {*resting, *(seat.agent_id for seat in named)})
        return sorted([*named, *others], key=lambda seat: self._place(row, seat))[:most]

    def candidate(self, row: Waiting, seat: Seat) -> Candidate:
        skills = self._free.abilities(seat).skills
        levels = tuple(skills.get(need.skill, 0) for need in self.needs)
        return Candidate(seat.agent_id, self._figures(row, seat), levels)

    def _named(self, agent_id: str, row: Waiting) -> Seat | None:
        """The owner, the preferred agent, or who alone is waited for, where they fit this contact."""
        seat = self._free.of(agent_id)
        if seat is None:
            return None
        if agent_id == row.owner:
            return seat if self.channel in (*seat.channels, *seat.own) else None
        if self.channel not in seat.channels:
            return None
        fits = self._agent or self._reach.served(self._free.abilities(seat), self._bit(self.ring(row.rank)))
        return seat if fits else None

    def _line(self, ring: int) -> InOrder:
        if ring not in self._lines:
            bit, channel, served = self._bit(ring), self.channel, self._reach.served
            fitting = [
                (alike, self._shared(alike.abilities))
                for alike in self._free.groups
                if channel in alike.channels and served(alike.abilities, bit)
            ]
            self._lines[ring] = InOrder(fitting, self.queue.agent_order, self._free.used)
        return self._lines[ring]

    def _bit(self, ring: int) -> int:
        return self._reach.bit(self._look.roster.centre, self.queue, self.klass, ring)

    def _place(self, row: Waiting, seat: Seat) -> tuple[object, ...]:
        return place_in_order(self.queue.agent_order, self._figures(row, seat), seat.agent_id)

    def _figures(self, row: Waiting, seat: Seat) -> Figures:
        shared = self._shared(self._free.abilities(seat))
        named = seat.agent_id == row.owner, seat.agent_id == row.preferred
        return Figures(*named, shared.classes, shared.breadth, shared.proficiency, seat.since)

    def _shared(self, abilities: Abilities) -> Figures:
        """What all agents of these abilities have in common."""
        found = self._common.get(id(abilities))
        if found is None:
            classes = self._reach.served(abilities, self._others).bit_count()
            breadth = self._reach.breadth(self._look.roster.centre, abilities)
            proficiency = sum([abilities.skills.get(need.skill, 0) for need in self.needs])
            found = Figures(False, False, classes, breadth, proficiency, NEVER)
            self._common[id(abilities)] = found
        return found
