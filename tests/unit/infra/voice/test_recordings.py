"""Recordings at the carrier: word that a caller leaves, and whole calls, started, paused and deleted."""

import io
import wave
from array import array

import pytest
from aiohttp import BasicAuth

from infra.local.providers.voice.call import Call
from infra.local.providers.voice.wave_file import loudness
from tests.support.twiml_house import ACCOUNT, TOKEN, House, run

VOICE = "/webhooks/voice"
LEAVES = (
    '<Record action="/done" maxLength="120" timeout="3" recordingStatusCallback="/told" transcribe="true" '
    'transcribeCallback="/text"/><Say>Nothing was left</Say>'
)
PAUSED = [("Status", "paused"), ("PauseBehavior", "silence")]


def sound(body: bytes) -> tuple[int, int, bytes]:
    """Channels, rate, samples."""
    with wave.open(io.BytesIO(body)) as file:
        return file.getnchannels(), file.getframerate(), file.readframes(file.getnframes())


def test_word_that_is_left_goes_to_the_action_and_its_file_is_told_of_later() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, LEAVES)
        house.serve("/done", "<Say>Thank you</Say>")
        call = await house.rung_out(house.ring(words=("주문이 아직 안 왔어요, 확인 부탁드려요",)))

        assert (call.heard.words(), call.heard.items[0].kind) == (["Thank you"], "beep")
        (done,), (told,), (text,) = (house.forms(path) for path in ("/done", "/told", "/text"))
        assert (told["RecordingStatus"], told["RecordingSource"]) == ("completed", "RecordVerb")
        assert done["RecordingSid"] == told["RecordingSid"] == text["RecordingSid"]
        assert text["TranscriptionText"] == "주문이 아직 안 왔어요, 확인 부탁드려요"
        status, body = await house.rest("GET", f"Recordings/{told['RecordingSid']}.wav")
        assert (status, sound(body)[0]) == (200, 1)
        assert loudness(sound(body)[2]) > 0.01

    run(journey)


def test_where_no_word_is_left_the_next_verb_is_run() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, LEAVES)
        call = await house.rung_out(house.ring())

        assert call.heard.words() == ["Nothing was left"]
        assert (house.forms("/done"), house.forms("/text")) == ([], [])
        assert [form["RecordingStatus"] for form in house.forms("/told")] == ["absent"]

    run(journey)


async def left(house: House) -> Call:
    house.serve(VOICE, LEAVES.replace('timeout="3"', 'timeout="300"'))
    call = house.ring()
    await house.until(lambda: call.waits_for == "word")
    await house.ask("/say", {"call_sid": call.sid, "text": "Please call back"})
    await house.until(lambda: call.heard.items[-1].kind == "spoken")
    return call


@pytest.mark.parametrize("key", ["1", "#"])
def test_a_key_ends_the_word(key: str) -> None:
    async def journey(house: House) -> None:
        call = await left(house)
        await house.ask("/keys", {"call_sid": call.sid, "digits": key})
        await house.rung_out(call)

        assert [form["Digits"] for form in house.forms("/done")] == [key]

    run(journey)


def test_a_caller_who_hangs_up_has_left_the_word_all_the_same() -> None:
    async def journey(house: House) -> None:
        call = await left(house)
        await house.ask("/hang_up", {"call_sid": call.sid})
        await house.rung_out(call)

        (form,) = house.forms("/done")
        assert (form["Digits"], form["CallStatus"]) == ("hangup", "completed")

    run(journey)


async def recorded(house: House) -> tuple[Call, str]:
    house.serve(VOICE, '<Say>Recorded</Say><Pause length="100000"/>')
    call = house.ring()
    await house.until(lambda: len(call.heard.items) == 2)
    wish = [
        ("RecordingChannels", "dual"),
        ("RecordingStatusCallback", f"{house.url}/told"),
        *(("RecordingStatusCallbackEvent", event) for event in ("in-progress", "completed", "absent")),
    ]
    status, made = await house.rest("POST", f"Calls/{call.sid}/Recordings.json", wish)
    assert (status, made["status"], made["channels"]) == (201, "in-progress", 2)
    return call, made["sid"]


def test_a_call_is_recorded_in_two_channels_and_what_is_said_in_a_pause_is_not_in_it() -> None:
    async def journey(house: House) -> None:
        call, sid = await recorded(house)
        current = f"Calls/{call.sid}/Recordings/Twilio.CURRENT.json"
        await house.ask("/say", {"call_sid": call.sid, "text": "Hello"})
        _, paused = await house.rest("POST", current, PAUSED)
        await house.ask("/say", {"call_sid": call.sid, "text": "4111 1111 1111 1111"})
        _, resumed = await house.rest("POST", current, [("Status", "in-progress")])
        await house.ask("/say", {"call_sid": call.sid, "text": "Goodbye"})
        await house.ask("/hang_up", {"call_sid": call.sid})
        await house.rung_out(call)

        assert (paused["status"], resumed["status"]) == ("paused", "in-progress")
        assert [form["RecordingStatus"] for form in house.forms("/told")] == ["in-progress", "completed"]
        one = house.carrier.exchange.recordings.get(sid)
        assert one and one.words == "Hello Goodbye"
        _, body = await house.rest("GET", f"Recordings/{sid}.wav?RequestedChannels=2")
        channels, rate, samples = sound(body)
        assert (channels, rate) == (2, 8000)
        assert loudness(array("h", samples)[::2].tobytes()) > 0.01
        _, body = await house.rest("GET", f"Recordings/{sid}.wav?RequestedChannels=1")
        assert sound(body)[0] == 1

    run(journey)


def test_a_recording_is_not_there_before_the_call_ends_nor_after_it_was_deleted() -> None:
    async def journey(house: House) -> None:
        call, sid = await recorded(house)
        before, _ = await house.rest("GET", f"Recordings/{sid}.wav")
        await house.ask("/hang_up", {"call_sid": call.sid})
        await house.rung_out(call)
        there, _ = await house.rest("GET", f"Recordings/{sid}.wav")
        deleted, _ = await house.rest("DELETE", f"Recordings/{sid}.json")
        twice, _ = await house.rest("DELETE", f"Recordings/{sid}.json")
        after, _ = await house.rest("GET", f"Recordings/{sid}.wav")

        assert (before, there, deleted, twice, after) == (404, 200, 204, 404, 404)

    run(journey)


def test_a_recording_can_be_absent() -> None:
    async def journey(house: House) -> None:
        await house.ask("/control", {"behaviour": "absent"})
        call, _ = await recorded(house)
        await house.ask("/hang_up", {"call_sid": call.sid})
        await house.rung_out(call)

        last = house.forms("/told")[-1]
        assert (last["RecordingStatus"], last["RecordingDuration"]) == ("absent", "0")

    run(journey)


def test_a_recording_is_for_the_account_alone() -> None:
    async def journey(house: House) -> None:
        call, sid = await recorded(house)
        await house.ask("/hang_up", {"call_sid": call.sid})
        await house.rung_out(call)

        url = f"{house.carrier.url}/2010-04-01/Accounts/{ACCOUNT}/Recordings/{sid}.wav"
        for auth, status in ((None, 401), (BasicAuth(ACCOUNT, TOKEN), 200)):
            async with house.client.get(url, auth=auth) as answer:
                assert answer.status == status

    run(journey)


def test_nothing_is_recorded_of_a_call_that_is_over_or_paused_where_nothing_is_recorded() -> None:
    async def journey(house: House) -> None:
        call = await house.rung_out(house.ring())
        begun, told = await house.rest("POST", f"Calls/{call.sid}/Recordings.json", [])
        paused, _ = await house.rest("POST", f"Calls/{call.sid}/Recordings/Twilio.CURRENT.json", PAUSED)

        assert (begun, told["code"], paused) == (400, 21220, 404)

    run(journey)
