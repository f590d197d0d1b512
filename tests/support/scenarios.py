"""Five centres with different agents and contacts, and the orders of agents that ours is compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from statistics import fmean

from infra.simulation.figures import class_means
from infra.simulation.plan import Coming, Lived
from infra.simulation.simulate import Matcher
from shared.domain.queue import AGENT_ORDER, FEWEST_CLASSES, LONGEST_AVAILABLE, PROFICIENCY, Need
from shared.domain.roster import Roster
from shared.domain.routing.match import Matching
from shared.domain.routing.seats import OpenClass, Seat
from shared.domain.staffing import Rule, When
from tests.support.queueing import poisson
from tests.support.simulated import centre_of, lived

HANDLE = 180.0


class FewestSkills(Matching):
    """Compares agents by all they could serve, whatever waits."""

    def __init__(
        self, opened: Sequence[OpenClass], seats: Sequence[Seat], roster: Roster, at: datetime
    ) -> None:
        super().__init__(opened, seats, roster, at)
        self._look.waiting = 0


ORDERS: Mapping[str, tuple[tuple[str, ...], Matcher]] = {
    "ours": (AGENT_ORDER, Matching),
    "longest idle": ((LONGEST_AVAILABLE,), Matching),
    "best fit": ((PROFICIENCY, LONGEST_AVAILABLE), Matching),
    "fewest skills": ((FEWEST_CLASSES, LONGEST_AVAILABLE), FewestSkills),
}


@dataclass(frozen=True)
class Scenario:
    """`agents` are how many have these skills, `asked` how often contacts ask for these skills."""

    agents: Mapping[tuple[str, ...], int]
    asked: Mapping[tuple[str, ...], float]
    busy: float

    def run(self, order: str, n: int, seed: int) -> list[Lived]:
        """The same contacts for every order."""
        rules, matcher = ORDERS[order]
        known = [skills for skills, many in self.agents.items() for _ in range(many)]
        agents = {f"agent-{number:03}": skills for number, skills in enumerate(known)}
        of = centre_of(agents, order=rules, rules=self._rules())
        return lived(of, list(agents), self._contacts(n, seed), matcher=matcher).lived

    def _rules(self) -> list[Rule]:
        """What callers ask for is known from a menu."""
        return [
            Rule((When("intent", ("+".join(skills),)),), needs=tuple(Need(skill, 1) for skill in skills))
            for skills in self.asked
        ]

    def _contacts(self, n: int, seed: int) -> list[Coming]:
        chance, skills, weights = Random(f"scenario {seed}"), list(self.asked), list(self.asked.values())
        every = HANDLE / (self.busy * sum(self.agents.values()))
        return [
            Coming(
                f"i{number:07}",
                at,
                "main",
                chance.expovariate(1 / HANDLE),
                needs=tuple(Need(skill, 1) for skill in chance.choices(skills, weights)[0]),
            )
            for number, at in enumerate(poisson(chance, every, n))
        ]


RARE = "a rare language"
SCENARIOS = {
    "specialists and all-rounders": Scenario(
        {("a",): 8, ("b",): 8, ("a", "b"): 4}, {("a",): 1, ("b",): 1}, 0.88
    ),
    "a chain of two skills": Scenario(
        {("a", "b"): 5, ("b", "c"): 5, ("c", "d"): 5, ("d", "a"): 5},
        {("a",): 1, ("b",): 1, ("c",): 1, ("d",): 1},
        0.9,
    ),
    RARE: Scenario(
        {("korean",): 14, ("korean", "english"): 4, ("korean", "english", "spanish"): 2},
        {("korean",): 16, ("english",): 3, ("spanish",): 1},
        0.85,
    ),
    "two skills at once": Scenario(
        {("billing",): 5, ("english",): 5, ("billing", "english"): 10},
        {("billing",): 5, ("english",): 5, ("billing", "english"): 4},
        0.88,
    ),
    "many skills": Scenario(
        {("a", "b", "c"): 4, ("b", "d"): 4, ("c", "e"): 4, ("d", "e", "f"): 4, ("a", "f"): 4},
        {("a",): 3, ("b",): 3, ("c",): 3, ("d",): 3, ("e",): 3, ("f",): 2},
        0.9,
    ),
}


def mean_wait(found: Sequence[Lived]) -> float:
    return fmean(one.waited for one in found)


def worst_class(found: Sequence[Lived]) -> float:
    """The mean wait of the class that waits longest, against that of all."""
    return max(class_means(found).values()) / mean_wait(found)


def wait_of(found: Sequence[Lived], needs: tuple[str, ...]) -> float:
    return fmean(one.waited for one in found if tuple(need.skill for need in one.coming.needs) == needs)
