"""What the carrier of calls tells, case by case: samples of events/voice/ and what they mean."""

import pytest

from functions.channels.voice import inbound
from shared.domain.channel.arrival import Arrival, CallbackRequest, Ignored, SurveyAnswer
from shared.domain.channel.calling import (
    CallBegan,
    Keyed,
    LeftWord,
    LegHeard,
    RecordingHeard,
    Transcribed,
)
from shared.domain.customer.call import LegState, RecordingState
from shared.domain.errors import Malformed, Rejected, Untrusted
from shared.domain.timeline.content import Part, PartState
from shared.providers import twilio
from tests.support.webhooks import ACCOUNT, PUBLIC_URL, SECRET, TOKEN, payload, raw, request

SID, AGENTS = "CA" + "1".zfill(32), "CA" + "2".zfill(32)
RECORDING = "RE" + "1".zfill(32)
SOURCE = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{RECORDING}.wav"
FILE = Part(f"{RECORDING}.wav", "audio/wav", source=SOURCE)


def read(name: str) -> Arrival | Ignored:
    return inbound.parse(raw("voice", payload(f"voice/{name}.txt")))


def arrived(name: str) -> Arrival:
    found = read(name)
    assert isinstance(found, Arrival)
    return found


def failed(reason: str) -> LegHeard:
    return LegHeard("L1", AGENTS, LegState.FAILED, 3, reason, 0)


TOLD: dict[str, object] = {
    "incoming": CallBegan(SID),
    "forwarded": CallBegan(SID, "+821055500900"),
    "new_fields": CallBegan(SID),
    "callback": CallbackRequest("+821055500001"),
    "score": SurveyAnswer(5),
    "status_completed": LegHeard("", SID, LegState.ENDED, 3, "", 42),
    "status_canceled": LegHeard("", SID, LegState.ENDED, 3, "canceled", 0),
    "status_without_order": LegHeard("", SID, LegState.ENDED, -1, "", 42),
    "leg_ringing": LegHeard("L1", AGENTS, LegState.RINGING, 1, "", 0),
    "leg_answered": LegHeard("L1", AGENTS, LegState.TALKING, 2, "", 0),
    "leg_completed": LegHeard("L1", AGENTS, LegState.ENDED, 3, "", 42),
    "leg_no_answer": failed("no_answer"),
    "leg_busy": failed("busy"),
    "leg_failed": failed("failed"),
    "recording_in_progress": RecordingHeard("L0", RECORDING, RecordingState.IN_PROGRESS),
    "recording_completed": RecordingHeard("L0", RECORDING, RecordingState.COMPLETED, FILE, 12),
    "recording_absent": RecordingHeard("L0", RECORDING, RecordingState.ABSENT, reason="silent"),
    "voicemail_completed": LeftWord(SID, FILE, 12),
    "transcription": Transcribed(RECORDING, "Please call me back."),
    "transcription_failed": Transcribed(RECORDING, ""),
}


@pytest.mark.parametrize("name", TOLD)
def test_each_word_of_the_carrier_means_one_thing(name: str) -> None:
    assert arrived(name).what == TOLD[name]


KEYED = {
    "keys": "1",
    "keys_hash": "",
    "keys_none": "",
    "keys_leading_zeros": "0042",
    "keys_masked": "*" * 16,
    "speech": "배송.",
    "speech_card": "my card is **** **** **** ****",
    "speech_control": "배송\x07\x1b",
}


@pytest.mark.parametrize("name", KEYED)
def test_keys_and_spoken_words_come_with_the_place_they_were_said_at(name: str) -> None:
    said = arrived(name).what

    assert isinstance(said, Keyed)
    assert (said.text, said.place.step, said.language, said.sid) == (KEYED[name], "topic", "ko", SID)


IGNORED = {
    "score_none": "only_asks",
    "status_unknown_word": "unknown_state",
    "status_not_ours": "not_ours",
    "recording_unknown_word": "unknown_state",
    "voicemail_absent": "no_word",
    "unknown_kind": "unknown_state",
}


@pytest.mark.parametrize("name", IGNORED)
def test_what_means_nothing_is_ignored_with_a_reason(name: str) -> None:
    assert read(name) == Ignored(IGNORED[name])


@pytest.mark.parametrize(
    ("name", "address", "reply_to"),
    [
        ("incoming", "+821055500001", "+821055500001"),
        ("withheld", f"withheld-{SID}", "anonymous"),
        ("withheld_number", f"withheld-{SID}", "+266696687"),
        ("sip", "sip:ana@example.test:5061;transport=tls", "sip:ana@example.test:5061;transport=tls"),
        ("client", "client:ana", "client:ana"),
        ("leg_completed", "+821055500001", "+821055500001"),
        ("transcription", "+821055500001", "+821055500001"),
    ],
)
def test_a_caller_is_who_the_carrier_says_and_a_withheld_one_is_new_in_each_call(
    name: str, address: str, reply_to: str
) -> None:
    way = arrived(name).way

    assert (way.address.kind, way.address.value, way.reply_to) == ("phone", address, reply_to)
    assert way.own_side == "+15005550009"


def test_a_word_about_an_agents_line_is_on_no_line_of_the_caller_unless_we_know_it() -> None:
    assert arrived("leg_completed").way.thread == ""
    assert arrived("recording_completed").way.thread == SID
    found = arrived("leg_completed").call
    assert found and (found.member, found.case_id, found.interaction_id) == ("C1", "CASE1", "I1")


def test_a_file_waits_to_be_fetched() -> None:
    word = arrived("voicemail_completed").what

    assert isinstance(word, LeftWord) and word.part.state is PartState.WAITING


def test_no_message_of_ours_is_on_its_way() -> None:
    assert inbound.parse_state(raw("voice", payload("voice/status_completed.txt"))) == Ignored("no_states")


@pytest.mark.parametrize("junk", ["", "CallSid=", "t=c1.x.y", "door=/status"])
def test_what_names_no_call_is_set_aside(junk: str) -> None:
    with pytest.raises(Rejected, match="no_sid"):
        inbound.parse(raw("voice", junk))


@pytest.mark.parametrize("token", ["c1..", "c1.bnVsbA.x", "c1.W10.x", "v1.a.b", "c1.ZZZ"])
def test_a_token_in_the_queue_that_cannot_be_read_is_none(token: str) -> None:
    found = inbound.parse(raw("voice", f"t={token}&CallSid=CA1&From=%2B8210&CallStatus=ringing"))

    assert isinstance(found, Arrival) and found.what == CallBegan("CA1")


@pytest.mark.parametrize("sid", ["", "CA1;DROP", "CA 1", "가", "C" * 65])
def test_a_form_without_a_proper_call_sid_is_malformed(sid: str) -> None:
    with pytest.raises(Malformed):
        inbound.cut(request({"CallSid": sid, "From": "+8210"}, "/webhooks/voice"))


def test_our_own_names_in_a_form_of_somebody_else_count_for_nothing() -> None:
    token = payload("voice/keys.txt").partition("t=")[2].partition("&")[0]
    asked = request({"CallSid": "CA1", "From": "+8210", "t": token, "door": "/status"}, "/webhooks/voice")

    (piece,) = inbound.cut(asked).events

    found = inbound.parse(raw("voice", piece.payload))
    assert isinstance(found, Arrival) and found.what == CallBegan("CA1")


def test_a_wrong_proof_proves_nothing() -> None:
    asked = request({"CallSid": "CA1"}, "/webhooks/voice", x_twilio_signature="bm8=")

    with pytest.raises(Untrusted):
        inbound.prove(asked, SECRET, PUBLIC_URL)


def test_addresses_of_calls_are_signed_with_a_key_of_their_own() -> None:
    key, *_ = keys = twilio.call_keys(SECRET | {"previous_auth_token": "old"})

    assert len(set(keys)) == 2 and twilio.call_key(SECRET) == key and TOKEN not in key
    assert twilio.call_key({}) == "" and twilio.call_keys({"auth_token": ""}) == ()


def test_calls_and_messages_have_the_same_account() -> None:
    base, auth = twilio.calls(SECRET, "http://127.0.0.1:9/")

    assert base == f"http://127.0.0.1:9/2010-04-01/Accounts/{ACCOUNT}"
    assert twilio.messages(SECRET) == (
        f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        auth,
    )
