"""Fetches a file from an address that a stranger may have written.

The name is resolved first, every address it has must be a public one, and the connection goes to the address
that was checked: a name that answers differently the second time is not asked a second time. The same again
at each redirect. Written by ourselves: the last release of Advocate, which did this, is of 2020.
"""

import re
import socket
import ssl
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urljoin, urlsplit

from shared.adapters import tls
from shared.adapters.authorization import authorization
from shared.adapters.fetch_time import Clock, limited
from shared.adapters.public_address import public, resolve
from shared.domain.channel.fetching import Fetched, NotFetched, NotThere, Unfetchable, Wanted
from shared.domain.channel.media import gets_credentials

SECONDS = 20.0  # in all, redirects included
REDIRECTS = 3
PIECE = 64 * 1024
MOVED = (301, 302, 303, 307, 308)
ABSENT, GONE = 404, 410
PORTS = {"https": 443, "http": 80}
PLAIN = {"accept": "*/*", "accept-encoding": "identity"}
TYPED = re.compile(r"[!-~]+")  # an address has no blanks, no line ends and no letters beyond ASCII
Resolve = Callable[[str, int], Collection[str]]
Dial = Callable[[tuple[str, int], float], socket.socket]


class GuardedFetch:
    """Hosts that are `own` need not be public, and may go without TLS: the local run's stand-in."""

    def __init__(
        self,
        resolve: Resolve = resolve,
        dial: Dial = socket.create_connection,
        context: Callable[[], ssl.SSLContext] = lambda: tls.context(True),
        seconds: float = SECONDS,
    ) -> None:
        self._resolve, self._dial, self._context, self._seconds = resolve, dial, context, seconds

    def __call__(self, wanted: Wanted) -> Fetched | Unfetchable | NotThere | NotFetched:
        with limited(min(self._seconds, wanted.seconds)) as time_left:
            try:
                return self._follow(wanted, time_left)
            except _Refused as refusal:
                return Unfetchable(refusal.reason)
            except (OSError, HTTPException) as error:
                return NotFetched("too_slow" if time_left() <= 0 else type(error).__name__)

    def _follow(self, wanted: Wanted, clock: Clock) -> Fetched | NotThere | NotFetched:
        url = wanted.url
        for _ in range(REDIRECTS + 1):
            with self._asked(url, wanted, clock) as answer:
                if answer.status not in MOVED:
                    return _read(answer, wanted, clock)
                url = urljoin(url, answer.headers.get("location") or "")
        raise _Refused("too_many_redirects")

    @contextmanager
    def _asked(self, url: str, wanted: Wanted, clock: Clock) -> Iterator[HTTPResponse]:
        parts, port = self._checked(url, wanted)
        place = self._place(parts, port, wanted)
        connection = _Pinned(parts, port, lambda: self._connected(parts, place, port, clock))
        try:
            connection.request("GET", _target(parts), headers=_headers(url, parts, wanted))
            yield connection.getresponse()
        finally:
            connection.close()

    def _checked(self, url: str, wanted: Wanted) -> tuple[SplitResult, int]:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise _Refused("bad_address") from error
        ours = parts.hostname in wanted.own
        fits = parts.scheme == "https" and port in (None, 443)
        fits = fits or (ours and parts.scheme in PORTS)
        if not (fits and parts.hostname and parts.username is None and TYPED.fullmatch(url)):
            raise _Refused("bad_address")
        return parts, port or PORTS[parts.scheme]

    def _place(self, parts: SplitResult, port: int, wanted: Wanted) -> str:
        """The address to connect to: one that was checked, since all were."""
        host = str(parts.hostname)
        try:
            found = list(self._resolve(host, port))
        except UnicodeError as error:
            raise _Refused("bad_address") from error
        if not found or not (host in wanted.own or all(map(public, found))):
            raise _Refused("not_public")
        return found[0]

    def _connected(self, parts: SplitResult, place: str, port: int, clock: Clock) -> socket.socket:
        """To the address that was checked, while the certificate must be the name's."""
        made = self._dial((place, port), clock.left())
        clock.watch(made)
        if parts.scheme == "http":
            return made
        wrapped = self._context().wrap_socket(
            made, server_hostname=parts.hostname, do_handshake_on_connect=False
        )
        clock.watch(wrapped)
        wrapped.do_handshake()
        return wrapped


class _Refused(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Pinned(HTTPConnection):
    """Speaks with whoever was connected to, and names the host that was asked for."""

    def __init__(self, parts: SplitResult, port: int, connected: Callable[[], socket.socket]) -> None:
        super().__init__(str(parts.hostname), port)
        self._connected = connected

    def connect(self) -> None:
        self.sock = self._connected()


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _headers(url: str, parts: SplitResult, wanted: Wanted) -> dict[str, str]:
    """Credentials for the hosts that the channel declares, at each address anew. Bodies come as they are, so
    that nothing small becomes something large here.
    """
    headers = {"host": parts.netloc, "user-agent": "Patchbay/1", "connection": "close"} | PLAIN
    if wanted.auth and gets_credentials(url, wanted.hosts):
        headers["authorization"] = authorization(wanted.auth)
    return headers


def _read(answer: HTTPResponse, wanted: Wanted, clock: Clock) -> Fetched | NotThere | NotFetched:
    if answer.status in (ABSENT, GONE):
        return NotThere(for_good=answer.status == GONE)
    if answer.status == 200:
        return Fetched(_body(answer, wanted.longest, clock))
    if answer.status == 429 or answer.status >= 500:
        return NotFetched(f"status_{answer.status}")
    raise _Refused("not_allowed" if answer.status in (401, 403) else f"status_{answer.status}")


def _body(answer: HTTPResponse, longest: int, clock: Clock) -> bytes:
    """Never more than is taken and one byte. What ends early is no file."""
    told = answer.length
    if (told or 0) > longest:
        raise _Refused("too_large")
    body, most = bytearray(), longest + 1 if told is None else told
    while len(body) < most and (piece := answer.read1(min(PIECE, most - len(body)))):
        body += piece
        clock.left()
    clock.left()
    if len(body) > longest:
        raise _Refused("too_large")
    if told not in (None, len(body)):
        raise ConnectionError("the file ended early")
    return bytes(body)
