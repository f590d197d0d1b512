"""Calls among all that customers, agents and clocks may do at any moment: the table stays sound."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shared.domain.flow.flow import Flow
from shared.domain.timeline.entry import Kind
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.add_staff import AddStaff
from tests.support.caller import DESK_PHONE, Caller
from tests.support.consistency import faults
from tests.support.fitting import fitting
from tests.support.flows import WELCOME
from tests.support.town import AGENTS, NUMBERS, Town
from tests.unit.infra.test_consistency import ACTS, NUMBER, VISITOR, Act, act

CALLS = st.one_of(
    act("rings", NUMBER),
    act("rings", NUMBER),
    act("keys", NUMBER, st.sampled_from(("1", "2", "4", "1234", "", "what?"))),
    act("keys", NUMBER, st.sampled_from(("4", "4", "3"))),
    act("leaves_word", NUMBER),
    act("wants_call", NUMBER),
    act("hangs_up", NUMBER),
    act("hangs_up", NUMBER),
    act("late", NUMBER),
    act("again", st.integers(0, 30)),
)


class TownWithTelephones(Town):
    def __init__(self, flow: Flow | None = None) -> None:
        super().__init__(flow)
        self.menu = flow
        self.lines: dict[int, Caller] = {}
        self.words: list[tuple[Caller, int]] = []
        self.calls = 0
        for agent in AGENTS:
            AddStaff(*self.scene.needs)(agent, "", phone=DESK_PHONE)

    def rings(self, number: int) -> None:
        self.calls += 1
        self.lines[number] = Caller(self.scene, self.menu, f"CA{self.calls}", NUMBERS[number])
        self._told(self.lines[number], "rings")

    def _in_menu(self, number: int) -> Caller | None:
        line = self.lines.get(number)
        return line if line and line.at and line.at.end is None else None

    def presses(self, number: int, text: str) -> None:
        if line := self._in_menu(number):
            self._told(line, "keys", text)

    def leaves_word(self, number: int) -> None:
        self._of(number, "leaves_word")

    def wants_call(self, number: int) -> None:
        self._of(number, "asks_for_a_call")

    def hangs_up(self, number: int) -> None:
        self._of(number, "hangs_up")

    def late(self, number: int) -> None:
        """They ring and hang up, and the second is told first."""
        self.calls += 1
        line = Caller(self.scene, self.menu, f"CA{self.calls}", NUMBERS[number])
        self._told(line, "hangs_up")
        self._told(line, "rings")

    def again(self, n: int) -> None:
        if n < len(self.words):
            caller, word = self.words[n]
            caller.tell(word)

    def _of(self, number: int, what: str) -> None:
        if line := self.lines.get(number):
            self._told(line, what)

    def _told(self, caller: Caller, what: str, *how: str) -> None:
        getattr(caller, what)(*how)
        self.words.append((caller, len(caller.told) - 1))

    def ends(self) -> None:
        """Everybody hangs up in the end."""
        for number in self.lines:
            self.hangs_up(number)
        super().ends()


class Calls(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.town = TownWithTelephones()

    @rule(acts=st.lists(st.one_of(CALLS, CALLS, ACTS), min_size=4, max_size=8), settles=st.booleans())
    def one_after_another(self, acts: list[Act], settles: bool) -> None:
        for each in acts:
            self._does(each)
            self.is_sound()
        if settles:
            self.town.settles()
            assert fitting(self.town.scene.world) == []

    @rule(first=CALLS, others=st.lists(st.one_of(CALLS, ACTS), min_size=1, max_size=3))
    def in_the_middle(self, first: Act, others: list[Act]) -> None:
        def meanwhile() -> None:
            for other in others:
                self._does(other)

        self.town.store.before_commit = lambda writes: meanwhile()
        self._does(first)
        self.town.store.before_commit = None

    @rule(visitor=VISITOR, number=NUMBER)
    def two_customers_become_one(self, visitor: int, number: int) -> None:
        self.town.does("proves", visitor, number)

    def _does(self, told: Act) -> None:
        name, *how = told
        self.town.does("presses" if name == "keys" else name, *how)

    @invariant()
    def is_sound(self) -> None:
        assert faults(self.town.store) == []

    @invariant()
    def each_call_began_once(self) -> None:
        began = [entry.way.thread for entry in self.town.scene.entries(Kind.CALL_STARTED)]
        assert len(began) == len(set(began))

    def teardown(self) -> None:
        self.town.ends()
        assert faults(self.town.store) == []
        assert self.town.unsent() == []


class CallsInAFlow(Calls):
    """The same where a menu meets every new conversation, and every call."""

    def __init__(self) -> None:
        super().__init__()
        self.town = TownWithTelephones(WELCOME)


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(retry_on_conflict, "__defaults__", (lambda seconds: None,))
    yield


HOW: Any = settings(
    max_examples=8, stateful_step_count=15, deadline=None, derandomize=True, database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
Calls.TestCase.settings = CallsInAFlow.TestCase.settings = HOW
test_calls = Calls.TestCase
test_calls_in_a_flow = CallsInAFlow.TestCase
