"""When a function must stop, so that Lambda does not kill it in the middle of a step."""

from collections.abc import Callable
from typing import Any


def deadline(context: Any, reserve_ms: int) -> Callable[[], bool]:
    """Whether less than the reserve is left. Without a context, as in tests, there is no end."""
    return lambda: context is not None and context.get_remaining_time_in_millis() < reserve_ms
