"""Callers, agents, clocks and a carrier do anything at any moment: whoever should talk does, nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shared.use_cases.retry_on_conflict import retry_on_conflict
from tests.support.consistency import faults
from tests.support.operated_town import OperatedTown
from tests.support.town import AGENTS
from tests.unit.infra.test_consistency import Act, act

NUMBER = st.integers(0, 1)
AGENT = st.sampled_from(AGENTS)
FATES = st.lists(st.sampled_from(("", "", "lost", "unheard", "busy", "refused", "dies")), max_size=3)
AT_A_DESK = ("hold", "resume", "hang_up", "add", "hold", "resume")
ACTS = st.one_of(
    act("rings", NUMBER),
    act("joins", NUMBER, AGENT),
    act("joins", NUMBER, AGENT),
    act("reaches", NUMBER, AGENT),
    act("calls_back", NUMBER, AGENT),
    act("consults", AGENT),
    act("consults", AGENT),
    act("proves", NUMBER, NUMBER),
    act("hears"),
    act("hears"),
    act("hears"),
    act("hangs_up", NUMBER),
    act("wants_call", NUMBER),
    act("answers", NUMBER),
    act("answers", NUMBER),
    act("picks_up", AGENT),
    act("picks_up", AGENT),
    act("picks_up", st.just("boss")),
    act("refuses", AGENT),
    act("takes", AGENT),
    act("takes", AGENT),
    act("comes", AGENT),
    act("goes", AGENT),
    act("accepts", AGENT),
    act("declines", AGENT),
    act("closes", AGENT),
    act("acts", AGENT, st.sampled_from(AT_A_DESK)),
    act("drops", AGENT),
    act("places", AGENT, NUMBER),
    act("hands_on", AGENT, st.sampled_from(("ask", "hand_over", "end", "colleague", "queue"))),
    act("listens", st.sampled_from(("listen", "whisper", "join", "stop"))),
    act("texts", NUMBER, st.just("Hello"), st.just(0)),
    act("operates", FATES),
    act("operates", st.just([])),
    act("operates", st.just([])),
    act("tells", st.integers(0, 5), st.booleans()),
    act("tells", st.just(0), st.just(False)),
    act("asks"),
    act("passes", st.sampled_from((1, 10, 31, 120))),
    act("sweeps"),
)


class Operated(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.town = OperatedTown()

    @rule(acts=st.lists(ACTS, min_size=4, max_size=8))
    def one_after_another(self, acts: list[Act]) -> None:
        for name, *how in acts:
            self.town.does(name, *how)
            assert faults(self.town.store) == []

    @rule(first=ACTS, others=st.lists(ACTS, min_size=1, max_size=3))
    def in_the_middle(self, first: Act, others: list[Act]) -> None:
        def meanwhile() -> None:
            for name, *how in others:
                self.town.does(name, *how)

        name, *how = first
        self.town.meanwhile(meanwhile, name, *how)

    @rule()
    def it_calms(self) -> None:
        self.town.calms()
        assert self.town.astray() == []

    @invariant()
    def is_sound(self) -> None:
        assert faults(self.town.store) == []
        assert self.town.carrier.faults == []

    def teardown(self) -> None:
        self.town.ends()
        assert faults(self.town.store) == []
        assert [line.to for line in self.town.carrier.lines if line.live] == []
        assert self.town.unsent() == []


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(retry_on_conflict, "__defaults__", (lambda seconds: None,))
    yield


HOW: Any = settings(
    max_examples=10, stateful_step_count=12, deadline=None, derandomize=True, database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
Operated.TestCase.settings = HOW
test_operated = Operated.TestCase
