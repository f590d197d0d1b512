"""Real sound in a conference: every telephone hears the sum of those whom it may hear."""

import wave
from array import array
from io import BytesIO

import pytest

from infra.local.providers.voice.call import Call
from infra.local.providers.voice.playing import wav
from infra.local.providers.voice.recordings import Wish
from infra.local.providers.voice.rooms import Participant, Room
from infra.local.providers.voice.rtp import FRAME, QUIET
from infra.local.providers.voice.sip_phone import SipPhone
from infra.local.providers.voice.wave_file import loudness
from tests.support.twiml_house import OWN, House, run

LOUDEST = 32767


def frame(value: int) -> bytes:
    return array("h", [value] * FRAME).tobytes()


def joined(house: House, room: Room, number: str, **how: object) -> tuple[SipPhone, Call]:
    """A telephone with sound in the room."""
    exchange = house.carrier.exchange
    phone = SipPhone(exchange.recordings, exchange.outside.later.begin)
    call = exchange.book.add(phone, number, OWN, "inbound")
    call.status, phone.call = "in-progress", call
    room.enter(Participant(call, **how))  # type: ignore[arg-type]
    return phone, call


def heard(phones: list[SipPhone], said: list[int]) -> list[int]:
    """Everybody says this value again and again; what each hears once all have begun."""
    rounds = [
        [array("h", phone.tick(frame(n), b""))[0] for phone, n in zip(phones, said, strict=True)]
        for _ in "ab"
    ]
    return rounds[-1]


@pytest.mark.parametrize(
    ("said", "heard_by_each"),
    [([100, 20, 3], [23, 103, 120]), ([30000, 30000, 3], [30003, 30003, LOUDEST])],
)
def test_each_hears_the_sum_of_the_others(said: list[int], heard_by_each: list[int]) -> None:
    async def journey(house: House) -> None:
        room = Room("I1")
        phones = [joined(house, room, f"+8210555009{n:02}")[0] for n in range(3)]

        assert heard(phones, said) == heard_by_each

    run(journey)


def test_who_is_muted_or_coaches_is_heard_as_that_says() -> None:
    async def journey(house: House) -> None:
        room = Room("I1")
        caller, _ = joined(house, room, "+821055500901")
        agent, agents = joined(house, room, "+821055500902")
        listener, _ = joined(house, room, "+821055500903", muted=True)
        coach, _ = joined(house, room, "+821055500904", coach=agents.sid)

        assert heard([caller, agent, listener, coach], [1000, 200, 30, 4]) == [200, 1004, 1200, 1200]

    run(journey)


def test_nobody_is_heard_before_the_room_has_begun() -> None:
    async def journey(house: House) -> None:
        room = Room("I1")
        phones = [joined(house, room, f"+8210555009{n:02}", starts=False)[0] for n in range(2)]

        assert heard(phones, [100, 200]) == [0, 0]

    run(journey)


def test_words_that_a_person_types_are_spoken_to_a_telephone_with_sound() -> None:
    async def journey(house: House) -> None:
        room = Room("I1")
        phone, _ = joined(house, room, "+821055500901")
        house.serve("/webhooks/voice", '<Pause length="9999"/>')
        caller = house.ring()
        room.enter(Participant(caller))
        house.carrier.exchange.says(caller, "안녕하세요")
        await house.carrier.settled()

        assert any(phone.tick(QUIET, b"") != QUIET for _ in range(50))

    run(journey)


def test_in_a_pause_a_recording_is_silent_or_skips_it() -> None:
    async def journey(house: House) -> None:
        phone, call = joined(house, Room("I1"), "+821055500901")
        one = house.carrier.exchange.recordings.begin(call, Wish("StartCallRecordingAPI", channels=2))
        for status, skips in (("in-progress", False), ("paused", False), ("paused", True)):
            one.status, one.skips = status, skips
            phone.tick(frame(9000), b"")

        assert bytes(one.tracks[0]) == frame(9000) + QUIET
        assert len(one.tracks[1]) == len(one.tracks[0])
        assert one.spoken

    run(journey)


def test_a_person_who_reads_sees_who_speaks_and_has_the_voice_in_the_recording() -> None:
    async def journey(house: House) -> None:
        room = Room("I1")
        phone, call = joined(house, room, "+821055500901")
        house.serve("/webhooks/voice", '<Pause length="9999"/>')
        reader = house.ring()
        await house.until(lambda: reader.heard.items)
        room.enter(Participant(reader))
        one = house.carrier.exchange.recordings.begin(reader, Wish("StartCallRecordingAPI", channels=2))
        for _ in range(5):
            phone.tick(frame(9000), b"")
        house.carrier.exchange.says(reader, "Hello")

        assert [(item.kind, item.who) for item in reader.heard.items if item.who] == [("sound", call.number)]
        assert (bytes(one.tracks[1]), one.spoken) == (frame(9000) * 5, True)
        caller, others = (loudness(track) for track in channels(wav(one, 2)))
        assert caller > 0.01 < others

    run(journey)


def channels(body: bytes) -> list[bytes]:
    with wave.open(BytesIO(body)) as file:
        samples = array("h", file.readframes(file.getnframes()))
    return [samples[n::2].tobytes() for n in range(2)]
