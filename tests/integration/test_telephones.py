"""Real telephone programs talk with the stand-in carrier over SIP and RTP: what they hear, press and say."""

import asyncio
import io
import wave
from array import array
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from infra.local.providers.voice.call import Call
from infra.local.providers.voice.wave_file import loudness
from tests.support.telephones import Baresip, baresip, heard_in, needs, needs_raw_sockets, sipp
from tests.support.twiml_house import CALLER, OWN, House, run

VOICE = "/webhooks/voice"
MENU = (
    '<Gather action="/picked" numDigits="1" timeout="9">'
    '<Say language="ko-KR">안녕하세요. 배송은 일 번을 누르세요.</Say></Gather><Say>Nothing</Say>'
)
ROOM = '<Dial><Conference beep="false">I1</Conference></Dial>'
HEARD = 0.01  # root mean square of what arrived


def calls(house: House) -> list[Call]:
    return list(house.carrier.exchange.book)


def centre_of(house: House) -> str:
    return f"sip:{OWN}@127.0.0.1:{house.carrier.sip.port}"


async def dialled(house: House, phone: Baresip) -> Call:
    """The call that a telephone makes to the centre, once it is answered."""
    await asyncio.sleep(0.5)
    phone.told(f"/dial {centre_of(house)}")
    await house.until(lambda: calls(house) and calls(house)[0].answered_at)
    return calls(house)[0]


async def rung(house: House, to: str, twiml: str = ROOM) -> Call:
    form = [("To", to), ("From", OWN), ("Twiml", f"<Response>{twiml}</Response>"), ("Timeout", "5")]
    form += [("StatusCallback", f"{house.url}/told")]
    status, made = await house.rest("POST", "Calls.json", form)
    assert status == 201
    call = house.carrier.exchange.book.get(made["sid"])
    assert call
    return call


@needs("sipp")
@needs_raw_sockets
def test_a_scenario_presses_a_key_while_the_prompt_is_spoken() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, MENU)
        house.serve("/picked", "<Say>Thank you</Say>")
        code = await sipp(OWN, house.carrier.sip.port)

        (call,) = calls(house)
        assert (code, call.sender, call.status) == (0, CALLER, "completed")
        assert [form["Digits"] for form in house.forms("/picked")] == ["1"]
        assert call.heard.words()[-1] == "Thank you"

    run(journey)


@needs("sipp")
@needs_raw_sockets
def test_ten_scenarios_within_two_seconds_all_go_well() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, MENU)
        code = await sipp(OWN, house.carrier.sip.port, calls=10, rate=5)

        assert (code, len(house.forms("/picked"))) == (0, 10)

    run(journey)


def with_phone(tmp_path: Path, journey: Callable[[House, Baresip], Awaitable[None]]) -> Path:
    """A caller who says a tone; the folder with what was heard."""
    folder = tmp_path / "caller"

    async def run_with(house: House) -> None:
        async with baresip(folder, f"sip:{CALLER}@127.0.0.1;regint=0;audio_codecs=pcmu", 500) as phone:
            await journey(house, phone)

    run(run_with)
    return folder


@needs("baresip", "espeak-ng")
def test_a_caller_hears_the_korean_prompt_and_presses_a_key(tmp_path: Path) -> None:
    async def journey(house: House, phone: Baresip) -> None:
        house.serve(VOICE, MENU)
        house.serve("/picked", "<Say>Thank you</Say>")
        call = await dialled(house, phone)
        await asyncio.sleep(2)
        phone.told("1")
        await house.rung_out(call)

        assert [form["Digits"] for form in house.forms("/picked")] == ["1"]

    folder = with_phone(tmp_path, journey)

    assert heard_in(folder) > HEARD


@needs("baresip")
def test_a_caller_who_hangs_up_ends_the_call(tmp_path: Path) -> None:
    async def journey(house: House, phone: Baresip) -> None:
        house.serve(VOICE, '<Say loop="0">Please wait</Say>')
        call = await dialled(house, phone)
        phone.told("/hangup")
        await house.rung_out(call)

        assert [form["CallStatus"] for form in house.forms("/webhooks/voice/status")] == ["completed"]

    with_phone(tmp_path, journey)


@needs("baresip")
def test_word_that_is_really_spoken_is_recorded(tmp_path: Path) -> None:
    async def journey(house: House, phone: Baresip) -> None:
        house.serve(VOICE, '<Record action="/done" maxLength="2" timeout="2"/>')
        await house.rung_out(await dialled(house, phone))

        (form,) = house.forms("/done")
        status, body = await house.rest("GET", f"Recordings/{form['RecordingSid']}.wav")
        assert (status, tracks(body)[0] > HEARD) == (200, True)

    with_phone(tmp_path, journey)


def tracks(body: bytes) -> list[float]:
    """How loud each channel is."""
    with wave.open(io.BytesIO(body)) as file:
        channels, samples = file.getnchannels(), array("h", file.readframes(file.getnframes()))
    return [loudness(samples[n::channels].tobytes()) for n in range(channels)]


@needs("baresip")
def test_an_agents_telephone_rings_and_both_hear_each_other_and_both_are_recorded(tmp_path: Path) -> None:
    agents = tmp_path / "agent"
    recorded: list[Any] = []

    async def journey(house: House, phone: Baresip) -> None:
        account = f"sip:kim@127.0.0.1:{house.carrier.sip.port};regint=60;answermode=auto;audio_codecs=pcmu"
        async with baresip(agents, account, 900):
            house.serve(VOICE, ROOM)
            await house.until(lambda: "kim" in house.carrier.sip.registered)
            call = await dialled(house, phone)
            agent = await rung(house, "sip:kim@127.0.0.1")
            await house.until(lambda: agent.room)
            wish = [("RecordingChannels", "dual")]
            _, made = await house.rest("POST", f"Calls/{call.sid}/Recordings.json", wish)
            await asyncio.sleep(2)
            phone.told("/hangup")
            await house.rung_out(call)
            await house.ask("/hang_up", {"call_sid": agent.sid})
            await house.rung_out(agent)
            recorded.append(await house.rest("GET", f"Recordings/{made['sid']}.wav"))

    callers = with_phone(tmp_path, journey)

    assert heard_in(callers) > HEARD
    assert heard_in(agents) > HEARD
    ((status, body),) = recorded
    assert (status, [track > HEARD for track in tracks(body)]) == (200, [True, True])


@pytest.mark.parametrize(
    ("to", "status"),
    [("sip:nobody@127.0.0.1:9", "failed"), ("sip:kim@elsewhere.example.test", "failed")],
)
def test_an_address_where_nobody_is_fails(to: str, status: str) -> None:
    async def journey(house: House) -> None:
        call = await rung(house, to)
        await house.rung_out(call)

        assert [form["CallStatus"] for form in house.forms("/told")] == [status]

    run(journey)
