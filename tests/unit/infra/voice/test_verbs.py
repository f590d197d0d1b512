"""The stand-in carrier runs TwiML as Twilio does: prompts, keys, words, and where a document leads."""

import pytest

from infra.local.providers.voice.documents import SENTENCE
from tests.support.twiml_house import CALLER, OWN, House, run

VOICE, STATUS = "/webhooks/voice", "/webhooks/voice/status"
MENU = (
    '<Gather action="/picked" numDigits="1"><Say language="ko-KR">1번을 누르세요</Say></Gather>'
    "<Say>Nothing</Say>"
)


def test_a_caller_hears_what_a_document_says_and_the_call_ends_with_it() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Say language="ko-KR">안녕하세요</Say><Pause length="2"/><Say>Bye</Say>')
        call = await house.rung_out(house.ring())

        assert [one.kind for one in call.heard.items] == ["words", "silence", "words"]
        assert (call.heard.words(), call.status) == (["안녕하세요", "Bye"], "completed")
        (first,) = house.forms(VOICE)
        assert (first["From"], first["To"], first["Direction"]) == (CALLER, OWN, "inbound")
        assert (first["CallStatus"], first["CallSid"]) == ("ringing", call.sid)
        (last,) = house.forms(STATUS)
        assert (last["CallStatus"], last["SequenceNumber"]) == ("completed", "0")
        assert {"CallDuration", "Duration", "Timestamp"} <= set(last)

    run(journey)


def test_a_key_goes_to_the_action_and_what_stands_behind_the_question_is_not_run() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, MENU)
        house.serve("/picked", "<Say>Thank you</Say>")
        call = await house.rung_out(house.ring(keys=("1",)))

        assert call.heard.words() == ["1번을 누르세요", "Thank you"]
        assert [form["Digits"] for form in house.forms("/picked")] == ["1"]

    run(journey)


def test_a_question_without_an_answer_falls_through_to_the_next_verb() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, MENU)
        call = await house.rung_out(house.ring())

        assert call.heard.words()[-1] == "Nothing"
        assert house.forms("/picked") == []

    run(journey)


def test_an_empty_answer_goes_to_the_action_where_the_question_wants_it() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Gather input="dtmf speech" action="/picked" actionOnEmptyResult="true"/>')
        await house.rung_out(house.ring())

        assert [(form["Digits"], form["SpeechResult"]) for form in house.forms("/picked")] == [("", "")]

    run(journey)


@pytest.mark.parametrize(
    ("attributes", "pressed", "told"),
    [
        ('numDigits="3"', "12345", "123"),
        ("", "007#9", "007"),
        ('finishOnKey="*"', "1#2*", "1#2"),
        ('finishOnKey="" numDigits="4"', "1#*2", "1#*2"),
        ("", "42", "42"),
        ("", "#", ""),
    ],
)
def test_keys_are_taken_until_there_are_enough_or_the_last_one_is_pressed(
    attributes: str, pressed: str, told: str
) -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, f'<Gather action="/picked" {attributes}/>')
        await house.rung_out(house.ring(keys=(pressed,)))

        assert [form["Digits"] for form in house.forms("/picked")] == [told]

    run(journey)


def test_a_key_cuts_the_prompt_short() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Gather action="/picked" numDigits="1"><Say loop="0">Again</Say></Gather>')
        call = house.ring()
        await house.until(lambda: call.waits_for == "keys" and call.heard.items)
        status, _ = await house.ask("/keys", {"call_sid": call.sid, "digits": "7"})
        await house.rung_out(call)

        assert status == 200
        assert [form["Digits"] for form in house.forms("/picked")] == ["7"]

    run(journey)


def test_a_key_pressed_before_the_question_is_no_answer_to_it() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Pause length="60"/><Gather action="/picked" numDigits="1"/><Say>Nothing</Say>')
        call = house.ring()
        await house.until(lambda: call.heard.items)
        await house.ask("/keys", {"call_sid": call.sid, "digits": "1"})
        await house.rung_out(call)

        assert call.heard.words() == ["Nothing"]

    run(journey)


def test_spoken_words_are_an_answer_where_words_are_asked_for() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Gather input="speech" action="/picked" language="ko-KR" timeout="900"/>')
        call = house.ring()
        await house.until(lambda: call.waits_for == "speech")
        await house.ask("/keys", {"call_sid": call.sid, "digits": "5"})
        await house.ask("/say", {"call_sid": call.sid, "text": "배송 문의"})
        await house.rung_out(call)

        (form,) = house.forms("/picked")
        assert (form["SpeechResult"], form["Confidence"], "Digits" in form) == ("배송 문의", "0.9", False)

    run(journey)


def test_a_question_without_an_action_asks_its_own_document_again() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Gather numDigits="1"/>')
        await house.rung_out(house.ring(keys=("1", "2")))

        assert [form.get("Digits") for form in house.forms(VOICE)] == [None, "1", "2"]

    run(journey)


def test_a_redirect_leads_to_another_document_with_its_method() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Redirect method="GET">next?t=a.b&amp;n=1</Redirect><Say>Never</Say>')
        house.serve("/webhooks/next", "<Hangup/><Say>Never</Say>")
        call = await house.rung_out(house.ring())

        (form,) = house.forms("/webhooks/next")
        assert (form["t"], form["n"], form["CallSid"], call.heard.words()) == ("a.b", "1", call.sid, [])

    run(journey)


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_rejected_call_was_never_answered(reason: str, status: str) -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, f'<Reject reason="{reason}"/>')
        call = await house.rung_out(house.ring())

        assert (call.status, call.answered_at) == (status, None)

    run(journey)


def test_a_sound_is_fetched_and_heard_by_its_name() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Play loop="3">/assets/music.mp3</Play>')
        house.pages["/assets/music.mp3"] = (200, "audio/mpeg", b"ID3")
        call = await house.rung_out(house.ring())

        assert [(one.kind, one.text, one.times) for one in call.heard.items] == [("music", "music.mp3", 3)]

    run(journey)


BROKEN = {
    "a status that says no": (500, "text/xml", b"<Response/>", 11200),
    "no XML": (200, "text/xml", b"<Response><Say>1 & 2</Say></Response>", 12100),
    "another root": (200, "text/xml", b"<html/>", 12100),
    "an unknown verb": (200, "text/xml", b"<Response><Say>Hi</Say><Shout/></Response>", 12100),
    "a verb where it may not stand": (
        200,
        "text/xml",
        b"<Response><Gather><Dial/></Gather></Response>",
        12100,
    ),
    "another kind": (200, "application/json", b"{}", 12300),
    "too much": (200, "text/xml", b"<Response>" + b" " * 65536 + b"</Response>", 11750),
    "nothing": (200, "text/xml", b"", 12100),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_document_lets_the_caller_hear_that_an_application_failed(name: str) -> None:
    *page, code = BROKEN[name]

    async def journey(house: House) -> None:
        house.pages[VOICE] = tuple(page)  # type: ignore[assignment]
        call = await house.rung_out(house.ring())

        assert (call.errors, call.heard.words()) == ([code], [SENTENCE])
        _, alerts = await house.ask("/alerts")
        assert [one["code"] for one in alerts["items"]] == [code]

    run(journey)


def test_a_sound_that_is_missing_is_such_an_error_too() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, "<Play>/missing.wav</Play><Say>Never</Say>")
        house.serve("/missing.wav", "", status=404)

        assert (await house.rung_out(house.ring())).errors == [11200]

    run(journey)


def test_a_caller_may_hang_up_while_anything_is_said() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, '<Gather><Say loop="0">Again</Say></Gather>')
        call = house.ring()
        await house.until(lambda: call.heard.items)
        for status in (200, 409):
            assert (await house.ask("/hang_up", {"call_sid": call.sid}))[0] == status
            await house.rung_out(call)

        assert [form["CallStatus"] for form in house.forms(STATUS)] == ["completed"]

    run(journey)


def test_every_request_bears_twilios_signature() -> None:
    validator = pytest.importorskip("twilio.request_validator").RequestValidator("t0psecret-token")

    async def journey(house: House) -> None:
        house.serve(VOICE, MENU.replace("/picked", "/picked?t=a.b&amp;x=%EA%B0%80"))
        await house.rung_out(house.ring(keys=("1",)))

        for one in house.asked:
            assert validator.validate(house.url + one.raw_path, one.form, one.signature), one.path

    run(journey)
