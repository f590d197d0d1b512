"""SIP as far as a telephone program needs it: messages, offers, registering, and nonsense."""

import asyncio
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.providers.voice import sdp, sip_message
from infra.local.providers.voice.rtp import Sound
from infra.local.providers.voice.sip_message import Sip, caller, keys_of
from tests.support.twiml_house import OWN, House, run

OFFER = sdp.written(40000)
INVITE = (
    "INVITE sip:+15005550009@127.0.0.1 SIP/2.0\r\nv: SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bKa;rport\r\n"
    "f: Kim <sip:+821055500101@127.0.0.1>;tag=x\r\nt: <sip:+15005550009@127.0.0.1>\r\ni: call-1\r\n"
    "CSeq: 1 INVITE\r\nm: <sip:kim@127.0.0.1:5099>\r\nContent-Type: application/sdp\r\n\r\n"
)


def test_short_names_and_folded_lines_are_read() -> None:
    message = sip_message.read(INVITE.replace("CSeq: 1", "CSeq:\r\n 1").encode() + OFFER)

    assert (message.method, message.sequence, message.status) == ("INVITE", 1, 0)
    assert (message.get("call-id"), message.body) == ("call-1", OFFER)
    assert sip_message.read(message.packed()).get("from") == message.get("from")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_refused(raw: bytes) -> None:
    try:
        message = sip_message.read(raw)
    except ValueError:
        return
    assert message.method is not None


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("<sip:+821055500101@10.0.0.1>;tag=1", "+821055500101"),
        ("<sip:821055500101@10.0.0.1>", "+821055500101"),
        ('"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1', "anonymous"),
        ("<sip:kim@example.test;transport=udp>", "sip:kim@example.test"),
        ("sip:kim@example.test;tag=1", "sip:kim@example.test"),
    ],
)
def test_a_caller_has_a_number_or_an_address_or_none(told: str, number: str) -> None:
    assert caller(Sip("INVITE sip:x SIP/2.0", (("from", told),))) == number


@pytest.mark.parametrize(
    ("body", "keys"),
    [("Signal=5\r\nDuration=160", ["5"]), ("Signal = *", ["*"]), ("7", ["7"]), ("", []), ("x", [])],
)
def test_a_key_may_come_as_a_message(body: str, keys: list[str]) -> None:
    assert keys_of(Sip("INFO sip:x SIP/2.0", (), body.encode())) == keys


@pytest.mark.parametrize(
    ("offer", "why"),
    [
        (OFFER.replace(b"127.0.0.1", b"192.0.2.1"), "machine"),
        (OFFER.replace(b"AVP 0", b"AVP 8"), "law"),
        (OFFER.replace(b"40000 RTP", b"0 RTP"), "port"),
        (b"", "law"),
    ],
)
def test_an_offer_that_cannot_be_taken_is_refused(offer: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        sdp.read(offer)


def test_a_key_that_is_sent_many_times_is_pressed_once() -> None:
    pressed: list[str] = []

    async def journey() -> None:
        sound = Sound(pressed.append, lambda came, played: played or came)
        await sound.open()
        sound.begin(sdp.Media("127.0.0.1", 9))
        for n, (event, time) in enumerate([(1, 100)] * 6 + [(1, 900)] * 6 + [(11, 1800), (16, 2000)]):
            head = struct.pack("!BBHII", 0x80, 101, n, time, 7)
            sound.datagram_received(head + struct.pack("!BBH", event, 10, 160 * n), None)
        sound.datagram_received(b"\x80", None)
        sound.close()

    asyncio.run(journey())

    assert pressed == ["1", "1", "#"]


class Wire(asyncio.DatagramProtocol):
    """A telephone made of nothing: it sends what a test says and keeps what comes."""

    def __init__(self) -> None:
        self.came: list[Sip] = []

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.came.append(sip_message.read(data))

    def statuses(self) -> list[int]:
        return [one.status for one in self.came]


async def wired(house: House) -> tuple[asyncio.DatagramTransport, Wire]:
    loop = asyncio.get_running_loop()
    remote = ("127.0.0.1", house.carrier.sip.port)
    return await loop.create_datagram_endpoint(Wire, local_addr=("127.0.0.1", 0), remote_addr=remote)


def nonsense() -> Iterator[bytes]:
    yield from (b"", b"\r\n\r\n", b"\xff" * 99, b"SIP/2.0 200 OK\r\n\r\n", b"INVITE sip:x SIP/2.0\r\n\r\n")
    yield INVITE.encode() + b"v=0\r\n"
    yield INVITE.replace("sip:+821055500101@127.0.0.1", "tel:1").encode() + OFFER
    for method in ("BYE", "CANCEL", "ACK", "INFO", "DANCE", "OPTIONS", "REGISTER"):
        yield INVITE.replace("INVITE", method).encode()


def test_nonsense_is_refused_and_the_next_call_is_taken() -> None:
    async def journey(house: House) -> None:
        house.serve("/webhooks/voice", "<Say>Hi</Say>")
        wire, phone = await wired(house)
        for raw in nonsense():
            wire.sendto(raw)
        wire.sendto(INVITE.replace("call-1", "call-2").encode() + OFFER)
        await house.until(lambda: 200 in [one.status for one in phone.came if one.get("call-id") == "call-2"])
        wire.close()

        assert {481, 405, 488} <= set(phone.statuses())

    run(journey)


def test_a_call_is_rejected_before_it_is_answered() -> None:
    async def journey(house: House) -> None:
        house.serve("/webhooks/voice", '<Reject reason="busy"/>')
        wire, phone = await wired(house)
        wire.sendto(INVITE.encode() + OFFER)
        await house.until(lambda: len(phone.came) > 2)
        wire.close()

        assert phone.statuses() == [100, 180, 486]

    run(journey)


def test_a_request_that_comes_twice_gets_the_same_answer_and_makes_one_call() -> None:
    async def journey(house: House) -> None:
        house.serve("/webhooks/voice", '<Pause length="9"/>')
        wire, phone = await wired(house)
        for _ in range(2):
            wire.sendto(INVITE.encode() + OFFER)
            await house.until(lambda: 200 in phone.statuses())
        wire.sendto(INVITE.replace("INVITE", "CANCEL").encode())
        wire.close()

        assert len(list(house.carrier.exchange.book)) == 1

    run(journey)


def test_a_number_under_which_a_telephone_has_registered_rings_it() -> None:
    async def journey(house: House) -> None:
        wire, phone = await wired(house)
        register = INVITE.replace("INVITE", "REGISTER").replace(
            "t: <sip:+15005550009", "t: <sip:+821055500900"
        )
        wire.sendto(register.encode())
        await house.until(lambda: phone.came)
        form = [("To", "+821055500900"), ("From", OWN), ("Twiml", "<Response/>")]
        await house.rest("POST", "Calls.json", form)
        await house.until(lambda: any(one.method == "INVITE" and not one.status for one in phone.came))
        invite = phone.came[-1]
        wire.sendto(invite.response(486, "mine").packed())
        await house.until(lambda: next(iter(house.carrier.exchange.book)).status == "busy")
        wire.close()

        assert sdp.read(invite.body).port > 0

    run(journey)
