"""CPU of the door of the calls, for each kind of request; whoever calls hears silence meanwhile."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from functions.channels import traits
from functions.channels.voice.app import handler
from infra.flow_file import Place, read_flow
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.channel.request import Request
from shared.edge.wiring import Ports
from tests.bench.measure import tell, within
from tests.support.at_the_door import AtTheDoor
from tests.support.exchange import Exchange
from tests.support.webhooks import event_of
from tests.support.whole_scene import WholeScene

LIMIT = 50  # milliseconds
TIMES = 200
SHIPPED = read_flow(Path("flows/welcome.yaml"), Place(("ko", "en"), traits().all, ("main",)))


def took(make: Callable[[int], Request]) -> float:
    events = [event_of(make(n)) for n in range(TIMES)]
    return median(_milliseconds(lambda event=event: handler(event, None)) for event in events)  # type: ignore[misc]


def _milliseconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return (time.process_time() - start) * 1000


def bench_the_door_of_a_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.within = Ports.within
    door = AtTheDoor(world, monkeypatch, SHIPPED, Centre())
    line = door.ring()
    assert line._verb is not None
    action, status = line._verb.get("action", ""), "/webhooks/voice/status"

    told = {
        "a call begins": took(lambda n: door.request("/webhooks/voice", f"CA{n}", {})),
        "a key": took(lambda n: door.request(action, line.sid, {"Digits": "1"})),
        "spoken words": took(lambda n: door.request(action, line.sid, {"SpeechResult": "상담 시간"})),
        "a line ends": took(lambda n: door.request(status, line.sid, {"SequenceNumber": str(n)})),
        "music, with a place": _waits(),
    }

    rows = [f"| {name} | {took:.2f} |" for name, took in told.items()]
    tell("call_door", "\n".join(("| the door of a call | ms of CPU |", "| --- | --- |", *rows)) + "\n")
    for name, milliseconds in told.items():
        within(f"door, {name}", milliseconds, LIMIT)


def _waits() -> float:
    """One of 30 who wait, through the stepper."""
    scene = WholeScene(centre=Centre())
    exchange = Exchange(scene)
    lines = [exchange.ring(f"+8210555001{n:02}") for n in range(30)]
    scene.run()
    return median(_milliseconds(lines[-1].waits) for _ in range(TIMES))
