"""Anybody may do anything at any moment, also in the middle of another act: the table stays sound."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shared.use_cases.retry_on_conflict import retry_on_conflict
from tests.support.consistency import faults
from tests.support.fitting import fitting
from tests.support.flows import WELCOME
from tests.support.town import AGENTS, CARRIED, Town

NUMBER = st.integers(0, 2)
VISITOR = st.integers(0, 2)
AGENT = st.sampled_from(AGENTS)
LATE = st.sampled_from((0, 0, 0, 5, -2))
WORDS = st.sampled_from(("Hello", "123456", "000000", "5", "STOP", "START"))
MENU = st.sampled_from(("1", "2", "3", "4", "1234", "4929000000006781", "what?"))


def act(name: str, *how: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(name), *how)


ACTS = st.one_of(
    act("texts", NUMBER, WORDS, LATE),
    act("texts", NUMBER, st.just("Hello"), LATE),
    act("chats", VISITOR, st.just("Hello"), LATE),
    act("chats", VISITOR, WORDS, LATE),
    act("texts", NUMBER, MENU, LATE),
    act("chats", VISITOR, MENU, LATE),
    act("asks_code", VISITOR, NUMBER),
    act("proves", VISITOR, NUMBER),
    act("proves", VISITOR, NUMBER),
    act("scores", VISITOR, st.integers(1, 5)),
    act("leaves", VISITOR),
    act("comes", AGENT),
    act("takes", AGENT),
    act("takes", AGENT),
    act("goes", AGENT),
    act("pauses", AGENT),
    act("beats", AGENT),
    act("accepts", AGENT),
    act("declines", AGENT),
    act("replies", AGENT, st.sampled_from(("sms", "chat"))),
    act("notes", AGENT),
    act("sends_code", AGENT, NUMBER),
    act("closes", AGENT),
    act("closes", AGENT),
    act("assigns"),
    act("settles"),
    act("carries", st.sampled_from(tuple(CARRIED))),
    act("asks"),
    act("passes", st.sampled_from((1, 31, 120, 901))),
    act("sweeps"),
)
AT_WORK = st.one_of(
    act("assigns"),
    act("accepts", AGENT),
    act("declines", AGENT),
    act("comes", AGENT),
    act("goes", AGENT),
    act("closes", AGENT),
    act("leaves", VISITOR),
    act("chats", VISITOR, st.just("Hello"), LATE),
    act("proves", VISITOR, NUMBER),
    act("passes", st.sampled_from((31, 120, 901))),
    act("sweeps"),
)
Act = tuple[Any, ...]


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(retry_on_conflict, "__defaults__", (lambda seconds: None,))
    yield


class Anything(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.town = Town()

    @rule(acts=st.lists(ACTS, min_size=4, max_size=8), settles=st.booleans())
    def one_after_another(self, acts: list[Act], settles: bool) -> None:
        for act in acts:
            self.town.does(*act)
            self.is_sound()
        if settles:
            self.it_settles()

    @rule(act=ACTS, others=st.lists(ACTS, min_size=1, max_size=3))
    def in_the_middle(self, act: Act, others: list[Act]) -> None:
        def meanwhile() -> None:
            for other in others:
                self.town.does(*other)

        self.town.meanwhile(meanwhile, *act)

    @rule(visitor=VISITOR, agent=AGENT, before=st.booleans(), act=AT_WORK, other=AT_WORK)
    def two_hands_at_work(self, visitor: int, agent: str, before: bool, act: Act, other: Act) -> None:
        """Somebody waits and somebody is there, who may have been asked already; then nobody is forgotten."""
        self.town.does("chats", visitor, "Hello", 0)
        self.town.does("comes", agent)
        if before:
            self.town.settles()
        self.town.meanwhile(lambda: self.town.does(*other), *act)
        self.it_settles()

    @rule()
    def it_settles(self) -> None:
        """The wakes there are, and no more: afterwards nobody is free for whom somebody waits."""
        self.town.settles()
        assert fitting(self.town.scene.world) == []

    @invariant()
    def is_sound(self) -> None:
        assert faults(self.town.store) == []

    def teardown(self) -> None:
        self.town.ends()
        assert faults(self.town.store) == []
        assert self.town.unsent() == []


class AnythingInAFlow(Anything):
    """The same where a menu meets every new conversation."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town(WELCOME)


Anything.TestCase.settings = AnythingInAFlow.TestCase.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
test_anything = Anything.TestCase
test_anything_in_a_flow = AnythingInAFlow.TestCase
