"""The table's stream: a poison record stops nobody."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from infra.twins.clock import START
from infra.twins.world import World
from shared.adapters.table import to_image
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.customer.evidence import Profile
from shared.domain.errors import TryAgain
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.edge.stream import Written, consume, drop

ENTRY = Entry(
    timeline="C1",
    seq=1,
    id="E1",
    at=START,
    kind=Kind.MESSAGE_SENT,
    audience=Audience.CUSTOMER,
    actor="agent:one",
    way=Way(address=Address("phone", "+821055500001")),
    content=Content("words"),
    facts={"n": 1, "flag": True, "nothing": None},
    delivery=Delivery.QUEUED,
)


def image(item: object) -> dict[str, Any]:
    return to_image(item)


def change(after: object, before: object = None, number: str = "1") -> dict[str, Any]:
    images = {"NewImage": image(after), "SequenceNumber": number}
    if before:
        images["OldImage"] = image(before)
    return {"eventID": f"e{number}", "eventName": "MODIFY" if before else "INSERT", "dynamodb": images}


POISON = {
    "no kind": {"eventID": "p", "eventName": "INSERT", "dynamodb": {"NewImage": {"pk": {"S": "x"}}}},
    "an unknown kind": {
        "eventID": "p",
        "eventName": "INSERT",
        "dynamodb": {"NewImage": {"type": {"S": "Alien"}}},
    },
    "an unknown word": change(ENTRY) | {"eventID": "p"},
    "no images": {"eventID": "p", "eventName": "INSERT", "dynamodb": {}},
    "nothing": {},
}
POISON["an unknown word"]["dynamodb"]["NewImage"]["kind"] = {"S": "teleported"}


def entries(n: int) -> list[dict[str, Any]]:
    return [change(replace(ENTRY, seq=seq), number=str(seq)) for seq in range(1, n + 1)]


def kept(into: list[int]) -> Callable[[Sequence[Written]], None]:
    return lambda batch: into.extend(written.after.seq for written in batch)


def test_an_entry_comes_as_it_was_and_as_it_is(world: World) -> None:
    sent = replace(ENTRY, delivery=Delivery.SENT, version=2)
    seen: list[Written] = []

    consume({"Records": [change(ENTRY), change(sent, ENTRY, "2")]}, seen.extend, drop)

    assert seen == [Written(None, ENTRY), Written(ENTRY, sent)]


@pytest.mark.parametrize("label", POISON)
def test_a_poison_record_with_ten_good_ones_behind_it_is_parked_alone(label: str, world: World) -> None:
    seen: list[int] = []

    answer = consume({"Records": [POISON[label], *entries(10)]}, kept(seen), world.outbox.park)

    assert answer == {"batchItemFailures": []}
    assert seen == list(range(1, 11))
    assert [json.loads(record) for record, _ in world.outbox.parked] == [POISON[label]]
    assert world.meter.total("Parked") == 1


def test_an_entry_nobody_can_handle_is_parked_alone(world: World) -> None:
    seen: list[int] = []

    def handle(batch: Sequence[Written]) -> None:
        if any(written.after.seq == 3 for written in batch):
            raise KeyError("a bug")
        seen.extend(written.after.seq for written in batch)

    answer = consume({"Records": entries(5)}, handle, world.outbox.park)

    assert answer == {"batchItemFailures": []}
    assert seen == [1, 2, 4, 5]
    assert len(world.outbox.parked) == 1


def test_a_service_that_fails_brings_the_whole_batch_again(world: World) -> None:
    def handle(batch: Sequence[Written]) -> None:
        raise TryAgain("the bus is down")

    answer = consume({"Records": entries(3)}, handle, world.outbox.park)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert not world.outbox.parked


def test_a_parking_place_that_fails_brings_the_batch_again_rather_than_losing_a_record(world: World) -> None:
    world.outbox.refusing = 1

    answer = consume({"Records": [*entries(1), POISON["no kind"]]}, lambda batch: None, world.outbox.park)

    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}]


def test_erasures_and_other_kinds_of_items_are_passed_over(world: World) -> None:
    erased = change(ENTRY) | {"eventName": "REMOVE"}
    seen: list[int] = []

    consume({"Records": [erased, change(Profile("C1", "One")), *entries(1)]}, kept(seen), world.outbox.park)

    assert seen == [1]
    assert not world.outbox.parked


def test_an_empty_batch_is_a_success(world: World) -> None:
    assert consume({}, lambda batch: pytest.fail("called"), drop) == {"batchItemFailures": []}


def test_what_is_parked_is_not_in_the_log(world: World, log: io.StringIO) -> None:
    consume({"Records": [POISON["an unknown word"]]}, lambda batch: None, world.outbox.park)

    assert "record_parked" in log.getvalue()
    for content in ("words", "5550001", "teleported"):
        assert content not in log.getvalue()


def test_a_word_that_only_repeats_what_was_known_shows_nobody_anything() -> None:
    sent = replace(ENTRY, delivery=Delivery.SENT, version=2)
    again = replace(sent, heard=("m" * 16,), version=3)
    arrived = replace(again, delivery=Delivery.DELIVERED, version=4)

    assert Written(None, ENTRY).shows
    assert not Written(sent, again).shows
    assert Written(again, arrived).shows
