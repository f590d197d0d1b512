"""Why an offer went to this agent: what was compared, kept so that the choice can be made again."""

from dataclasses import dataclass
from typing import NamedTuple

from shared.domain.queue import Need
from shared.domain.routing.order import Figures


class Candidate(NamedTuple):
    """An agent who fitted. `levels` are those in the skills of Choice.needs, 0 for a skill they lack."""

    agent_id: str
    figures: Figures
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`needs` are all that the contact asks for, `dropped` the skills that did not count in its ring.

    `age_s`     virtual age in seconds: with the head start of its priority
    `waiting`   how many contacts of its class were known to wait; `more`: there may be others behind them
    `free`      agents of the pool who were free, fitting or not
    `version`   of the settings
    `alone`     the contact waited for this agent alone
    `ranked`    the agent who was asked, and up to two others who fitted, in order
    """

    queue: str
    channel: str
    needs: tuple[Need, ...]
    dropped: tuple[str, ...]
    ring: int
    age_s: int
    waiting: int
    more: bool
    free: int
    order: tuple[str, ...]
    version: int
    alone: bool
    ranked: tuple[Candidate, ...]
