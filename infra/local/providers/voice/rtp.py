"""The sound of one leg (RFC 3550): µ-law frames of 20 ms each way, and keys as events (RFC 4733)."""

import asyncio
import secrets
import struct
from collections import deque
from collections.abc import Callable

from infra.local.providers.voice import mulaw
from infra.local.providers.voice.sdp import PCMU, Media
from infra.local.providers.voice.sip_message import DIGITS

FRAME, SECONDS = 160, 0.02
QUIET = bytes(2 * FRAME)
QUIET_WIRE = bytes([mulaw.SILENT]) * FRAME
MOST_HEARD = 25  # frames that wait to be taken; older ones are forgotten
LATE = 0.2  # seconds behind which the clock starts anew
HEADER, EVENT = struct.Struct("!BBHII"), struct.Struct("!BBH")


class Sound(asyncio.DatagramProtocol):
    """`key` is told of each digit once; `tick` is called with each frame that came and answers what is heard
    besides what is played.
    """

    def __init__(self, key: Callable[[str], None], tick: Callable[[bytes, bytes], bytes]) -> None:
        self._key, self._tick = key, tick
        self._came: deque[bytes] = deque(maxlen=MOST_HEARD)
        self._played: deque[bytes] = deque()
        self._last_event = -1
        self._to: Media | None = None
        self._sequence, self._time, self._source = 0, 0, secrets.randbits(32)
        self._clock: asyncio.Task[None] | None = None
        self._wire: asyncio.DatagramTransport | None = None

    async def open(self) -> None:
        """On a free port of the loopback."""
        loop = asyncio.get_running_loop()
        self._wire, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))

    @property
    def port(self) -> int:
        """0 before it is open."""
        return int(self._wire.get_extra_info("sockname")[1]) if self._wire else 0

    @property
    def closed(self) -> bool:
        return self._wire is None or self._wire.is_closing()

    def begin(self, to: Media) -> None:
        self._to = to
        if self._clock is None:
            self._clock = asyncio.create_task(self._run())

    def close(self) -> None:
        if self._clock:
            self._clock.cancel()
        if self._wire:
            self._wire.close()

    async def play(self, samples: bytes) -> None:
        """Returns when it has been heard; what is left of it is forgotten when it is cut short."""
        step = 2 * FRAME
        self._played.extend(samples[at : at + step].ljust(step, b"\0") for at in range(0, len(samples), step))
        try:
            while self._played and not self.closed:
                await asyncio.sleep(SECONDS)
        except asyncio.CancelledError:
            self._played.clear()
            raise

    # ------------------------------------------------------------------ from the wire

    def datagram_received(self, data: bytes, addr: object) -> None:
        if len(data) < HEADER.size or data[0] >> 6 != 2:
            return
        kind, time = data[1] & 0x7F, HEADER.unpack_from(data)[3]
        body = data[HEADER.size + 4 * (data[0] & 0x0F) :]
        if kind == PCMU:
            self._came.extend(mulaw.decoded(body[at : at + FRAME]) for at in range(0, len(body), FRAME))
        elif self._to and kind == self._to.events and len(body) >= EVENT.size:
            self._event(body[0], time)

    def _event(self, event: int, time: int) -> None:
        """All packets of one press bear the time at which it began."""
        if time != self._last_event and event < len(DIGITS):
            self._last_event = time
            self._key(DIGITS[event])

    def error_received(self, exc: Exception) -> None:
        """The other end has gone; its BYE tells."""

    # ------------------------------------------------------------------ onto the wire

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while not self.closed:
            self._send()
            due = max(due + SECONDS, loop.time() - LATE)
            await asyncio.sleep(due - loop.time())

    def _send(self) -> None:
        came = self._came.popleft() if self._came else QUIET
        played = self._played.popleft() if self._played else b""
        heard = self._tick(came, played)
        wire = mulaw.encoded(heard) if heard != QUIET else QUIET_WIRE
        head = HEADER.pack(0x80, PCMU, self._sequence & 0xFFFF, self._time & 0xFFFFFFFF, self._source)
        if self._to and self._wire:
            self._wire.sendto(head + wire, (self._to.host, self._to.port))
        self._sequence, self._time = self._sequence + 1, self._time + FRAME
