"""What stand-ins share: a server on loopback, a book of messages, orders how to behave, and words sent later.

A stand-in of its own brings what its provider says: routes, refusals in the provider's shape, callbacks.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import aiohttp
from aiohttp import web

CALLBACK_PAUSE = 0.05  # seconds between two callbacks; a provider takes seconds
LATE = 1.0  # before the first callback of a message that was ordered to be "late"
SLOW = 2.0  # before the answer to a request that was ordered to be "slow"
BODY_LIMIT = 16 * 1024 * 1024  # pictures in base64

# Every stand-in knows these. The first two refuse, in the provider's own shape (429 and a server error).
REFUSING = frozenset({"too_many", "broken"})
# The message is taken; the answer comes late, gets lost, or is overtaken by the callback.
ANSWERING = frozenset({"slow", "no_answer", "early"})
# The message is taken; how the callbacks about it come.
CALLING = frozenset({"silent", "in_order", "reordered", "doubled", "late"})
USUAL = "delivered"


class Shown(Protocol):
    """A message in the book. `n` numbers all of them both ways, so that a page can ask for what is new."""

    n: int

    def between(self) -> tuple[str, ...]:
        """The addresses at its ends."""

    def shown(self) -> dict[str, Any]:
        """The shape a page and `patchbay sent` read."""


M = TypeVar("M", bound=Shown)


@dataclass
class Orders:
    """How to treat the next messages to an address ("" for all), and how many (-1: all that come).

    `more` are the provider's own behaviours.
    """

    more: frozenset[str] = frozenset()
    held: dict[str, tuple[str, int]] = field(default_factory=dict)

    def order(self, address: str, behaviour: str, times: int = -1) -> None:
        """Raises ValueError for a behaviour that is none."""
        known = REFUSING | ANSWERING | CALLING | self.more | {USUAL}
        if behaviour not in known:
            raise ValueError(f"unknown behaviour {behaviour!r}; known are {', '.join(sorted(known))}")
        self.held[address] = (behaviour, times)

    def manner(self, address: str) -> str:
        """How to treat the next message to this address; an order counts down."""
        place = address if address in self.held else ""
        behaviour, left = self.held.get(place, (USUAL, -1))
        if left == 1:
            del self.held[place]
        elif left > 1:
            self.held[place] = (behaviour, left - 1)
        return behaviour


def newer(messages: Iterable[M], address: str, after: int) -> dict[str, Any]:
    """Messages from or to an address ("" for all), newer than `after`, as a page gets them."""
    items = [one.shown() for one in messages if one.n > after and (not address or address in one.between())]
    return {"items": items, "next": items[-1]["n"] if items else None}


W = TypeVar("W")


def arranged(words: Sequence[W], manner: str, turned: bool = False) -> list[W]:
    """Callbacks in the order they go out. `turned`: in the wrong order where nothing else was ordered."""
    if manner == "silent":
        return []
    if manner == "doubled":
        return [word for word in words for _ in range(2)]
    if manner == "reordered" or (turned and manner == USUAL):
        return list(reversed(words))
    return list(words)


class Later:
    """What is still to be told, in tasks of its own."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def tell(self, words: Sequence[Callable[[], Awaitable[None]]], manner: str = USUAL) -> None:
        async def told() -> None:
            await asyncio.sleep(LATE if manner == "late" else 0)
            for word in words:
                await asyncio.sleep(CALLBACK_PAUSE)
                await word()

        self.begin(told())

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until everything that was due has been told."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
            await asyncio.sleep(0)  # what is done already takes no turn of the loop, and leaves in the next

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class Server:
    """Routes on a port of the loopback, with /control beside them, and a client that calls the centre."""

    def __init__(self, orders: Orders, routes: Iterable[web.AbstractRouteDef]) -> None:
        self._orders, self._routes = orders, tuple(routes)
        self.url = ""

    async def start(self, port: int = 0) -> None:
        """On a free port for 0; `url` says which."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.add_routes([web.post("/control", self._control), *self._routes])
        self.client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        host, bound = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{bound}"

    async def stop(self) -> None:
        await self.client.close()
        await self._runner.cleanup()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status; a second try only when the connection fails. 0: no answer."""
        for _ in range(2):
            try:
                async with self.client.post(url, data=body, headers=headers) as answer:
                    await answer.read()
                    return answer.status
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                return 0
        return 0

    async def _control(self, request: web.Request) -> web.StreamResponse:
        """{number? or address?, behaviour, times?}: how to treat the next messages to it, or to all."""
        told = await request.json()
        address = str(told.get("number") or told.get("address") or "")
        try:
            self._orders.order(address, str(told.get("behaviour")), int(told.get("times", -1)))
        except ValueError as error:
            return refused("unknown", str(error), 400)
        return web.json_response({})


async def after(manner: str, request: web.Request) -> None:
    """Between what was taken and its answer, as it was ordered: a long time, or a connection that ends."""
    if manner == "slow":
        await asyncio.sleep(SLOW)
    if manner == "no_answer" and request.transport:
        request.transport.close()


def refused(code: str, message: str, status: int) -> web.StreamResponse:
    """An answer in our own error shape, for the pages."""
    return web.json_response({"error": {"code": code, "message": message, "fields": {}}}, status=status)
