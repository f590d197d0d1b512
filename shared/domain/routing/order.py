"""Which of several fitting agents is asked first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.queue import FEWEST_CLASSES, LONGEST_AVAILABLE, OWNER, PREFERRED, PROFICIENCY


class Figures(NamedTuple):
    """What an agent is compared by. A tuple, as each look makes many.

    `classes`      how many of the other classes that wait now they could serve
    `breadth`      how many kinds of contacts the settings describe that they could serve
    `proficiency`  the sum of their levels in the skills the contact asks for
    """

    owner: bool
    preferred: bool
    classes: int
    breadth: int
    proficiency: int
    since: datetime


# The smaller goes first. Among those who could serve equally many that wait, who can do least is asked:
# who can do more stays free for what comes.
RULES: dict[str, Callable[[Figures], object]] = {
    OWNER: lambda figures: not figures.owner,
    PREFERRED: lambda figures: not figures.preferred,
    FEWEST_CLASSES: lambda figures: (figures.classes, figures.breadth),
    PROFICIENCY: lambda figures: -figures.proficiency,
    LONGEST_AVAILABLE: lambda figures: figures.since,
}
TIE = "tie"


def place_in_order(order: Sequence[str], figures: Figures, agent_id: str) -> tuple[object, ...]:
    """What agents are sorted by. Who is equal in all is asked by how long they are free, then by id."""
    return (*(RULES[rule](figures) for rule in order), figures.since, agent_id)


def decided_by(order: Sequence[str], first: Figures, other: Figures) -> str:
    """The first rule in which the two differ; `tie` where their ids decide."""
    rules = (rule for rule in (*order, LONGEST_AVAILABLE) if RULES[rule](first) != RULES[rule](other))
    return next(rules, TIE)


def around_since(order: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules before and behind the time an agent is free, without those that look at one contact."""
    rules = [rule for rule in order if rule not in (OWNER, PREFERRED)]
    at = rules.index(LONGEST_AVAILABLE) if LONGEST_AVAILABLE in rules else len(rules)
    return tuple(rules[:at]), tuple(rules[at + 1 :])
