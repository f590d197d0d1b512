"""One delivery at a time: who is handed what, and what becomes of it."""

import json
import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any

from infra.local.stepper import events
from infra.local.stepper.faults import WATCHED, Crash, Crashed, Fault, Fuse, Fused
from infra.local.stepper.feeds import Feed, Handled, QueueFeed, StreamFeed
from infra.local.stepper.ground import Ground, MemoryGround, next_minute, request_id
from infra.local.stepper.plan import SourcePlan
from infra.local.stepper.schedule import due
from infra.twins.world import World
from shared.edge import wiring
from shared.edge.wiring import Ports

LIMIT = 2000
Faults = Callable[["Delivery"], Fault | None]


class NeverQuiet(AssertionError):
    """The centre goes on and on: somebody feeds the queue they are fed by."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What could be handed to a function now: from a queue, or ("") from the table's stream."""

    function: str
    of: str
    waiting: int


class Stepper:
    """Calls the handlers the template names, in this process, under the ground's clock.

    `log` holds every delivery in order, `errors` what handlers raised. With `chance` standard queues,
    FIFO groups, stream items and batch sizes come in any order and size that AWS may choose.
    """

    def __init__(self, on: World | Ground, chance: random.Random | None = None) -> None:
        self.ground: Ground = MemoryGround(on) if isinstance(on, World) else on
        self.plan = self.ground.plan
        self.log: list[Handled] = []
        self.errors: list[tuple[str, Exception]] = []
        self.feeds: dict[str, Feed] = {p.function: self._feed(p) for p in self.plan.sources.values()}
        self._requests = 0
        self.chance = chance

    @property
    def chance(self) -> random.Random | None:
        return self._chance

    @chance.setter
    def chance(self, chance: random.Random | None) -> None:
        self._chance = chance
        if isinstance(self.ground, MemoryGround):
            self.ground.sqs.chance = chance

    # ------------------------------------------------------------------ one delivery

    def pending(self) -> tuple[Delivery, ...]:
        """What could be delivered now, in the order of the template."""
        self._watch()
        found = (Delivery(name, feed.plan.of, feed.waiting()) for name, feed in self.feeds.items())
        return tuple(delivery for delivery in found if delivery.waiting)

    def deliver(self, function: str, take: int | None = None, fault: Fault | None = None) -> Handled:
        """The next batch for a function (`take` at most), with a fault or without."""
        self._watch()
        feed = self.feeds[function]
        most = min(take or self._size(feed.plan), feed.plan.batch)
        handled = feed.deliver(most, fault, self.chance)
        self.log.append(handled)
        return handled

    def run(self, limit: int = LIMIT, faults: Faults | None = None) -> int:
        """Deliver until nothing can be delivered now. Returns how many deliveries. Raises NeverQuiet."""
        count = 0
        while pending := self.pending():
            for delivery in [self.chance.choice(pending)] if self.chance else pending:
                self.deliver(delivery.function, fault=faults(delivery) if faults else None)
                count += 1
            if count >= limit:
                raise NeverQuiet(f"{count} deliveries, and still {self.pending()}")
        return count

    def _watch(self) -> None:
        records = self.ground.changes()
        for feed in self.feeds.values():
            if isinstance(feed, StreamFeed):
                feed.reader.see(records)

    def _feed(self, plan: SourcePlan) -> Feed:
        kind = QueueFeed if plan.of else StreamFeed
        return kind(plan, self.ground, self.invoke)

    def _size(self, plan: SourcePlan) -> int:
        return self.chance.randint(1, plan.batch) if self.chance else plan.batch

    # ------------------------------------------------------------------ time

    def advance(self, seconds: float) -> None:
        """Only the clock; what is due then can be delivered."""
        self.ground.to(self.ground.now() + timedelta(seconds=seconds))

    def live(self, seconds: float, faults: Faults | None = None) -> None:
        """Let time pass: everything that becomes due is delivered at its moment, schedules included."""
        end = self.ground.now() + timedelta(seconds=seconds)
        self.run(faults=faults)
        while True:
            minute = next_minute(self.ground.now())
            moment = min(self.ground.next_moment() or minute, minute)
            if moment > end:
                break
            self.ground.to(moment)
            if moment == minute:
                self._minute()
            self.run(faults=faults)
        self.ground.to(end)

    def tick(self, function: str, fault: Fault | None = None) -> Any:
        """Run a function's schedule now, whatever the clock says."""
        name = next(plan.name for plan in self.plan.schedules.values() if plan.function == function)
        return self.invoke(function, events.of_schedule(name, self.ground.now()), fault)

    def _minute(self) -> None:
        for plan in self.plan.schedules.values():
            if due(plan, self.ground.now()):
                self.invoke(plan.function, events.of_schedule(plan.name, self.ground.now()))

    # ------------------------------------------------------------------ a function

    def invoke(self, function: str, event: Mapping[str, Any], fault: Fault | None = None) -> Any:
        """Call the function's handler as Lambda does. None when it died or raised."""
        fuse = Fuse(fault.at) if isinstance(fault, Crash) and fault.at else Fuse()
        if isinstance(fault, Crash) and fault.at == 0:
            return None
        try:
            answer = self._call(function, event, fuse)
        except Crashed:
            return None
        except Exception as error:
            self.errors.append((function, error))
            return None
        return None if isinstance(fault, Crash) else answer

    def request_id(self) -> str:
        self._requests += 1
        return request_id(self._requests)

    def _call(self, function: str, event: Mapping[str, Any], fuse: Fuse) -> Any:
        ports = {n: Fused(p, fuse) if fuse.left and n in WATCHED else p for n, p in self.ground.ports.items()}
        context = events.Context(function, self.request_id())
        with self._environment(function):
            wiring.use(Ports(**ports))
            return _handler(self.plan.handlers[function])(json.loads(json.dumps(event)), context)

    @contextmanager
    def _environment(self, function: str) -> Iterator[None]:
        """The function's own variables, and none of another function's."""
        kept = dict(os.environ)
        for name in {name for told in self.plan.variables.values() for name in told}:
            os.environ.pop(name, None)
        os.environ.update(self.ground.variables(function))
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(kept)


@cache
def _handler(name: str) -> Callable[[Mapping[str, Any], events.Context], Any]:
    module, _, attribute = name.rpartition(".")
    found: Callable[[Mapping[str, Any], events.Context], Any] = getattr(import_module(module), attribute)
    return found
