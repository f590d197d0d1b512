"""What the embedded AWS holds, on disk every few seconds; ministack itself writes at a clean stop alone.

One file holds all services as they were at one moment: a queue's message and what it led to are both before
or both after it. The file is written beside the last one, flushed to the disk and renamed, so that a
half-written one never takes the place of a good one.
"""

import asyncio
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from ministack import app
from ministack.core import persistence
from ministack.services import lambda_svc

EVERY = 5.0  # seconds between two snapshots: what a kill -9 costs at most, beside the time of writing
SHARE = 20  # a large state is written more rarely: at most a twentieth of the time goes into it
NAME = "snapshot.json"
log = logging.getLogger("patchbay")
Unused = Callable[[], None]


class Snapshots:
    """Nothing is written before `keep`: after an interrupted start the last state stands."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._writing = threading.Lock()
        self._kept = threading.Event()
        self._ended = False
        self._unused: Unused = lambda: None

    def install(self) -> None:
        """Takes the place of ministack's own saving and loading."""
        prune = lambda_svc._prune_orphan_code_blobs

        def prune_later(used: set[str]) -> None:
            """Old code goes once no snapshot names it any more."""
            self._unused = lambda: prune(used)

        lambda_svc._prune_orphan_code_blobs = prune_later
        app.load_state = self.load
        app.save_all = lambda _: self.end()

    def keep(self) -> None:
        """From now on the state is whole and worth keeping."""
        if not self._kept.is_set():
            self._kept.set()
            threading.Thread(target=self._for_ever, daemon=True, name="patchbay-snapshots").start()

    def load(self, service: str) -> Any:
        """What the last snapshot says of a service; None for one it does not know."""
        return persistence.load_state(service) if self._last is None else self._last.get(service)

    def save(self) -> None:
        """From any thread but the event loop's, on which all requests to the table run: each is whole."""
        on_loop = asyncio.run_coroutine_threadsafe(_all_services(), app._MAIN_LOOP)
        self._write(on_loop.result())

    def end(self) -> None:
        """The last one; on the event loop."""
        if self._kept.is_set():
            self._write(_frozen(), last=True)

    @cached_property
    def _last(self) -> Any:
        """None before the first snapshot; a file that cannot be read stops the start."""
        return json.loads(self._file.read_bytes(), object_hook=_restored) if self._file.is_file() else None

    def _for_ever(self) -> None:
        while not self._ended:
            begun = time.monotonic()
            try:
                self.save()
            except Exception:
                log.exception("the state was not kept; the last snapshot stays")
            time.sleep(max(EVERY, SHARE * (time.monotonic() - begun)))

    def _write(self, state: bytes, last: bool = False) -> None:
        with self._writing:
            if self._ended:
                return
            self._ended = last
            replace(self._file, state)
            self._unused()


def replace(file: Path, content: bytes) -> None:
    """A file's new content, whole or not at all."""
    half = file.with_name(f"{file.name}.new")
    with half.open("wb") as beside:
        beside.write(content)
        beside.flush()
        os.fsync(beside.fileno())
    half.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


async def _all_services() -> bytes:
    return _frozen()


def _frozen() -> bytes:
    """All services at one moment."""
    with _no_other_thread():
        found = {name: state() for name, state in app._build_persistence_save_dict().items()}
        # None is a service that could not be imported
        known = {name: state for name, state in found.items() if state is not None}
        return json.dumps(known, default=persistence._json_default).encode()


@contextmanager
def _no_other_thread() -> Iterator[None]:
    """Python changes threads only when asked to wait, or after this interval."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(60)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


_restored = persistence._json_object_hook
