"""Matching as it is meant, with everything in view: every row against every seat, sorted, nothing skipped."""

from collections.abc import Sequence
from datetime import datetime

from shared.domain.klass import read_class
from shared.domain.queue import Need, Queue
from shared.domain.roster import Roster
from shared.domain.routing.pool import Waiting, class_of
from shared.domain.routing.seats import OpenClass, Seat
from shared.domain.times import from_iso


class FullView:
    """`opened` says which classes count as waiting when agents are compared; the rows are all there are."""

    def __init__(
        self, opened: Sequence[OpenClass], seats: Sequence[Seat], roster: Roster, at: datetime
    ) -> None:
        self.opened, self.roster, self.at = opened, roster, at
        self.unused = [seat for seat in seats if roster.of(seat.member) is not None]

    def pairs(self, rows: Sequence[Waiting]) -> list[tuple[str, str]]:
        """Contact and agent, in order of service."""
        made: list[tuple[str, str]] = []
        for row in sorted(rows, key=lambda row: (row.rank, row.interaction_id)):
            seats = [seat for seat in self._fitting(row) if not self._rests(seat, row)]
            if seats:
                best = min(seats, key=lambda seat: self._key(row, seat))
                self.unused.remove(best)
                made.append((row.interaction_id, best.agent_id))
        return made

    def _fitting(self, row: Waiting) -> list[Seat]:
        if row.queue.startswith("@"):
            return [
                seat
                for seat in self.unused
                if f"@{seat.agent_id}" == row.queue and row.channel in self._channels(seat, row)
            ]
        fitting = [seat for seat in self.unused if row.channel in seat.channels and self._serves(seat, row)]
        if not fitting:
            return []
        owners = [
            seat
            for seat in self.unused
            if seat.agent_id == row.owner and row.channel in self._channels(seat, row) and seat not in fitting
        ]
        return fitting + owners

    def _channels(self, seat: Seat, row: Waiting) -> tuple[str, ...]:
        return seat.channels + seat.own if seat.agent_id == row.owner else seat.channels

    def _rests(self, seat: Seat, row: Waiting) -> bool:
        return any(one.agent_id == seat.agent_id and self.at < one.until for one in row.declines)

    def _serves(self, seat: Seat, row: Waiting) -> bool:
        return self._could(seat, self.roster.centre.queue_of(row.queue), row.needs, row.rank)

    def _could(self, seat: Seat, queue: Queue, needs: Sequence[Need], rank: str) -> bool:
        abilities = self.roster.of(seat.member)
        assert abilities
        age = (self.at - from_iso(rank)).total_seconds()
        reached = [ring for ring in queue.rings if ring.after_seconds <= age]
        dropped = {skill for ring in reached for skill in ring.drop}
        admitted = {profile for ring in reached for profile in ring.admit}
        known = {skill.name for skill in self.roster.centre.skills}
        able = all(
            abilities.skills.get(need.skill, 0) >= need.level
            for need in needs
            if need.skill in known and need.skill not in dropped
        )
        return able and (queue.name in abilities.profile.queues or abilities.profile.name in admitted)

    def _key(self, row: Waiting, seat: Seat) -> tuple[object, ...]:
        """Of each rule of the queue its number, smaller first; then who is free longest, then the id."""
        queue, abilities = self.roster.centre.queue_of(row.queue), self.roster.of(seat.member)
        assert abilities
        known = {skill.name for skill in self.roster.centre.skills}
        numbers = {
            "owner": 0 if seat.agent_id == row.owner else 1,
            "preferred": 0 if seat.agent_id == row.preferred else 1,
            "fewest_classes": (self._others(row, seat), self._breadth(seat)),
            "proficiency": -sum(abilities.skills.get(n.skill, 0) for n in row.needs if n.skill in known),
            "longest_available": seat.since,
        }
        return (*(numbers[rule] for rule in queue.agent_order), seat.since, seat.agent_id)

    def _others(self, row: Waiting, seat: Seat) -> int:
        """How many other classes that wait this agent could serve, as old as they may be."""
        own = (row.queue, class_of(row.channel, row.needs))
        return sum(
            self._could(seat, self.roster.centre.queue_of(one.queue), read_class(one.klass)[1], one.bound)
            for one in self.opened
            if (one.queue, one.klass) != own and not one.queue.startswith("@")
        )

    def _breadth(self, seat: Seat) -> int:
        abilities, centre = self.roster.of(seat.member), self.roster.centre
        assert abilities
        known = {skill.name for skill in centre.skills}
        kinds = {
            (queue.name, frozenset(need for need in (*queue.needs, *more) if need.skill in known))
            for queue in centre.queues
            if queue.name in abilities.profile.queues
            for more in ((), *(rule.needs for rule in centre.rules if rule.queue in ("", queue.name)))
        }
        return sum(all(abilities.skills.get(n.skill, 0) >= n.level for n in needs) for _, needs in kinds)
