"""Waiting for something to happen, never for a time: on a busy machine it only takes longer."""

import asyncio
import time
from collections.abc import Callable
from inspect import getsource
from typing import Any

# So long that only what never happens takes it; more than a minute, as the sweep of the minute mends things.
PATIENCE = 120.0


def soon(look: Callable[[], Any]) -> Any:
    """What a look finds, as soon as it finds something."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, f"it never happened: {getsource(look)}"
        time.sleep(0.05)
    return found


async def happened(look: Callable[[], Any]) -> Any:
    """The same, while the other tasks of this loop go on."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, f"it never happened: {getsource(look)}"
        await asyncio.sleep(0.01)
    return found
