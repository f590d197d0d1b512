"""What a simulated centre lives through: who comes, who works, and how they behave. Times in seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from random import Random

from shared.domain.queue import Need
from shared.domain.routing.pool import class_of

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


def moment(at: float) -> datetime:
    return BEGIN + timedelta(seconds=at)


@dataclass(frozen=True, slots=True)
class Coming:
    """A contact. `handle` is how long its agent is busy with it, `patience` how long the customer waits."""

    id: str
    at: float
    queue: str
    handle: float
    channel: str = "voice"
    needs: tuple[Need, ...] = ()
    patience: float = inf
    priority: int = 5
    owner: str = ""

    @property
    def klass(self) -> str:
        return class_of(self.channel, self.needs)


@dataclass(frozen=True, slots=True)
class Shift:
    """An agent is available from `begins` to `ends`; what they have then, they finish."""

    agent_id: str
    login: str
    begins: float = 0.0
    ends: float = inf


def at_once(chance: Random) -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class Habits:
    """`rings` draws how long an offer rings, `declined` is the share of offers that are declined."""

    rings: Callable[[Random], float] = at_once
    declined: float = 0.0


@dataclass(frozen=True, slots=True)
class Lived:
    """What became of a contact. `waited` is until it was accepted, or given up: then `agent_id` is ""."""

    coming: Coming
    waited: float
    agent_id: str = ""

    @property
    def answered(self) -> bool:
        return bool(self.agent_id)
