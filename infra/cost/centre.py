"""A centre whose every invocation, request, unit and byte is counted."""

import io
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from typing import Any

from infra.cost.units import (
    CountedBus,
    CountedFiles,
    CountedSockets,
    CountedSqs,
    CountedStore,
    Units,
    kind_of,
)
from infra.local.stepper import Fault, Handled, MemoryGround, Stepper
from infra.local.template import resources, template
from infra.twins.world import World
from shared.adapters.centre import StoredSettings
from shared.edge.observability import EmfMeter, logger

# How long a warm function runs, in ms. CPU is that of a whole processor, measured on 2026-11-22: 4.9 ms for
# an inbound message, which is 5 requests to AWS in 3 invocations. It takes as much longer as the function has
# less of a processor. The way to AWS and a provider's answer are waits: more memory makes them dearer and no
# shorter. That a processor of AWS is as fast as the one we measured on is assumed.
OWN_CPU, REQUEST_CPU, REQUEST_WAIT, PROVIDER_WAIT = 0.3, 0.8, 5, 150
PROCESSOR = 1769  # MB of memory that come with a whole one
POLL = 10  # messages of one ReceiveMessage or DeleteMessageBatch
LINE = 26  # bytes CloudWatch Logs adds to each line


class CountedGround(MemoryGround):
    def __init__(self, units: Units) -> None:
        world = World(store=CountedStore(units), files=CountedFiles(units))
        world.desk_sockets, world.chat_sockets = CountedSockets(units), CountedSockets(units)
        super().__init__(world)
        self.sqs = CountedSqs(self.plan.queues, world.clock)
        self.bus = CountedBus(self.plan.rules, self.sqs)
        self.sqs.units = self.bus.units = units
        self._settings = {
            name: StoredSettings(lambda: world.store, world.clock) for name in self.plan.handlers
        }
        self.running = ""

    @property
    def ports(self) -> Mapping[str, Any]:
        """Each function is a warm process of its own, which looks at the settings every ten seconds; figures
        are written as they are on AWS, as lines.
        """
        given = {**super().ports, "meter": EmfMeter()}
        return given | ({"settings": self._settings[self.running]} if self.running else {})


class CountedStepper(Stepper):
    def __init__(self) -> None:
        self.units = Units()
        self.counted = CountedGround(self.units)
        super().__init__(self.counted)
        self._memory = {name: memory_of(name) for name in self.plan.handlers}

    def deliver(self, function: str, take: int | None = None, fault: Fault | None = None) -> Handled:
        handled = super().deliver(function, take, fault)
        queue = self.feeds[function].plan.of
        if queue and handled.records:
            self.units.add(kind_of(self.ground.url(queue)), 2 * -(-handled.records // POLL))
        return handled

    def invoke(self, function: str, event: Mapping[str, Any], fault: Fault | None = None) -> Any:
        before, calls = self.units.requests, len(self.http.calls)
        self.counted.running = function
        lines, log = io.StringIO(), logged_to()
        kept = log.setStream(lines)
        try:
            with redirect_stdout(lines):
                answer = super().invoke(function, event, fault)
        finally:
            log.setStream(kept or sys.stdout)
        self._bill(function, self.units.requests - before, len(self.http.calls) - calls, lines.getvalue())
        self._bill_door(function, event)
        return answer

    @property
    def http(self) -> Any:
        return self.ground.ports["http"]

    def _bill(self, function: str, requests: int, provider: int, lines: str) -> None:
        megabytes = self._memory[function]
        self.units.add("lambda_requests")
        self.units.add("lambda_gb_seconds", run_ms(megabytes, requests, provider) / 1000 * megabytes / 1024)
        # START, END and REPORT are left out by the template's SystemLogLevel, unless something failed
        self.units.add(
            "log_bytes", sum(len(line.encode()) + LINE for line in lines.splitlines(keepends=True))
        )

    def _bill_door(self, function: str, event: Mapping[str, Any]) -> None:
        if function in self.plan.doors.values():
            self.units.add("http_api")
        elif function in self.plan.staff.values():
            self.units.add("rest_api")
        elif event.get("requestContext", {}).get("eventType") == "MESSAGE":
            self.units.add("websocket")


def run_ms(megabytes: int, requests: int, provider: int = 0) -> float:
    """How long an event takes that makes so many requests to AWS and to a provider."""
    cpu = OWN_CPU + REQUEST_CPU * requests
    return cpu * max(1, PROCESSOR / megabytes) + REQUEST_WAIT * requests + PROVIDER_WAIT * provider


def logged_to() -> Any:
    """The handler of Powertools' logger, which writes to a stream."""
    return logger().registered_handler


def memory_of(function: str) -> int:
    usual = template()["Globals"]["Function"]["MemorySize"]
    return int(resources()[function]["Properties"].get("MemorySize", usual))
