"""CPU of one inbound message (webhook, router, publisher) against the same calls made bare."""

import contextlib
import io
from collections.abc import Iterator
from statistics import median

import pytest

from shared.adapters import clients, codec
from shared.edge import wiring
from shared.edge.observability import logger
from tests.bench.canned import Canned
from tests.bench.floors import QUEUE, Run, bare, floor
from tests.bench.measure import ratio, taking_turns, tell, within
from tests.bench.samples import (
    HELLO,
    VERSION,
    raws,
    stream_record,
    table,
)
from tests.support.sqs import batch, record
from tests.support.webhooks import SECRET, event_of, payload, request

BATCH = 10


@pytest.fixture
def canned(monkeypatch: pytest.MonkeyPatch) -> Iterator[Canned]:
    """A customer with an open case, behind clients that never leave the process."""
    for name, value in {
        "TABLE_NAME": "patchbay",
        "BUS_NAME": "patchbay",
        "INBOUND_QUEUE_URL": QUEUE,
        "DELIVERY_QUEUE_URL": QUEUE,
        "ROUTING_QUEUE_URL": QUEUE,
        "TIMERS_QUEUE_URL": QUEUE,
        "UNANNOUNCED_QUEUE_URL": QUEUE,
        "CHANNEL_SECRET_ID": "twilio",
        "FILES_BUCKET": "files",
        "PUBLIC_URL": "https://hooks.example.test",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(logger().registered_handler, "stream", io.StringIO())
    clients.reset()
    wiring.reset()
    answers = Canned(table(), codec.encode(SECRET))
    answers.attach(clients.client)
    yield answers
    clients.reset()
    wiring.reset()


def bench_an_inbound_message_costs_little_more_than_its_calls(canned: Canned) -> None:
    told = {size: _measured(canned, size) for size in (1, BATCH)}

    tell("way", _table(told))
    for size, rounds in told.items():
        within(f"inbound message, batch of {size}", ratio(rounds["ours"], rounds["floor"]), 1.4)


def _measured(canned: Canned, size: int) -> dict[str, list[float]]:
    runs = {"ours": _ours(size), "floor": floor(size), "bare": bare(size)}
    assert _requests(canned, runs["ours"]) == _requests(canned, runs["floor"])
    with contextlib.redirect_stdout(io.StringIO()):
        return taking_turns(runs, repeats=max(1, 6 // size))


def _table(told: dict[int, dict[str, list[float]]]) -> str:
    """The ratio to bare botocore is printed, not judged."""
    head = "| batch of | us of CPU a message | the libraries' calls alone | ratio | to bare tuned botocore |"
    rows = [
        f"| {size} | {_each(one['ours'], size)} | {_each(one['floor'], size)} "
        f"| {ratio(one['ours'], one['floor']):.2f} | {ratio(one['ours'], one['bare']):.2f} |"
        for size, one in told.items()
    ]
    return "\n".join((head, "| --- | --- | --- | --- | --- |", *rows)) + "\n"


def _each(rounds: list[float], size: int) -> str:
    return f"{median(rounds) / size * 1e6:,.0f}"


def _requests(canned: Canned, run: Run) -> dict[str, int]:
    """What a run asks of AWS once it is warm."""
    with contextlib.redirect_stdout(io.StringIO()):
        run()
        canned.seen.clear()
        run()
    return dict(canned.seen)


def _ours(size: int) -> Run:
    from functions.channels.sms import app as webhook
    from functions.event_publisher import app as publisher
    from functions.router import app as router

    posts = [event_of(request(payload(HELLO))) for _ in range(size)]
    records = batch(*(record(f"m{i}", codec.encode(raw), group="g") for i, raw in enumerate(raws(size))))
    stream = {"Records": [stream_record(seq) for seq in range(VERSION + 1, VERSION + 1 + size)]}

    def run() -> None:
        for post in posts:
            assert webhook.handler(post, None)["statusCode"] == 200
        assert router.handler(records, None) == {"batchItemFailures": []}
        assert publisher.handler(stream, None) == {"batchItemFailures": []}

    return run
