"""What the first event would build, built while Lambda initialises: there a function has a whole processor,
at 256 MB afterwards a seventh of one. Everywhere else (tests, the local run) it is built late.
"""

import gc
import os
from collections.abc import Callable

from shared.edge.observability import frames, logger
from shared.edge.wiring import ports

EVERYBODY = ("clock", "ids", "meter")
SAYS_LAMBDA = "AWS_LAMBDA_INITIALIZATION_TYPE"  # set by Lambda, and by nobody who stands in for it


def early(*names: str, then: Callable[[], object] | None = None) -> None:
    """Called at the end of a function's module with the ports that an ordinary event touches.

    `then` is what else is imported or made late. No request leaves: an INIT that waits for others may hang.
    """
    if SAYS_LAMBDA not in os.environ:
        return
    logger()
    for name in (*EVERYBODY, *names):
        _tried(name, lambda name=name: _rehearsed(name))  # type: ignore[misc]  # the name as it is now
    if then:
        _tried("then", then)
    gc.freeze()  # all of this stays; looking through it for garbage took 40 ms of some first event


def _rehearsed(name: str) -> None:
    """The port, built; and its first request made, where it makes any."""
    rehearse = getattr(getattr(ports(), name), "rehearse", None)
    if rehearse:
        rehearse()


def _tried(name: str, build: Callable[[], object]) -> None:
    """An INIT that fails would fail every event, and what is missing now is built, or told, by the first."""
    try:
        build()
    except Exception as error:
        logger().warning("not_built_early", port=name, frames=frames(error))
