"""The embedded AWS in a thread of this process, so that a fake clock can move it.

Ministack keeps its state in its modules, so there is one of it in a process; and it takes its settings when
it is imported, so it is imported late. No roles are checked here: the functions run outside of it.
"""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from infra.local.emulator import ACCESS, PATIENCE, SETTINGS, Emulator, NotStarted, answers, free_port
from shared.ports import Clock


class InProcess(Emulator):
    """Speaks and is spoken to like the emulator in a process of its own."""

    def start(self, patience: float = PATIENCE) -> None:
        self.port, kept = free_port(), dict(os.environ)
        os.environ.update(self._settings())
        try:
            threading.Thread(target=self._serve, daemon=True, name="patchbay-ministack").start()
            self._answers(time.monotonic() + patience)
        finally:
            os.environ.clear()
            os.environ.update(kept)

    def stop(self, patience: float = PATIENCE) -> None:
        """It ends with the process."""

    def _answers(self, until: float) -> None:
        while not answers(f"{self.endpoint}/_ministack/health"):
            if time.monotonic() > until:
                raise NotStarted("The embedded AWS did not start in this process.")
            time.sleep(0.05)

    def _settings(self) -> dict[str, str]:
        own = {"AUTH": "false", "PERSIST_STATE": "0", "S3_PERSIST": "0", "GATEWAY_PORT": str(self.port)}
        folders = {"STATE_DIR": str(self.state / "data"), "S3_DATA_DIR": str(self.state / "s3")}
        for folder in folders.values():
            Path(folder).mkdir(parents=True, exist_ok=True)
        return SETTINGS | ACCESS | own | folders

    def _serve(self) -> None:
        serve: Any = import_module("hypercorn.asyncio").serve
        config: Any = import_module("hypercorn.config").Config()
        config.bind = [f"127.0.0.1:{self.port}"]
        config.loglevel = "ERROR"
        served = serve(import_module("ministack.app").app, config, shutdown_trigger=_for_ever)
        asyncio.run(served)


async def _for_ever() -> None:
    await asyncio.Event().wait()


@contextmanager
def our_time(clock: Clock) -> Iterator[None]:
    """What ministack's queues take for now, and its bus, which puts messages into them with a time of its
    own. The other services keep the real time, which nobody asks them.
    """
    moved: list[Any] = [import_module(f"ministack.services.{name}") for name in ("sqs", "eventbridge")]
    for service in moved:
        service.time = _Time(clock)
    try:
        yield
    finally:
        for service in moved:
            service.time = time


class _Time:
    """The module `time`, save that now is ours."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def time(self) -> float:
        return self._clock().timestamp()

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)
