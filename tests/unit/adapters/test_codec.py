"""JSON text and back: own version and the one before, strict otherwise."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.clock import START
from shared.adapters import codec
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.commands import Due, Raw, Send
from shared.domain.customer.head import Contact, ContactState, Head, LastMessage, OpenCase
from shared.domain.errors import Malformed, TryAgain
from shared.domain.timeline.bus_facts import Fact
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind

PHONE = Address("phone", "+821055500001")
CONTACT = Contact("I1", "sms", "main", ContactState.CONNECTED, START, agent="one")
OPEN = OpenCase("K1", "C1", START, (CONTACT,), owner="one")
VALUES = {
    "an event": Raw("sms", "SM1", "r.e0", START, "Body=%F0%9F%91%8D", "group"),
    "a timer": Due(START, "offer", "C1", "K1", "O1"),
    "a head": Head(
        "C1",
        7,
        cases=(OPEN,),
        last=LastMessage(Way("sms", PHONE, "C1", "010", "+1"), "I1", START),
    ),
    "an entry": Entry(
        "C1",
        1,
        "E1",
        START,
        Kind.MESSAGE_SENT,
        Audience.CUSTOMER,
        "agent:one",
        way=Way(address=PHONE),
        content=Content("안녕 👍"),
        facts={"a": 1, "b": 1.5, "c": True, "d": None, "e": "x"},
        delivery=Delivery.QUEUED,
    ),
    "a fact": Fact("MessageSent", "E1", START, "C1", 1, "K1", "I1", "sms", "agent:one", {"queue": "main"}),
}


@dataclass(frozen=True, slots=True)
class Third:
    """A command in its third version."""

    name: str
    added: str = "default"
    v: int = 3


@pytest.mark.parametrize("label", VALUES)
def test_a_value_comes_back_as_it_was(label: str) -> None:
    value = VALUES[label]

    assert codec.decode(codec.encode(value), type(value)) == value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    send = Send(text, 1)

    assert codec.decode(codec.encode(send), Send) == send


def test_what_a_newer_writer_added_is_left_out() -> None:
    assert codec.decode('{"timeline":"C1","seq":1,"v":1,"new":{"a":[1]}}', Send) == Send("C1", 1)


def test_the_version_before_is_still_read() -> None:
    assert codec.decode('{"name":"x","v":2}', Third) == Third("x", "default", 2)


@pytest.mark.parametrize("version", ["1", "0", "-1"])
def test_an_event_older_than_the_version_before_is_malformed(version: str) -> None:
    with pytest.raises(Malformed):
        codec.decode(f'{{"name":"x","v":{version}}}', Third)


def test_a_version_to_come_waits_for_its_code() -> None:
    with pytest.raises(TryAgain):
        codec.decode('{"name":"x","v":4}', Third)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        '{"timeline":1,"seq":1}',
        '{"timeline":"C1"}',
        '{"timeline":"C1","seq":"1"}',
        "\x00",
        "[",
    ],
)
def test_what_is_no_such_command_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        codec.decode(text, Send)


def test_brackets_without_end_are_malformed() -> None:
    with pytest.raises(Malformed):
        codec.decode("[" * 100_000, list[object])


@pytest.mark.parametrize("bytes_", [b"\xff\xfe", b'{"timeline":"\xff","seq":1}'])
def test_bytes_that_are_no_text_are_malformed(bytes_: bytes) -> None:
    with pytest.raises(Malformed):
        codec.decode(bytes_, Send)


def test_a_lone_surrogate_cannot_be_written() -> None:
    with pytest.raises(Malformed):
        codec.encode(Send("\ud800", 1))


def test_moments_are_utc() -> None:
    raw = replace(VALUES["an event"], accepted_at=datetime(2026, 1, 5, 9, 0, 0, 123000, tzinfo=UTC))  # type: ignore[type-var]  # a Raw

    assert '"accepted_at":"2026-01-05T09:00:00.123000Z"' in codec.encode(raw)
