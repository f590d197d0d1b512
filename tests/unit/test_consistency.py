"""Anybody may do anything at any moment, also in the middle of another act: the table stays sound."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shared.domain.market import Free, Waiting
from shared.domain.match import pairs
from shared.use_cases.persist import persist
from tests.support.consistency import faults
from tests.support.town import AGENTS, CARRIED, Town

NUMBER = st.integers(0, 2)
VISITOR = st.integers(0, 2)
AGENT = st.sampled_from(AGENTS)
LATE = st.sampled_from((0, 0, 0, 5, -2))
WORDS = st.sampled_from(("Hello", "123456", "000000", "5", "STOP", "START"))


def act(name: str, *how: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(name), *how)


ACTS = st.one_of(
    act("texts", NUMBER, WORDS, LATE),
    act("texts", NUMBER, st.just("Hello"), LATE),
    act("chats", VISITOR, WORDS, LATE),
    act("asks_code", VISITOR, NUMBER),
    act("proves", VISITOR, NUMBER),
    act("scores", VISITOR, st.integers(1, 5)),
    act("leaves", VISITOR),
    act("comes", AGENT),
    act("goes", AGENT),
    act("pauses", AGENT),
    act("beats", AGENT),
    act("accepts", AGENT),
    act("declines", AGENT),
    act("replies", AGENT, st.sampled_from(("sms", "chat"))),
    act("notes", AGENT),
    act("sends_code", AGENT, NUMBER),
    act("closes", AGENT),
    act("publishes"),
    act("assigns"),
    act("carries", st.sampled_from(tuple(CARRIED))),
    act("retries"),
    act("asks"),
    act("passes", st.sampled_from((1, 31, 120, 901))),
    act("sweeps"),
)


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(persist, "__defaults__", (lambda seconds: None,))
    yield


class Anything(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.town = Town()

    @rule(act=ACTS)
    def one_after_another(self, act: tuple[Any, ...]) -> None:
        self.town.does(*act)

    @rule(act=ACTS, other=ACTS)
    def in_the_middle(self, act: tuple[Any, ...], other: tuple[Any, ...]) -> None:
        self.town.meanwhile(lambda: self.town.does(*other), *act)

    @rule(agent=AGENT)
    def an_agent_takes_what_there_is(self, agent: str) -> None:
        self.town.does("comes", agent)
        self.town.settles()
        self.town.does("accepts", agent)

    @rule()
    def it_settles(self) -> None:
        self.town.settles()
        waiting, free = self.town.scene.all(Waiting), self.town.scene.all(Free)
        assert list(pairs(waiting, free)) == []

    @invariant()
    def the_table_is_sound(self) -> None:
        assert faults(self.town.store) == []

    def teardown(self) -> None:
        self.town.ends()
        assert faults(self.town.store) == []
        assert self.town.unsent() == []


Anything.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
test_anything = Anything.TestCase
