"""The front door's thread: it listens from the first moment, and serves once the system behind it stands."""

import asyncio
import resource
import socket
import threading
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from typing import Protocol

from aiohttp import ClientSession, DummyCookieJar, TCPConnector, web

DESCRIPTORS = 8192
AppMaker = Callable[[ClientSession], web.Application]


class PortTaken(Exception):
    """Somebody else listens on the wished port."""


class Neighbour(Protocol):
    """A stand-in provider, served from the same thread."""

    async def start(self, port: int) -> None: ...

    async def stop(self) -> None: ...


def listen(port: int) -> socket.socket:
    """A bound loopback socket, so that nobody takes the port between choosing and serving."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise PortTaken(str(port)) from error
    return listener


def allow_many_sockets() -> None:
    """Each takes two file descriptors; systems begin with 1,024 or (macOS) 256."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wished:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wished, hard))


def onward() -> ClientSession:
    """The client behind the door. It holds a connection for each open socket, so their number has no limit;
    cookies belong to the browsers, not to us; bodies go through as they are.
    """
    connector = TCPConnector(limit=0)
    return ClientSession(connector=connector, auto_decompress=False, cookie_jar=DummyCookieJar())


class FrontDoor:
    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._started = threading.Event()
        self._failure: Exception | None = None
        self._thread: threading.Thread | None = None

    def start(self, make: AppMaker, neighbours: dict[int, Neighbour]) -> None:
        """Serves the application, and its neighbours on their ports; raises what kept it from starting."""
        allow_many_sockets()
        run = threading.Thread(target=self._serve, args=(make, neighbours), daemon=True, name="front-door")
        self._thread = run
        run.start()
        self._started.wait()
        if self._failure:
            raise self._failure

    def stop(self) -> None:
        if self._thread and self._thread.is_alive():
            with suppress(RuntimeError):  # it ended by itself in this moment
                self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(10)
        self._listener.close()

    def _serve(self, make: AppMaker, neighbours: dict[int, Neighbour]) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._run(make, neighbours))
        except Exception as error:
            self._failure = error
        finally:
            self._started.set()
            self._loop.close()

    async def _run(self, make: AppMaker, neighbours: dict[int, Neighbour]) -> None:
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(onward())
            for port, neighbour in neighbours.items():
                await neighbour.start(port)
                stack.push_async_callback(neighbour.stop)
            runner = web.AppRunner(make(session), access_log=None, shutdown_timeout=1)
            stack.push_async_callback(runner.cleanup)
            await runner.setup()
            await web.SockSite(runner, self._listener).start()
            self._started.set()
            await self._stopping.wait()
