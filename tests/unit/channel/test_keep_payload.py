"""What a provider sent is kept whole, wherever it lies."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from infra.twins.clock import START
from infra.twins.files import MemoryFiles
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Receipt
from shared.domain.timeline.content import Content
from shared.use_cases.channel.keep_payload import LONGEST, keep_payload
from tests.support.rule_scene import NUMBER, RuleScene


@given(st.text())
def test_a_payload_is_in_the_receipt_or_in_the_file_it_names_and_never_in_both(payload: str) -> None:
    files = MemoryFiles()

    kept = keep_payload(files, Raw("sms", "SM1", "a.e0", START, payload))

    stored = files.get(kept.payload_key) if kept.payload_key else kept.payload.encode()
    assert stored == payload.encode()
    assert len(kept.payload.encode()) <= LONGEST


def test_the_receipt_of_a_long_event_names_its_file() -> None:
    scene, files = RuleScene(), MemoryFiles()
    raw = replace(scene.raw("sms", "SM1"), payload="x" * 5000)
    way = Way("sms", Address("phone", NUMBER), "", NUMBER)

    scene.route(keep_payload(files, raw), Arrival(way, Message(Content("Hello"))))

    receipt = scene.get(Receipt, "sms", "SM1")
    assert (receipt.payload, files.get(receipt.payload_key)) == ("", b"x" * 5000)


def test_the_same_event_again_is_the_same_file() -> None:
    files = MemoryFiles()
    raw = Raw("sms", "SM1", "a.e0", START, "x" * 5000)

    first, again = keep_payload(files, raw), keep_payload(files, replace(raw, acceptance="b.e0"))

    assert first.payload_key == again.payload_key
    assert len(files.names("receipts/")) == 1
