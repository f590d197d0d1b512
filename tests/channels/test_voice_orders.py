"""What Twilio is asked for: one request for each order, with addresses that say what they are about."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, fromstring

import pytest

from functions.channels.voice import outbound
from infra.twins.clock import START
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.call.order import Act, Order
from shared.domain.call.said import Said
from shared.domain.channel.call_place import HOLDS, CallPlace, verify
from shared.domain.channel.carriage import Basic, Failed, HttpCall, Later, NoAnswer, OtherSide, Sent
from shared.domain.customer.call import Call, Leg, LegRole, LegState, Spot
from shared.domain.errors import Rejected
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.providers import twilio

SECRET = {"account_sid": "AC1", "auth_token": "a token", "from_number": "+15005550009"}
ANSWERS_AT = OtherSide("http://127.0.0.1:9", "https://centre.example/")
BASE = "http://127.0.0.1:9/2010-04-01/Accounts/AC1"
CALLER, PHONE, OUTSIDE = "+821055500101", "+821055500201", "+8225550100"
OWN = "+15005550010"
TALKING = LegState.TALKING
CUSTOMER = Leg("leg-c", LegRole.CUSTOMER, TALKING, START, "CAc")
AGENT = Leg("leg-a", LegRole.AGENT, LegState.CLAIMED, START, "", "one", PHONE)
ON_LINE = replace(AGENT, state=TALKING, sid="CAa")
CALL = Call(
    "C1", "I1", "K1", START, (CUSTOMER, ON_LINE), Spot.ROOM, own_side="+15005550010", recording_sid="RE1"
)
SAID = Said(START + HOLDS, "ko", "en", CALLER, "main", "Kim, waiting 4 minutes.", "녹음됩니다.")


def asked(order: Order, call: Call = CALL, said: Said = SAID, **secret: str) -> HttpCall:
    return outbound.render_order(order, call, said, SECRET | secret, ANSWERS_AT)


def form(call: HttpCall) -> dict[str, Any]:
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in parse_qs(call.body.decode()).items()
    }


def heard(call: HttpCall) -> list[Element]:
    return list(fromstring(form(call)["Twiml"]))  # noqa: S314  # written by ourselves


def place(address: str) -> tuple[str, CallPlace]:
    """The path of an address of ours, and what its token says."""
    parts = urlsplit(address)
    found = verify(parse_qs(parts.query)["t"][0], twilio.call_key(SECRET))
    assert found and parts.netloc == "centre.example"
    return parts.path, found


def test_an_agent_is_rung_hears_who_calls_and_is_in_the_room() -> None:
    call = asked(Order(Act.DIAL, AGENT))

    told = form(call)
    assert (call.method, call.url, call.auth) == ("POST", f"{BASE}/Calls.json", Basic("AC1", "a token"))
    assert (told["To"], told["From"], told["Timeout"]) == (PHONE, OWN, "20")
    assert told["StatusCallbackEvent"] == ["initiated", "ringing", "answered", "completed"]
    said, dial = heard(call)
    assert (said.tag, said.text, said.get("language")) == ("Say", "Kim, waiting 4 minutes.", "en-US")
    (room,) = dial
    assert (room.text, room.get("startConferenceOnEnter"), room.get("endConferenceOnExit")) == (
        "I1",
        "true",
        "false",
    )
    assert dial.get("action") is None, "who of ours leaves the room has ended their call"


def test_the_address_of_a_leg_says_all_that_its_states_are_about() -> None:
    path, said = place(form(asked(Order(Act.DIAL, AGENT)))["StatusCallback"])

    assert path == "/webhooks/voice/status"
    assert said == CallPlace(
        "leg", SAID.until, "", CALLER, "C1", "K1", "I1", "leg-a", language="ko", queue="main"
    )


def test_a_customer_who_is_rung_hears_of_the_recording_and_waits_for_staff_in_the_room() -> None:
    leg = replace(AGENT, role=LegRole.CUSTOMER, who="", to=CALLER)

    call = asked(Order(Act.DIAL, leg), replace(CALL, legs=(ON_LINE, leg)))

    said, dial = heard(call)
    assert (said.text, said.get("language")) == ("녹음됩니다.", "ko-KR")
    assert dial[0].get("startConferenceOnEnter") == "false"
    assert place(dial.get("action", ""))[1].what == "after"
    assert "Kim" not in form(call)["Twiml"]


def test_without_a_number_of_the_call_our_usual_one_is_shown() -> None:
    assert form(asked(Order(Act.DIAL, AGENT), replace(CALL, own_side="")))["From"] == "+15005550009"
    with pytest.raises(Rejected, match="configuration"):
        asked(Order(Act.DIAL, AGENT), replace(CALL, own_side=""), from_number="")


def test_nobody_without_a_phone_is_rung() -> None:
    with pytest.raises(Rejected, match="no_phone"):
        asked(Order(Act.DIAL, replace(AGENT, to="")))


@pytest.mark.parametrize(
    ("how", "muted", "coach"), [("listen", "true", None), ("whisper", None, "CAa"), ("join", None, None)]
)
def test_a_supervisor_listens_whispers_or_talks(how: str, muted: str | None, coach: str | None) -> None:
    boss = Leg("leg-b", LegRole.SUPERVISOR, LegState.CLAIMED, START, "", "boss", OUTSIDE, listens=how)

    room = heard(asked(Order(Act.DIAL, boss)))[-1][0]

    assert (room.get("muted"), room.get("coach")) == (muted, coach)


def test_a_supervisor_who_wishes_to_be_heard_otherwise_is_moved_within_the_same_telephone() -> None:
    boss = Leg("leg-b", LegRole.SUPERVISOR, TALKING, START, "CAb", "boss", OUTSIDE, listens="listen")
    call = replace(CALL, legs=(*CALL.legs, boss), listeners=(("boss", "join"),))

    told = asked(Order(Act.ROOM, boss), call)

    assert told.url == f"{BASE}/Calls/CAb.json"
    (dial,) = heard(told)
    assert dial[0].get("muted") is None


def test_nobody_whispers_where_no_agent_would_hear_them_alone() -> None:
    boss = Leg("leg-b", LegRole.SUPERVISOR, LegState.CLAIMED, START, "", "boss", OUTSIDE, listens="whisper")

    with pytest.raises(Rejected, match="no_agent"):
        asked(Order(Act.DIAL, boss), replace(CALL, legs=(CUSTOMER,)))


def test_the_customer_hears_of_the_recording_on_the_way_into_the_room() -> None:
    call = asked(Order(Act.ROOM))

    said, dial = heard(call)
    assert call.url == f"{BASE}/Calls/CAc.json"
    assert (said.text, dial[0].text) == ("녹음됩니다.", "I1")
    path, after = place(dial.get("action", ""))
    assert (path, after.what, after.sid) == ("/webhooks/voice", "after", "CAc")
    (alone,) = heard(asked(Order(Act.ROOM), said=replace(SAID, notice="")))
    assert alone.tag == "Dial"


def test_the_customer_goes_back_to_the_queue() -> None:
    (queue,) = heard(asked(Order(Act.QUEUE)))

    waits, left = place(queue.get("waitUrl", "")), place(queue.get("action", ""))
    assert (queue.tag, queue.text, waits[1].queue) == ("Enqueue", "main", "main")
    assert (waits[1].what, left[1].what) == ("wait", "left")


def test_a_customer_on_hold_hears_words_and_music_without_an_end() -> None:
    said, music = heard(asked(Order(Act.HOLD)))

    assert (said.tag, said.get("language")) == ("Say", "ko-KR")
    assert (music.tag, music.get("loop"), music.text) == ("Play", "0", "https://centre.example/hold.wav")


def test_a_goodbye_leaves_time_for_a_question() -> None:
    verbs = heard(asked(Order(Act.GOODBYE)))

    assert [verb.tag for verb in verbs] == ["Say", "Pause", "Hangup"]
    assert verbs[1].get("length") == "8"


@pytest.mark.parametrize(
    ("order", "method", "path", "told"),
    [
        (Order(Act.HANG_UP, ON_LINE), "POST", "Calls/CAa.json", {"Status": "completed"}),
        (
            Order(Act.PAUSE),
            "POST",
            "Calls/CAc/Recordings/Twilio.CURRENT.json",
            {"Status": "paused", "PauseBehavior": "silence"},
        ),
        (
            Order(Act.RESUME),
            "POST",
            "Calls/CAc/Recordings/Twilio.CURRENT.json",
            {"Status": "in-progress"},
        ),
        (Order(Act.DELETE), "DELETE", "Recordings/RE1.json", {}),
    ],
)
def test_what_needs_no_words_is_asked_for_by_its_state(
    order: Order, method: str, path: str, told: dict[str, str]
) -> None:
    call = asked(order)

    assert (call.method, call.url, form(call)) == (method, f"{BASE}/{path}", told)


def test_both_sides_of_a_call_are_recorded_apart() -> None:
    call = asked(Order(Act.RECORD))

    told = form(call)
    assert call.url == f"{BASE}/Calls/CAc/Recordings.json"
    assert told["RecordingChannels"] == "dual"
    assert told["RecordingStatusCallbackEvent"] == ["in-progress", "completed", "absent"]
    path, said = place(told["RecordingStatusCallback"])
    assert (path, said.what, said.sid, said.leg) == ("/webhooks/voice/status", "recording", "CAc", "leg-c")


@pytest.mark.parametrize("act", [Act.ROOM, Act.QUEUE, Act.HOLD, Act.GOODBYE, Act.RECORD, Act.PAUSE])
def test_who_is_not_on_the_line_is_told_nothing(act: Act) -> None:
    with pytest.raises(Rejected, match="call_over"):
        asked(Order(act), replace(CALL, legs=(replace(CUSTOMER, state=LegState.ENDED),)))


def test_every_order_that_asks_the_carrier_has_its_request() -> None:
    legs = {Act.DIAL: AGENT, Act.HANG_UP: ON_LINE}

    for act in set(Act) - {Act.FORGET}:
        assert asked(Order(act, legs.get(act))).url.startswith(BASE)


def test_however_much_there_is_to_say_the_document_fits_into_a_request() -> None:
    long = replace(SAID, whisper="가" * 5000, notice="나" * 5000, number="+" + "8" * 15)

    for order in (Order(Act.DIAL, AGENT), Order(Act.ROOM), Order(Act.QUEUE), Order(Act.GOODBYE)):
        assert len(form(asked(order, said=long))["Twiml"]) <= 4000


# ---------------------------------------------------------------------- the survey


def question(kind: Kind = Kind.SURVEY_ASKED, thread: str = "CAc", text: str = "상담은 어떠셨나요?") -> Entry:
    way = Way("voice", Address("phone", CALLER), "C1", CALLER, "+15005550009", thread)
    return Entry("C1", 7, "E7", START, kind, Audience.CUSTOMER, "system", way, "K1", "I1", Content(text),
                 delivery=Delivery.QUEUED)  # fmt: skip


@pytest.mark.parametrize(("text", "language"), [("상담은 어떠셨나요?", "ko"), ("How did we do?", "en")])
def test_the_survey_is_asked_for_one_key_in_the_language_of_its_words(text: str, language: str) -> None:
    call = outbound.render(question(text=text), SECRET, ANSWERS_AT)

    (gather,) = heard(call)
    assert call.url == f"{BASE}/Calls/CAc.json"
    assert (gather[0].text, gather.get("input"), gather.get("numDigits")) == (text, "dtmf", "1")
    path, said = place(gather.get("action", ""))
    assert (path, said.what, said.seq, said.sid, said.member) == ("/webhooks/voice", "score", 7, "CAc", "C1")
    assert said.language == language


def test_nothing_else_is_sent_to_a_telephone() -> None:
    with pytest.raises(Rejected, match="not_on_calls"):
        outbound.render(question(Kind.MESSAGE_SENT), SECRET, ANSWERS_AT)
    with pytest.raises(Rejected, match="call_over"):
        outbound.render(question(thread=""), SECRET, ANSWERS_AT)


# ---------------------------------------------------------------------- what Twilio answers


@pytest.mark.parametrize(
    ("status", "body", "means"),
    [
        (201, {"sid": "CA1"}, Sent("CA1")),
        (204, None, Sent("")),
        (400, {"code": 21211}, Failed("bad_number", "21211")),
        (400, {"code": 21220}, Failed("call_over", "21220")),
        (404, {"code": 20404}, Failed("configuration", "20404")),
        (429, {"code": 20429}, Later("too_many", "20429")),
        (500, {"code": 20500}, NoAnswer("http_500", "20500")),
        (502, None, NoAnswer("http_502", "")),
    ],
)
def test_an_answer_means_taken_or_refused_or_later_or_unknown(
    status: int, body: object, means: object
) -> None:
    assert outbound.interpret(status, json.dumps(body).encode() if body else b"") == means


def test_a_telephone_that_may_ring_is_looked_for_by_its_number_and_day() -> None:
    call = outbound.Look(AGENT, ()).render(SECRET, ANSWERS_AT)

    assert call.method == "GET"
    assert parse_qs(urlsplit(call.url).query) == {"To": [PHONE], "StartTime>": ["2026-01-05"]}


def listed(sid: str, status: str = "ringing", direction: str = "outbound-api") -> dict[str, str]:
    return {"sid": sid, "status": status, "direction": direction}


@pytest.mark.parametrize(
    ("calls", "means"),
    [
        ([listed("CA7"), listed("CAa"), listed("CA6", "completed")], Sent("CA7")),
        ([listed("CA7"), listed("CA8")], Failed("not_found")),
        ([listed("CA7", direction="inbound")], Failed("not_found")),
        ([], Failed("not_found")),
        ("none", Failed("not_found")),
    ],
)
def test_only_the_one_call_there_that_no_leg_of_ours_is_may_be_it(calls: object, means: object) -> None:
    look = outbound.Look(AGENT, ("CAa", "CAc"))

    assert look.interpret(200, json.dumps({"calls": calls}).encode()) == means


def test_recordings_are_fetched_as_the_account() -> None:
    assert outbound.credentials(SECRET) == Basic("AC1", "a token")
