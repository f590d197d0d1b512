"""moto gets one request after another: it breaks where one thread reads a table that another writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from moto.core.botocore_stubber import BotocoreStubber


@contextmanager
def one_request_at_a_time() -> Iterator[None]:
    lock, process = RLock(), BotocoreStubber.process_request

    def alone(self: BotocoreStubber, request: Any) -> Any:
        with lock:
            return process(self, request)

    BotocoreStubber.process_request = alone  # type: ignore[method-assign]
    try:
        yield
    finally:
        BotocoreStubber.process_request = process  # type: ignore[method-assign]
