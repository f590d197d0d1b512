"""When a function must stop, so that Lambda does not kill it in the middle of a step."""

from collections.abc import Callable
from typing import Any

Deadline = Callable[[], bool]  # whether it is too late to begin another step

# Milliseconds that one record may take. A request that takes its whole time has failed, and a failed request
# ends its record, so only the slowest one counts: tests/integration/test_deadlines.py compares the clients.
TABLE = 22_000
SOCKET = 5_000
# A look at a pool may be cut anywhere: each of its transactions is whole, and its wakes come again.
LOOK = 2_000
# The provider is asked once and may say nothing at all; that is then written down.
PROVIDER_AND_TABLE = 12_000 + TABLE
# A file has 20 s; then it goes into the bucket, whose client is as patient as the table's.
FILE_AND_TABLE = 20_000 + TABLE + TABLE


def deadline(context: Any, reserve_ms: int) -> Deadline:
    """Whether less than the reserve is left. Without a context, as in tests, there is no end."""
    return lambda: context is not None and context.get_remaining_time_in_millis() < reserve_ms


def endless() -> bool:
    return False
