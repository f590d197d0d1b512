"""What was recorded on the telephone, the whole way: heard of, fetched, and deleted where it came from."""

import pytest

from shared.domain.channel.fetching import Fetched
from shared.domain.timeline.content import Part, PartState
from tests.journey.test_calls import CALLER, a_scene, desk_of, rung, talking
from tests.support.exchange import Exchange
from tests.support.line import Line
from tests.support.webhooks import ACCOUNT
from tests.support.whole_scene import WholeScene, adds_up

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 40
AT_TWILIO = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings"


def files(scene: WholeScene) -> list[Part]:
    lines = scene.timeline(scene.customer(CALLER))
    return [part for line in lines for part in line.content.parts]


def recorded(scene: WholeScene, exchange: Exchange, line: Line) -> str:
    """The call was recorded, it is over, and the carrier has the file; it tells so twice."""
    ((sid, callback),) = exchange.recordings.items()
    scene.world.fetch.found[f"{AT_TWILIO}/{sid}.wav"] = Fetched(WAV)
    told = {"RecordingSid": sid, "RecordingUrl": f"{AT_TWILIO}/{sid}", "RecordingDuration": "30"}
    for _ in range(2):
        exchange.tells(callback, line, told | {"RecordingStatus": "completed"})
    return sid


@pytest.mark.parametrize("deletes", [True, False])
def test_a_recorded_call_is_deleted_at_the_carrier_once_we_have_it_where_the_settings_say_so(
    deletes: bool,
) -> None:
    scene = a_scene(record=True, delete_recordings=deletes)
    exchange, desk = Exchange(scene), desk_of(scene)
    line, _, _ = talking(scene, exchange, desk)
    line.hang_up()
    scene.run()

    sid = recorded(scene, exchange, line)
    assert exchange.recordings[sid] != "deleted"
    scene.run()

    assert [part.state for part in files(scene)] == [PartState.STORED]
    assert (exchange.recordings[sid] == "deleted") is deletes
    assert [call.method for call in exchange.asked].count("DELETE") == int(deletes)
    adds_up(scene)


def test_a_recording_that_can_not_be_fetched_stays_where_it_is() -> None:
    scene = a_scene(record=True, delete_recordings=True)
    exchange, desk = Exchange(scene), desk_of(scene)
    line, _, _ = talking(scene, exchange, desk)
    line.hang_up()
    recorded(scene, exchange, line)
    scene.world.fetch.found.clear()

    scene.run()

    assert [part.state for part in files(scene)] != [PartState.STORED]
    assert "DELETE" not in [call.method for call in exchange.asked]


def test_a_word_that_was_left_is_deleted_at_the_carrier_too() -> None:
    scene = a_scene(delete_recordings=True)
    exchange = Exchange(scene)
    line = rung(scene, exchange)
    line.waits()
    line.press("2")
    sid = f"RE{line.sid[2:]}"
    scene.world.fetch.found[f"{AT_TWILIO}/{sid}.wav"] = Fetched(WAV)

    line.leaves_word()
    scene.run()

    assert [part.state for part in files(scene)] == [PartState.STORED]
    assert exchange.recordings == {sid: "deleted"}
    adds_up(scene)
