"""How long somebody at a place of a queue will wait, as a range of minutes that can be said honestly.

While all agents are busy, contacts leave the queue one after another. `gap` is the mean time between two of
them; who is at place p waits for p such gaps, so that p × gap is the estimate's middle (the queue-length
estimator; Whitt, "Predicting queueing delays", Management Science 45, 1999, and Ibrahim and Whitt, 2009).
Where the gaps are exponential the wait is gamma distributed with shape p: the range holds its middle six
tenths, from the approximation of Wilson and Hilferty (1931).

The gap is measured: seconds over contacts that left. That is right while somebody waited nearly all the time,
which Little's law tells (mean number waiting = time waited / time). Where the queue was mostly empty, the
contacts that left say nothing of how fast it could go; then the gap is the mean handle time over the places
of the agents on duty who serve it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

FEWEST = 5  # contacts below which a mean says nothing
BUSY = 1.0  # mean number waiting from which on the measured gap is used
SIX_TENTHS = 0.84  # standard deviations to both sides
LONGEST = 180  # minutes; what is further off is not said
STEPS = ((20, 1), (60, 5), (LONGEST, 10))  # up to so many minutes, in steps of so many


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of a queue and channel over `seconds`. `left` are contacts that left the queue by any
    way, `waited_ms` the time they had waited, `handle_ms` the handle time of the `completed`.
    """

    seconds: float = 0
    left: int = 0
    waited_ms: int = 0
    completed: int = 0
    handle_ms: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """Minutes. A `low` of 0 means that it may be over in less than one."""

    low: int
    high: int


def gap(counted: Counted, servers: int) -> float | None:
    """Seconds between two contacts that leave the queue while somebody waits. `servers` is how many contacts
    the agents on duty can have at once. None where neither way has enough to go by.
    """
    busy = counted.seconds > 0 and counted.waited_ms / 1000 / counted.seconds >= BUSY
    if busy and counted.left >= FEWEST:
        return counted.seconds / counted.left
    if servers < 1 or counted.completed < FEWEST:
        return None
    return counted.handle_ms / 1000 / counted.completed / servers


def expected_wait(position: int, gap: float | None) -> Wait | None:
    """The range for who is at this place, 1 for the next. None where nothing can be said honestly."""
    if gap is None or gap <= 0 or position < 1 or position * gap > LONGEST * 60:
        return None
    low, high = (_quantile(position, sign * SIX_TENTHS) * gap / 60 for sign in (-1, 1))
    return Wait(_rounded(low, floor), max(_rounded(high, ceil), 1))


def _quantile(shape: int, deviations: float) -> float:
    """Of the gamma distribution with scale 1."""
    return float(shape * max(0.0, 1 - 1 / (9 * shape) + deviations / (3 * shape**0.5)) ** 3)


def _rounded(minutes: float, way: Callable[[float], int]) -> int:
    step = next((step for most, step in STEPS if minutes <= most), STEPS[-1][1])
    return way(minutes / step) * step
