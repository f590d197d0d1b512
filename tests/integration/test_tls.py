"""One TLS context for all: it still refuses whom it does not know, and is read but once."""

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from botocore.exceptions import SSLError

from shared.adapters import clients, tls
from shared.adapters.clients import client
from shared.adapters.http import PooledHttp
from shared.domain.channel.carriage import HttpAnswer, HttpCall, NotSent
from tests.support.certificates import certificate


class Queue(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"MessageId": "1"}')

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(params=["127.0.0.1"])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Path]]:
    """An SQS over TLS whose certificate is for the given host; its address and its certificate."""
    path = certificate(tmp_path, request.param)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    listening = HTTPServer(("127.0.0.1", 0), Queue)
    listening.socket = context.wrap_socket(listening.socket, server_side=True)
    threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    url = f"https://127.0.0.1:{listening.server_port}"
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", url)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    clients.reset()
    tls.context.cache_clear()
    yield url, path
    listening.shutdown()
    listening.server_close()
    clients.reset()
    tls.context.cache_clear()


def send() -> object:
    return client("sqs").send_message(QueueUrl="https://queue", MessageBody="x")["MessageId"]


def test_a_server_nobody_vouches_for_is_refused(server: tuple[str, Path]) -> None:
    with pytest.raises(SSLError):
        send()
    assert PooledHttp()(HttpCall("POST", server[0], body=b"x")) == NotSent("SSLError")


@pytest.mark.parametrize("server", ["127.0.0.2"], indirect=True)
def test_a_server_with_another_hosts_certificate_is_refused(server: tuple[str, Path]) -> None:
    tls.context(True).load_verify_locations(server[1])

    with pytest.raises(SSLError):
        send()
    assert PooledHttp()(HttpCall("POST", server[0], body=b"x")) == NotSent("SSLError")


def test_a_server_with_a_good_certificate_is_spoken_to(server: tuple[str, Path]) -> None:
    tls.context(True).load_verify_locations(server[1])

    assert send() == "1"
    assert isinstance(PooledHttp()(HttpCall("POST", server[0], body=b"x")), HttpAnswer)


def test_a_client_told_to_trust_other_authorities_does(
    server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(server[1]))
    clients.reset()

    assert send() == "1"


def test_the_authorities_are_read_once_for_all_connections(
    server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for another client nor for another connection."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_EVENTBRIDGE", server[0])
    tls.context(True).load_verify_locations(server[1])
    read: list[object] = []
    monkeypatch.setattr(
        ssl.SSLContext, "load_verify_locations", lambda self, *paths, **named: read.append((paths, named))
    )

    send()
    client("events").put_events(Entries=[])
    clients.reset()
    send()

    assert read == []


def test_no_authority_is_read_for_a_client_that_never_speaks() -> None:
    clients.reset()
    tls.context.cache_clear()

    client("sqs")

    assert tls.context.cache_info().currsize == 0
    clients.reset()
