"""Lambda ends a function in the middle of a call: nothing may be begun that cannot end in time."""

from importlib import import_module
from typing import Any

import pytest

from infra.capacity.setup import MAPPING, timeout
from infra.local.stepper import MemoryGround
from infra.local.template import resources
from infra.twins.world import World
from shared.adapters import fetch, http
from shared.adapters.clients import ONCE, PATIENT, TUNED  # as on AWS: other tests make theirs more patient
from shared.edge import wiring
from shared.edge.deadline import FILE_AND_TABLE, LOOK, PROVIDER_AND_TABLE, SOCKET, TABLE
from tests.support.sqs import batch, failures, record

# These work on a batch as a whole: the first request that takes its whole time fails, and ends it.
WHOLE = {
    "DeliveryRecorderSource",
    "FinderSource",
    "ReportAggregatorSource",
    "EventPublisherSource",
    "TextIndexerSource",
}
# Frames are hints: behind the deadline they are dropped.
DROPS = {"DeskNotifierSource"}
# A look may be cut anywhere: its wakes come again, and so does the sweep of the minute.
CUT = {"AssignerSource"}
BACKOFF = 3  # seconds between botocore's three attempts


def slowest(config: Any) -> float:
    attempts = config.retries["total_max_attempts"]
    return float(attempts * (config.connect_timeout + config.read_timeout))


def each() -> dict[str, str]:
    found = resources(MAPPING)
    return {name: found[name]["Properties"]["FunctionName"]["Ref"] for name in found}


class NoTime:
    def get_remaining_time_in_millis(self) -> int:
        return 100


def test_the_room_of_a_record_holds_the_slowest_request_of_the_clients() -> None:
    provider = 2 + 10

    assert slowest(PATIENT) + BACKOFF <= TABLE / 1000
    assert (http.TIMEOUT.connect_timeout, http.TIMEOUT.read_timeout) == (2, 10)
    assert provider + slowest(PATIENT) + BACKOFF <= PROVIDER_AND_TABLE / 1000
    assert slowest(ONCE) <= provider
    assert fetch.SECONDS + 2 * (slowest(PATIENT) + BACKOFF) <= FILE_AND_TABLE / 1000
    assert slowest(TUNED) + 1 <= SOCKET / 1000


@pytest.mark.parametrize("source", sorted(set(each()) - WHOLE - DROPS))
def test_what_there_is_no_time_for_comes_back_untouched(source: str, world: World) -> None:
    function = each()[source]
    ground = MemoryGround(world)
    wiring.use(wiring.Ports(**ground.ports))
    module, _, name = ground.plan.handlers[function].rpartition(".")
    records = [record(f"m{n}", "{", group="one" if n % 2 else "two") for n in range(10)]

    answer = getattr(import_module(module), name)(batch(*records), NoTime())

    assert failures(answer) == [f"m{n}" for n in range(10)]
    assert not world.store.commits
    assert not world.http.calls


@pytest.mark.parametrize("source", sorted(each()))
def test_a_function_has_time_for_its_slowest_record_and_to_begin_another(source: str) -> None:
    function = each()[source]
    room = PROVIDER_AND_TABLE if function.endswith("Sender") else SOCKET if source in DROPS else TABLE
    room = FILE_AND_TABLE if function == "MediaFetcher" else LOOK if source in CUT else room

    assert timeout(function) >= room / 1000 + 8
