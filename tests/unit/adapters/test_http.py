"""Performing a request: what matters is whether it left."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import urllib3

from shared.adapters.http import PooledHttp
from shared.domain.channel.carriage import Basic, Bearer, HttpAnswer, HttpCall, NoAnswer, NotSent

QUICK = urllib3.Timeout(connect=0.5, read=0.2)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Behaviour = Callable[[socket.socket, bytes], None]


@contextmanager
def server(behave: Behaviour) -> Iterator[tuple[str, list[bytes]]]:
    """A server on loopback that does one thing with each request; gives its address and what came."""
    listener = socket.create_server(("127.0.0.1", 0))
    got: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                got.append(whole_request(connection))
                behave(connection, got[-1])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    host, port = listener.getsockname()
    try:
        yield f"http://{host}:{port}", got
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(2)


def whole_request(connection: socket.socket) -> bytes:
    """Head and body; all bodies here are as long as their head says in one digit."""
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(65_536)
    head, _, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d)", head.lower())
    while len(body) < (int(length[1]) if length else 0):
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


def silence(connection: socket.socket, request: bytes) -> None:
    threading.Event().wait(0.5)


def test_an_answer_is_its_status_and_its_body() -> None:
    with server(lambda connection, _: connection.sendall(OK)) as (url, got):
        answer = PooledHttp()(
            HttpCall("POST", f"{url}/x", {"content-type": "text/plain"}, b"body", Basic("me", "secret"))
        )

    assert answer == HttpAnswer(200, b"ok")
    (head,) = got
    assert head.startswith(b"POST /x HTTP/1.1\r\n")
    assert b"authorization: Basic bWU6c2VjcmV0\r\n" in head
    assert head.endswith(b"body")


def test_a_token_goes_into_the_same_header() -> None:
    with server(lambda connection, _: connection.sendall(OK)) as (url, got):
        PooledHttp()(HttpCall("GET", url, auth=Bearer("t0ken")))

    assert b"authorization: Bearer t0ken\r\n" in got[0]


def test_a_secret_of_a_call_is_never_printed() -> None:
    printed = repr([HttpCall("GET", "x", auth=auth) for auth in (Bearer("t0ken"), Basic("me", "t0ken"))])

    assert "t0ken" not in printed


@pytest.mark.parametrize("status", [201, 302, 400, 429, 500])
def test_whatever_the_other_side_says_is_an_answer(status: int) -> None:
    told = b"HTTP/1.1 %d X\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n" % status
    with server(lambda connection, _: connection.sendall(told)) as (url, got):
        answer = PooledHttp()(HttpCall("GET", url))

    assert answer == HttpAnswer(status, b"")
    assert len(got) == 1


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://no-such-host.invalid/", "http:///nowhere", "ftp://x/"]
)
def test_what_never_left_was_not_sent(url: str) -> None:
    assert isinstance(PooledHttp(QUICK)(HttpCall("POST", url, body=b"x")), NotSent)


BREAKS: dict[str, Behaviour] = {
    "closed without a word": lambda connection, _: None,
    "closed in mid-sentence": lambda connection, _: connection.sendall(OK[:5]),
    "closed in mid-body": lambda connection, _: connection.sendall(OK[:-1]),
    "silence": silence,
    "not HTTP": lambda connection, _: connection.sendall(b"\x00\xff" * 10),
}


@pytest.mark.parametrize("label", BREAKS)
def test_what_left_without_an_answer_is_told_apart(label: str) -> None:
    with server(BREAKS[label]) as (url, got):
        outcome = PooledHttp(QUICK)(HttpCall("POST", url, body=b"x"))

    assert isinstance(outcome, NoAnswer)
    assert len(got) == 1


def test_a_connection_that_lay_idle_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    http = PooledHttp()
    with server(lambda connection, _: connection.sendall(OK)) as (url, _):
        http(HttpCall("GET", url))
        monkeypatch.setattr("shared.adapters.http.time.monotonic", lambda: http._used + 6)

        assert http(HttpCall("POST", url, body=b"x")) == HttpAnswer(200, b"ok")
