"""Fetching from an address that a stranger wrote: where we connect to, what we tell, how much we take."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shared.adapters.fetch import GuardedFetch
from shared.adapters.public_address import public, resolve
from shared.domain.channel.carriage import Basic
from shared.domain.channel.fetching import Fetched, NotFetched, NotThere, Unfetchable, Wanted
from tests.support.certificates import certificate

API, CDN = "api.example.test", "cdn.example.test"
PUBLIC, ELSEWHERE = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
SECRET = Basic("AC1", "t0psecret")
Behave = Callable[[socket.socket, str], None]


def answer(status: str, body: bytes = b"", *headers: str) -> Behave:
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""])
    return lambda connection, _: connection.sendall(head.encode() + body)


def redirect(*to: str) -> Behave:
    """Each request goes on to the next place; the last one gets a file."""
    places = iter(to)

    def behave(connection: socket.socket, request: str) -> None:
        place = next(places, "")
        moved = (
            answer("307 Temporary Redirect", b"", f"Location: {place}") if place else answer("200 OK", b"ok")
        )
        moved(connection, request)

    return behave


@dataclass
class Internet:
    """One server with TLS is every host. `names` are what DNS answers, one answer after another."""

    context: ssl.SSLContext
    server: socket.socket
    names: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    behave: Behave = field(default_factory=lambda: answer("200 OK", b"ok"))

    def resolve(self, host: str, port: int) -> Sequence[str]:
        told = self.names.get(host, [[PUBLIC]])
        return told.pop(0) if len(told) > 1 else told[0]

    def dial(self, place: tuple[str, int], timeout: float) -> socket.socket:
        self.dialled.append(place)
        return socket.create_connection(self.server.getsockname(), timeout)

    def fetch(self, url: str, seconds: float = 20, **how: object) -> object:
        fetching = GuardedFetch(self.resolve, self.dial, lambda: self.context, seconds)
        wanted = Wanted(url, SECRET, (API,), **how)  # type: ignore[arg-type]  # the two others
        return fetching(wanted)

    def serve(self, with_tls: ssl.SSLContext) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection, with_tls), daemon=True).start()

    def _talk(self, connection: socket.socket, with_tls: ssl.SSLContext) -> None:
        try:
            with with_tls.wrap_socket(connection, server_side=True) as spoken:
                request = b""
                while b"\r\n\r\n" not in request:
                    request += spoken.recv(65_536)
                self.requests.append(request.decode().lower())
                self.behave(spoken, self.requests[-1])
        except (OSError, ValueError):
            """The other side went away."""


@pytest.fixture
def internet(tmp_path: Path) -> Iterator[Internet]:
    path = certificate(tmp_path, API, CDN)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(path)
    made = Internet(ssl.create_default_context(cafile=str(path)), socket.create_server(("127.0.0.1", 0)))
    threading.Thread(target=made.serve, args=(theirs,), daemon=True).start()
    yield made
    made.server.close()


HOSTILE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "169.254.170.2", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
    "::ffff:93.184.215.14", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::",
    "2002:a9fe:a9fe::1", "2001::1", "2001:db8::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "ff02::1", "fec0::1", "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("place", HOSTILE)
def test_what_is_no_single_host_of_the_internet_is_no_place_to_connect_to(place: str) -> None:
    assert not public(place)


@pytest.mark.parametrize("place", [PUBLIC, ELSEWHERE, "8.8.8.8", "2001:4860:4860::8888"])
def test_a_host_of_the_internet_is(place: str) -> None:
    assert public(place)


@pytest.mark.parametrize("place", HOSTILE)
def test_a_name_that_leads_inside_is_never_connected_to(internet: Internet, place: str) -> None:
    internet.names[CDN] = [[PUBLIC, place]]

    assert internet.fetch(f"https://{CDN}/x") == Unfetchable("not_public")
    assert not internet.dialled


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]",
     "[::ffff:a9fe:a9fe]", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.169.254", "localhost"],
)  # fmt: skip
def test_a_number_in_any_spelling_is_its_address(internet: Internet, host: str) -> None:
    """With the real resolver, which needs no network for them."""
    fetch = GuardedFetch(resolve, internet.dial, lambda: internet.context)

    assert fetch(Wanted(f"https://{host}/latest/meta-data/")) == Unfetchable("not_public")
    assert not internet.dialled


@pytest.mark.parametrize(
    "url",
    [
        f"http://{CDN}/x",
        f"https://{CDN}:8443/x",
        f"https://{CDN}:99999/x",
        f"https://user:word@{CDN}/x",
        f"https://user@{CDN}/x",
        f"https://{CDN}/a b",
        f"https://{CDN}/\r\nHost: evil",
        f"https://{CDN}/사진",
        "https:///x",
        "https://[::1/x",
        "file:///etc/passwd",
        "ftp://example.test/x",
        "gopher://example.test/x",
        "//example.test/x",
        "",
    ],
)
def test_an_address_of_another_form_is_refused(internet: Internet, url: str) -> None:
    assert internet.fetch(url) == Unfetchable("bad_address")
    assert not internet.dialled


def test_the_connection_goes_to_the_address_that_was_checked_under_the_hosts_own_name(
    internet: Internet,
) -> None:
    """DNS that answers differently the second time (rebinding) is not asked a second time."""
    internet.names[API] = [[PUBLIC], ["127.0.0.1"]]

    assert internet.fetch(f"https://{API}/a?b=c") == Fetched(b"ok")
    assert internet.dialled == [(PUBLIC, 443)]
    assert internet.requests[0].startswith("get /a?b=c http/1.1\r\n")
    assert f"host: {API}\r\n" in internet.requests[0]


def test_the_certificate_must_be_that_of_the_name(internet: Internet) -> None:
    assert internet.fetch("https://other.example.test/x") == NotFetched("SSLCertVerificationError")
    assert not internet.requests


def test_credentials_go_to_the_channels_host_and_are_dropped_on_the_way_to_another(
    internet: Internet,
) -> None:
    internet.behave = redirect(f"https://{API}/second", f"https://{CDN}/third", "/fourth")

    assert internet.fetch(f"https://{API}/first") == Fetched(b"ok")
    told = ["authorization: basic" in request for request in internet.requests]
    assert told == [True, True, False, False]


def test_credentials_are_never_sent_to_a_host_that_only_a_customer_named(internet: Internet) -> None:
    assert internet.fetch(f"https://{CDN}/x") == Fetched(b"ok")
    assert "authorization" not in internet.requests[0]


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        f"http://{API}/plain",
        "file:///etc/passwd",
        "//10.0.0.1/x",
    ],
)
def test_each_redirect_is_checked_anew(internet: Internet, to: str) -> None:
    internet.names |= {"169.254.169.254": [["169.254.169.254"]], "localhost": [["127.0.0.1"]],
                       "10.0.0.1": [["10.0.0.1"]]}  # fmt: skip
    internet.behave = redirect(to)

    assert isinstance(internet.fetch(f"https://{API}/x"), Unfetchable)
    assert internet.dialled == [(PUBLIC, 443)]


def test_a_name_that_turns_inside_between_two_redirects_is_refused(internet: Internet) -> None:
    internet.names[API] = [[PUBLIC], ["10.0.0.1"]]
    internet.behave = redirect(f"https://{API}/again")

    assert internet.fetch(f"https://{API}/x") == Unfetchable("not_public")
    assert internet.dialled == [(PUBLIC, 443)]


def test_three_redirects_are_followed_and_no_fourth(internet: Internet) -> None:
    internet.behave = redirect("/1", "/2", "/3")
    assert internet.fetch(f"https://{API}/0") == Fetched(b"ok")

    internet.behave = redirect("/1", "/2", "/3", "/4")
    assert internet.fetch(f"https://{API}/0") == Unfetchable("too_many_redirects")


def test_what_says_that_it_is_too_large_is_not_read(internet: Internet) -> None:
    internet.behave = lambda one, _: one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n")

    assert internet.fetch(f"https://{API}/x", longest=10) == Unfetchable("too_large")


@pytest.mark.parametrize("head", ["Transfer-Encoding: chunked", "X-No-Length: at all"])
def test_what_turns_out_too_large_is_left_in_the_middle(internet: Internet, head: str) -> None:
    sent = []

    def endless(one: socket.socket, _: str) -> None:
        one.sendall(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode())
        while True:
            one.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
            sent.append(1024)

    internet.behave = endless

    assert internet.fetch(f"https://{API}/x", longest=10_000) == Unfetchable("too_large")
    assert sum(sent) < 100 * 1024 * 1024


def test_a_file_that_ends_early_is_none(internet: Internet) -> None:
    internet.behave = lambda one, _: one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort")

    assert isinstance(internet.fetch(f"https://{API}/x"), NotFetched)


@pytest.mark.parametrize(
    "before", [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"]
)
def test_a_server_that_drips_is_left_when_the_time_is_over(internet: Internet, before: bytes) -> None:
    """A byte now and then: no single read takes long, and all of them take for ever."""
    over = threading.Event()

    def drip(one: socket.socket, _: str) -> None:
        one.sendall(before)
        while not over.wait(0.02):
            one.sendall(b"x")

    internet.behave = drip

    assert internet.fetch(f"https://{API}/x", seconds=0.4) == NotFetched("too_slow")
    over.set()


@pytest.mark.parametrize(
    ("status", "became"),
    [
        ("404 Not Found", NotThere(for_good=False)),
        ("410 Gone", NotThere(for_good=True)),
        ("401 Unauthorized", Unfetchable("not_allowed")),
        ("403 Forbidden", Unfetchable("not_allowed")),
        ("400 Bad Request", Unfetchable("status_400")),
        ("204 No Content", Unfetchable("status_204")),
        ("429 Too Many Requests", NotFetched("status_429")),
        ("503 Service Unavailable", NotFetched("status_503")),
    ],
)
def test_what_an_answer_means(internet: Internet, status: str, became: object) -> None:
    internet.behave = answer(status)

    assert internet.fetch(f"https://{API}/x") == became


def test_an_answer_that_is_none_may_be_one_the_next_time(internet: Internet) -> None:
    internet.behave = lambda one, _: one.sendall(b"SSH-2.0-OpenSSH\r\n")

    assert isinstance(internet.fetch(f"https://{API}/x"), NotFetched)


def test_only_what_is_declared_as_our_own_may_be_on_this_machine(internet: Internet) -> None:
    """The local run's stand-in: plain HTTP, any port, and no other number beside it."""
    plain = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_serve_once, args=(plain,), daemon=True).start()
    url = f"http://127.0.0.1:{plain.getsockname()[1]}/x"
    fetch = GuardedFetch()

    assert fetch(Wanted(url)) == Unfetchable("bad_address")
    assert fetch(Wanted(url, own=("127.0.0.2",))) == Unfetchable("bad_address")
    assert fetch(Wanted(url.replace("127.0.0.1", "localhost"), own=("127.0.0.1",))) == Unfetchable(
        "bad_address"
    )
    assert fetch(Wanted(url, own=("127.0.0.1",))) == Fetched(b"ok")
    plain.close()


def _serve_once(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65_536)
        answer("200 OK", b"ok")(connection, "")
