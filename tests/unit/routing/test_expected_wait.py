"""The range a waiting customer is told, held against waits that were simulated."""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.routing.expected_wait import LONGEST, Counted, Wait, expected_wait, gap

WINDOW = 5400
WARM = 3600
HOURS = 6


@dataclass
class Line:
    """Customers of one queue: who comes while all are busy is told a range, and waits. Seconds."""

    load: float
    servers: int
    handle: float
    patience: float
    seed: int
    told: list[tuple[Wait | None, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance, self._free = Random(self.seed), self.servers
        self._waiting: dict[int, tuple[float, Wait | None]] = {}
        self._left: list[tuple[float, float]] = []
        self._done: list[tuple[float, float]] = []
        self._events: list[tuple[float, int, str, float]] = []

    def run(self) -> "Line":
        self._after(0, "comes", self._until_next())
        count = 0
        while self._events and (event := heappop(self._events))[0] < HOURS * 3600:
            at, number, what, lasted = event
            if what == "comes":
                count += 1
                self._comes(at, count)
            elif what == "ends":
                self._ends(at, lasted)
            elif number in self._waiting:  # gives up
                self._left.append((at, at - self._waiting.pop(number)[0]))
        return self

    def _until_next(self) -> float:
        return self._chance.expovariate(self.load * self.servers / self.handle)

    def _after(self, at: float, what: str, span: float, number: int = 0) -> None:
        heappush(self._events, (at + span, number, what, span))

    def _comes(self, at: float, number: int) -> None:
        self._after(at, "comes", self._until_next())
        if self._free:
            self._begins(at, 0)
            return
        self._waiting[number] = (at, expected_wait(len(self._waiting) + 1, self._gap(at)))
        if self.patience:
            self._after(at, "gives up", self._chance.expovariate(1 / self.patience), number)

    def _begins(self, at: float, waited: float) -> None:
        self._free -= 1
        self._left.append((at, waited))
        self._after(at, "ends", self._chance.expovariate(1 / self.handle))

    def _ends(self, at: float, lasted: float) -> None:
        self._free += 1
        self._done.append((at, lasted))
        if self._waiting:
            since, told = self._waiting.pop(next(iter(self._waiting)))
            self._begins(at, at - since)
            self.told += [(told, (at - since) / 60)] if since > WARM else []

    def _gap(self, at: float) -> float | None:
        since = max(0.0, at - WINDOW)
        left = [waited for when, waited in self._left if when >= since]
        done = [lasted for when, lasted in self._done if when >= since]
        counted = Counted(at - since, len(left), int(sum(left) * 1000), len(done), int(sum(done) * 1000))
        return gap(counted, self.servers)


@pytest.mark.parametrize(
    ("load", "servers", "handle", "patience"),
    [(0.85, 14, 300, 0), (0.9, 10, 300, 0), (0.95, 4, 480, 0), (1.1, 30, 400, 1200), (1.5, 5, 240, 600)],
)
def test_waits_lie_between_half_and_double_of_what_was_told_in_seven_of_ten_cases(
    load: float, servers: int, handle: float, patience: float
) -> None:
    runs = [Line(load, servers, handle, patience, seed).run() for seed in range(4)]

    told = [(wait, waited) for run in runs for wait, waited in run.told]
    near = sum((wait.low + wait.high) / 4 <= waited <= wait.low + wait.high for wait, waited in told if wait)
    assert len(told) > 200
    assert near / sum(wait is not None for wait, _ in told) >= 0.7


def test_a_busy_queue_is_measured_by_who_left_it() -> None:
    busy = Counted(seconds=3600, left=60, waited_ms=3_600_000 * 4)

    assert gap(busy, servers=0) == 60


def test_a_queue_that_was_mostly_empty_is_judged_by_handle_time_and_agents() -> None:
    calm = Counted(seconds=3600, left=60, waited_ms=60_000, completed=60, handle_ms=60 * 300_000)

    assert gap(calm, servers=10) == 30


@pytest.mark.parametrize("counted", [Counted(), Counted(3600, 4, 10**8, 4, 10**6)])
def test_too_few_contacts_say_nothing(counted: Counted) -> None:
    assert gap(counted, servers=10) is None


def test_without_an_agent_on_duty_nothing_is_said() -> None:
    assert gap(Counted(3600, 60, 60_000, 60, 10**7), servers=0) is None


@pytest.mark.parametrize(
    ("position", "seconds", "wait"),
    [(1, 20, Wait(0, 1)), (3, 120, Wait(3, 9)), (10, 60, Wait(7, 13)), (60, 60, Wait(50, 70))],
)
def test_the_range_grows_with_the_place(position: int, seconds: float, wait: Wait) -> None:
    assert expected_wait(position, seconds) == wait


@pytest.mark.parametrize(("position", "seconds"), [(1, None), (0, 60), (1, 0), (100, 600)])
def test_nothing_is_said_where_it_would_not_be_honest(position: int, seconds: float | None) -> None:
    assert expected_wait(position, seconds) is None


@given(st.integers(1, 100), st.floats(0.1, 600))
def test_a_range_holds_its_mean_and_a_later_place_waits_no_less(position: int, seconds: float) -> None:
    here, behind = expected_wait(position, seconds), expected_wait(position + 1, seconds)

    mean = position * seconds / 60
    assert (here is None) == (mean > LONGEST)
    if here:
        assert 0 <= here.low <= mean <= here.high
    if here and behind:
        assert behind.low >= here.low and behind.high >= here.high
