"""Stop the centre that runs on this machine."""

import os
import signal
import time
from argparse import ArgumentParser, Namespace

from infra.cli import place
from infra.cli.answer import Answer, CannotAnswer

PATIENCE = 20.0  # seconds: it keeps its state and waits for the requests in flight


def arguments(parser: ArgumentParser) -> None:
    """None: there is one centre per clone."""


def run(given: Namespace) -> Answer:
    run = place.local().run
    pid = int(run["pid"])
    os.kill(pid, signal.SIGTERM)
    if not _gone(pid):
        raise CannotAnswer(f"Process {pid} does not stop; end it with: kill -9 {pid}")
    return Answer({"stopped": pid}, "Stopped.")


def _gone(pid: int) -> bool:
    until = time.monotonic() + PATIENCE
    while place.alive(pid) and time.monotonic() < until:
        time.sleep(0.1)
    return not place.alive(pid)
