"""The run of a simulated centre, event by event; each look is one of the real matching."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from infra.simulation.agents import Workers
from infra.simulation.line import Line
from infra.simulation.plan import Coming, Habits, Lived, Shift, moment
from shared.domain.customer.head import Decline
from shared.domain.roster import Roster
from shared.domain.routing.match import MOST_PAIRS, Matching, Pair
from shared.domain.routing.pool import HEAD_START, Waiting, rank
from shared.domain.routing.seats import OpenClass, Seat
from shared.domain.traits import Channels

Matcher = Callable[[Sequence[OpenClass], Sequence[Seat], Roster, datetime], Matching]
Event = Callable[[float], None]


@dataclass(slots=True)
class Offered:
    """A contact from its arrival on. `turn` counts its offers, so that the end of an earlier one is known."""

    coming: Coming
    row: Waiting
    agent_id: str = ""
    turn: int = 0


class Simulation:
    """Same plan, same seed: same run. A decline rests as long as the settings say."""

    def __init__(
        self,
        roster: Roster,
        channels: Channels,
        shifts: Iterable[Shift],
        contacts: Iterable[Coming],
        habits: Habits | None = None,
        seed: int = 1,
        matcher: Matcher = Matching,
    ) -> None:
        self.workers = Workers(roster, channels)
        self.lived: list[Lived] = []
        self._roster, self._matcher = roster, matcher
        self._habits, self._chance = habits or Habits(), Random(seed)  # noqa: S311  # no secret
        self._line = Line()
        self._open: dict[str, Offered] = {}
        self._events: list[tuple[float, int, Event]] = []
        self._numbers = count()
        for shift in shifts:
            self._at(shift.begins, lambda at, shift=shift: self._comes_in(at, shift))  # type: ignore[misc]
        for coming in contacts:
            self._at(coming.at, lambda at, coming=coming: self._arrives(at, coming))  # type: ignore[misc]

    def run(self) -> "Simulation":
        """Until nothing is left to happen: contacts that nobody ever serves stay out of `lived`."""
        while self._events:
            at, _, event = heappop(self._events)
            event(at)
            self._look(at)
        return self

    def _look(self, at: float) -> None:
        made = MOST_PAIRS
        while made == MOST_PAIRS and self._line and self.workers.seats:
            seats = tuple(self.workers.seats.values())
            matching = self._matcher(self._line.opened(), seats, self._roster, moment(at))
            while wanted := matching.wanted():
                matching.found(wanted, self._line.page(wanted))
            for pair in matching.pairs:
                self._offers(at, pair)
            made = len(matching.pairs)

    def _comes_in(self, at: float, shift: Shift) -> None:
        self.workers.come(at, shift)
        self._at(shift.ends, lambda then: self.workers.go(then, shift.agent_id))

    def _arrives(self, at: float, coming: Coming) -> None:
        since, queue = moment(at), self._roster.centre.queue_of(coming.queue)
        row = Waiting(
            "main",
            coming.queue,
            rank(since, coming.priority),
            coming.id,
            "",
            "",
            coming.channel,
            since,
            0,
            owner=coming.owner,
            needs=coming.needs,
        )
        self._open[coming.id] = Offered(coming, row)
        self._line.put(row)
        head_start = (HEAD_START * (5 - coming.priority)).total_seconds()
        for ring in queue.rings:
            self._at(max(at, at + ring.after_seconds - head_start), lambda then: None)  # a look is due
        if queue.overflow:
            due = max(at, at + queue.overflow.after_seconds - head_start)
            self._at(due, lambda then: self._overflows(coming.id, queue.overflow.queue))  # type: ignore[union-attr]
        self._at(at + coming.patience, lambda then: self._gives_up(then, coming.id))

    def _overflows(self, id: str, queue: str) -> None:
        one = self._open.get(id)
        if one and not one.agent_id:
            self._line.take(one.row)
            one.row = replace(one.row, queue=queue)
            self._line.put(one.row)

    def _offers(self, at: float, pair: Pair) -> None:
        one, agent_id = self._open[pair.waiting.interaction_id], pair.seat.agent_id
        self._line.take(one.row)
        one.agent_id, one.turn = agent_id, one.turn + 1
        rings, says_no = self._habits.rings(self._chance), self._chance.random() < self._habits.declined
        answer = self._declines if says_no else self._accepts
        if not rings:
            answer(at, one, one.turn)
            return
        self.workers.ring(at, agent_id, one.coming.id)
        self._at(at + rings, lambda then, turn=one.turn: answer(then, one, turn))  # type: ignore[misc]

    def _accepts(self, at: float, one: Offered, turn: int) -> None:
        if one.turn != turn:
            return
        coming, agent_id = one.coming, one.agent_id
        del self._open[coming.id]
        self.lived.append(Lived(coming, at - coming.at, agent_id))
        self.workers.take(at, agent_id, coming.channel)
        self._at(at + coming.handle, lambda then: self.workers.finish(then, agent_id, coming.channel))

    def _declines(self, at: float, one: Offered, turn: int) -> None:
        if one.turn != turn:
            return
        rest = self._roster.centre.decline_rest_seconds
        until = moment(at) + timedelta(seconds=rest)
        one.row = replace(one.row, declines=(*one.row.declines, Decline(one.agent_id, until)))
        self.workers.stop_ringing(at, one.agent_id)
        one.agent_id = ""
        self._line.put(one.row)
        self._at(at + rest, lambda then: None)

    def _gives_up(self, at: float, id: str) -> None:
        one = self._open.pop(id, None)
        if one is None:
            return
        if one.agent_id:
            one.turn += 1
            self.workers.stop_ringing(at, one.agent_id)
        else:
            self._line.take(one.row)
        self.lived.append(Lived(one.coming, at - one.coming.at))

    def _at(self, when: float, event: Event) -> None:
        if when != float("inf"):
            heappush(self._events, (when, next(self._numbers), event))
