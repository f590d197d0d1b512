"""Calls in the shape that providers document, as a person makes them: events/<channel>/curl/*.sh.

Each says what it is answered with. They are run as they stand, over HTTP and SMTP, against the doors' code.
"""

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from functions import channels
from functions.public_api import app as public_api
from infra.local.providers.ses import Ground, StandInSes
from infra.twins.world import World
from shared.domain.channel.request import Request
from tests.support.chat import SHOP
from tests.support.notices import envelope
from tests.support.webhooks import EVENTS, PUBLIC_URL, SECRET, event_of

NAMES = channels.names()
CALLS = [
    pytest.param(path, id=f"{name}/{path.name}")
    for name in NAMES
    for path in sorted((EVENTS / name / "curl").glob("*.sh"))
]
ANSWERS = re.compile(r"^# The (?:door|mail server) answers (\d{3})\.$", re.MULTILINE)
QUEUE, TOPIC = (
    "arn:aws:sqs:ap-northeast-2:000000000000:notices",
    "arn:aws:sns:ap-northeast-2:000000000000:mail",
)
_numbers = count(1)

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_has_calls_to_try_it_with_and_each_says_its_answer_and_where_it_is_described(
    name: str,
) -> None:
    calls = sorted((EVENTS / name / "curl").glob("*.sh"))

    assert calls
    for call in calls:
        told = call.read_text()
        assert os.access(call, os.X_OK), f"{call.name} cannot be run"
        assert len(ANSWERS.findall(told)) == 1, f"{call.name} says no answer"
        assert "$CENTRE" in told or "$MAIL" in told, f"{call.name} asks somebody else"


@needs_curl
@pytest.mark.parametrize("path", CALLS)
def test_a_call_is_answered_as_it_says_and_what_is_refused_leaves_nothing_behind(
    path: Path, doors: dict[str, str], world: World
) -> None:
    expected = ANSWERS.findall(path.read_text())[0]

    done = subprocess.run(
        ["sh", str(path)],
        env={"PATH": os.environ["PATH"], "no_proxy": "*"} | doors,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout == expected, done.stderr
    taken = len(world.inbox.events) + len(world.inbox.states)
    asked = path.parent.parent.name in channels.names() and "/public/" not in path.read_text()
    assert taken == (1 if asked and expected in ("200", "250") else 0)


@pytest.fixture
def doors(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Where the calls go: a centre over HTTP, and its mail server."""
    told = {
        "PUBLIC_URL": PUBLIC_URL,
        "CHANNEL_SECRET_ID": "theirs",
        "ALLOWED_ORIGINS": SHOP,
        "CHAT_SOCKET_WSS": "wss://chat.example.test/live",
        "NOTICE_QUEUE_ARN": QUEUE,
        "NOTICE_SOURCES": TOPIC,
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    # one secret for all that is asked here: each channel finds its own names in it
    world.secrets.rotate("theirs", {**SECRET, "key": "a key of 32 random bytes, or so", "token": "made-up"})
    public_api.resolver.cache_clear()
    with _over_http() as http, _over_smtp(world) as smtp:
        yield {"CENTRE": f"http://127.0.0.1:{http}", "MAIL": f"127.0.0.1:{smtp}"}
    public_api.resolver.cache_clear()


class _Gateway(BaseHTTPRequestHandler):
    """An HTTP request as API Gateway hands it to the function behind its path."""

    def do_POST(self) -> None:  # the base class's name
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Request(self.command, path, query, headers, body, f"request-{next(_numbers)}")
        event: Any = event_of(asked)
        event["requestContext"] |= {
            "stage": "$default",
            "http": {**event["requestContext"]["http"], "sourceIp": "127.0.0.1"},
        }
        answer = _behind(path)(event, None)
        self.send_response(answer["statusCode"])
        self.end_headers()
        self.wfile.write(str(answer.get("body", "")).encode())

    do_GET = do_POST  # the base class's name

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def _behind(path: str) -> Any:
    if path.startswith("/public/"):
        return public_api.handler
    return import_module(f"functions.channels.{path.split('/')[2]}.app").handler


@contextmanager
def _over_http() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Gateway)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def _over_smtp(world: World) -> Iterator[int]:
    """A mail server whose notices come to the door as its queue brings them."""

    def publish(word: str) -> None:
        door = import_module("functions.channels.email.app").handler
        assert door(envelope(word, TOPIC, QUEUE), None)["batchItemFailures"] == []

    ses = StandInSes(Ground(world.notice_files.put, publish))
    loop = asyncio.new_event_loop()
    loop.run_until_complete(ses.start())
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield ses.smtp_port
    asyncio.run_coroutine_threadsafe(ses.stop(), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
