"""How long customers would have waited who were answered before they gave up: drawn from their day."""

from bisect import bisect_right
from collections.abc import Iterable
from math import inf
from random import Random


class Patience:
    """The share of customers still waiting after so long, estimated from waits that ended either way (Kaplan
    and Meier): who was answered after a minute tells that they had a minute of patience, and no more.
    """

    def __init__(self, waits: Iterable[tuple[float, bool]]) -> None:
        """`waits`: seconds waited, and whether the customer gave up."""
        ordered = sorted(waits)
        self._moments: list[float] = []
        self._left: list[float] = []
        left, still = 1.0, len(ordered)
        for waited, gave_up in ordered:
            if gave_up:
                left *= 1 - 1 / still
                self._moments.append(waited)
                self._left.append(left)
            still -= 1

    def after(self, waited: float, chance: Random) -> float:
        """The patience of one who had at least this much; endless where nobody of the day gave up later."""
        known = bisect_right(self._moments, waited)
        left = self._left[known - 1] if known else 1.0
        drawn = chance.random() * left
        return next((self._moments[n] for n in range(known, len(self._left)) if self._left[n] <= drawn), inf)
