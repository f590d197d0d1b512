"""A lost race is not a failure: read again and decide again, a few times, in the same invocation."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from shared.domain.errors import Conflict, TryAgain

T = TypeVar("T")
# A customer has at most six addresses, each with a message group of its own, beside them a desk and a timer:
# eight hands. When all eight write without a pause each try wins with odds of about one in three (measured
# on the embedded AWS): of 5 tries one write in fifteen would wait for its queue, of 20 one in thousands.
ATTEMPTS = 20
STEP = 0.08
LONGEST_PAUSE = 0.25  # seconds; all pauses together take some 2 s, far below every function's timeout


def retry_on_conflict(decide_and_commit: Callable[[], T], pause: Callable[[float], None] = time.sleep) -> T:
    """Run until no condition fails, up to 20 times, with full jitter between. Then TryAgain."""
    for attempt in range(ATTEMPTS):
        try:
            return decide_and_commit()
        except Conflict as conflict:
            lost = conflict
            pause(random.uniform(0, min(LONGEST_PAUSE, STEP * (attempt + 1))))  # noqa: S311  # no secret
    raise TryAgain(f"{ATTEMPTS} others were faster") from lost
