"""What the carrier says of a recording: its state on the call, a line, and the file that waits."""

from dataclasses import replace
from itertools import permutations

import pytest

from shared.domain.call.recording_words import heard_recording
from shared.domain.channel.calling import RecordingHeard
from shared.domain.channel.commands import FetchPart
from shared.domain.channel.fetching import Fetched, Wanted
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.call import Call, RecordingState
from shared.domain.timeline.content import Part, PartState
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.use_cases.channel.fetch_media import FetchMedia
from tests.support.call_scene import CallScene

FILE = Part("RE1.wav", "audio/x-wav", source="https://api.twilio.com/RE1.wav")
RUNS = RecordingHeard("", "RE1", RecordingState.IN_PROGRESS)
THERE = RecordingHeard("", "RE1", RecordingState.COMPLETED, FILE, 61)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 40


@pytest.fixture
def scene() -> CallScene:
    made = CallScene()
    made.talks()
    return made


def test_a_recording_runs_and_is_kept_as_a_file_that_waits(scene: CallScene) -> None:
    first, second = scene.says_of_recording(RUNS), scene.says_of_recording(THERE)

    assert (first, second) == (Outcome.HANDLED, Outcome.HANDLED)
    call, line = scene.call(), scene.entries(Kind.CALL_RECORDED)[-1]
    assert (call.recording, call.recording_sid, call.stored) == (RecordingState.COMPLETED, "RE1", False)
    assert (line.content.parts, line.audience) == ((FILE,), Audience.STAFF)
    assert (line.facts["seconds"], line.interaction_id) == (61, call.interaction_id)


@pytest.mark.parametrize("order", permutations((RUNS, THERE)))
def test_words_in_any_order_end_with_the_file(scene: CallScene, order: tuple[RecordingHeard, ...]) -> None:
    for said in (*order, *order):
        scene.says_of_recording(said)

    assert scene.call().recording is RecordingState.COMPLETED
    assert sum(bool(line.content.parts) for line in scene.entries(Kind.CALL_RECORDED)) == 1


def test_a_recording_pauses_and_goes_on(scene: CallScene) -> None:
    for state in (RecordingState.IN_PROGRESS, RecordingState.PAUSED, RecordingState.IN_PROGRESS):
        scene.says_of_recording(replace(RUNS, state=state))
        assert scene.call().recording is state


@pytest.mark.parametrize("state", [RecordingState.ABSENT, RecordingState.FAILED])
def test_a_recording_that_came_to_nothing_says_why(scene: CallScene, state: RecordingState) -> None:
    scene.says_of_recording(RecordingHeard("", "RE1", state, reason="too_short"))

    (line,) = scene.entries(Kind.CALL_RECORDED)
    assert (line.facts["state"], line.facts["reason"], line.content.parts) == (state, "too_short", ())


def test_what_is_deleted_at_the_carrier_stays_deleted(scene: CallScene) -> None:
    scene.says_of_recording(THERE)
    scene.says_of_recording(RecordingHeard("", "RE1", RecordingState.DELETED))
    scene.says_of_recording(THERE)

    assert scene.call().recording is RecordingState.DELETED


def test_a_recording_of_a_former_call_is_kept_and_says_nothing_of_this_one(scene: CallScene) -> None:
    said, head = replace(THERE, leg="leg-of-before"), scene.head()

    change = heard_recording(head, scene.call(), said, scene.world.now())

    assert not any(isinstance(write.item, Call) for write in change)
    (line,) = [write.item for write in change if isinstance(write.item, Entry)]
    assert line.content.parts == (FILE,)


def fetched(scene: CallScene, line: Entry) -> PartState | None:
    world = scene.world
    fetch = FetchMedia(
        world.store,
        world.files,
        lambda body: "audio/x-wav",
        lambda wanted: Fetched(WAV),
        lambda channel, part: Wanted(part.source),
        lambda channel: 10**6,
    )
    return fetch(FetchPart(line.timeline, line.seq, 0))


def test_the_call_knows_that_its_file_is_stored(scene: CallScene) -> None:
    scene.says_of_recording(THERE)

    state = fetched(scene, scene.entries(Kind.CALL_RECORDED)[-1])

    assert (state, scene.call().stored) == (PartState.STORED, True)


def test_the_file_of_an_earlier_try_says_nothing_of_the_one_that_is_not_fetched_yet(scene: CallScene) -> None:
    scene.says_of_recording(THERE)
    earlier = scene.entries(Kind.CALL_RECORDED)[-1]
    scene.change(replace(scene.call(), recording_sid="RE2"))

    assert fetched(scene, earlier) is PartState.STORED

    assert not scene.call().stored
