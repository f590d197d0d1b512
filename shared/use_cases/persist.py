"""A lost race is not a failure: read again and decide again, a few times, in the same invocation."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from shared.domain.errors import Conflict, TryAgain

T = TypeVar("T")
ATTEMPTS = 5
LONGEST_PAUSE = 0.08


def persist(decide_and_commit: Callable[[], T], pause: Callable[[float], None] = time.sleep) -> T:
    """Run until no condition fails, up to 5 times, with full jitter between. Then TryAgain."""
    for attempt in range(ATTEMPTS):
        try:
            return decide_and_commit()
        except Conflict as conflict:
            lost = conflict
            pause(random.uniform(0, LONGEST_PAUSE * (attempt + 1)))  # noqa: S311  # jitter, not a secret
    raise TryAgain(f"{ATTEMPTS} others were faster") from lost
