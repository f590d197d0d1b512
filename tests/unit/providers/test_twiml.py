"""TwiML as Twilio's own library and any XML parser read it."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import VoiceResponse

from shared.providers import twiml

URL = "https://centre.example.test/webhooks/voice?t=c1.a.b&x=1"


def read(written: str) -> ElementTree.Element:
    return ElementTree.fromstring(written)  # noqa: S314  # our own document


@given(st.text(alphabet=st.characters(), max_size=300))
def test_no_text_breaks_the_document(text: str) -> None:
    found = read(twiml.document(twiml.say(text, "ko"))).find("Say")

    assert found is not None and found.get("language") == "ko-KR"
    assert (found.text or "").split() == twiml.known(text).split()


def test_control_characters_and_lone_surrogates_are_left_out() -> None:
    written = twiml.document(twiml.say("a\x00b\x07c\x1b[31m\ud800d\ufffe", "en"))

    assert read(written).findtext("Say") == "abc[31md"


def test_an_address_keeps_its_ampersand() -> None:
    written = twiml.document(twiml.redirect(URL))

    assert "&amp;x=1" in written and read(written).findtext("Redirect") == URL


def test_a_gather_asks_its_action_also_when_nothing_comes() -> None:
    asked = twiml.gather(twiml.say("Press 1.", "en"), action=URL, language="ko", hints=("배송", "a, b"))

    found = read(twiml.document(asked)).find("Gather")

    assert found is not None and found.attrib == {
        "input": "dtmf speech",
        "numDigits": "1",
        "timeout": "5",
        "finishOnKey": "#",
        "language": "ko-KR",
        "hints": "배송,a  b",
        "action": URL,
        "actionOnEmptyResult": "true",
    }


def test_digits_alone_are_asked_for_where_words_would_be_no_answer() -> None:
    found = twiml.gather(action=URL, language="en", digits=12, hints=("x",), speech=False)

    assert found.get("input") == "dtmf" and found.get("hints") is None


def test_a_room_ends_for_nobody_else_when_somebody_leaves() -> None:
    room = twiml.conference("i1", muted=True, coach="CA1")

    assert room.attrib == {
        "startConferenceOnEnter": "true",
        "endConferenceOnExit": "false",
        "beep": "false",
        "muted": "true",
        "coach": "CA1",
        "waitUrl": "",
    }


def test_a_document_of_more_than_64_kb_loses_words_and_never_xml() -> None:
    verbs = (twiml.say("&" * 30_000, "en"), twiml.say("가" * 20_000, "ko"), twiml.redirect(URL))

    written = twiml.document(*verbs)

    assert len(written.encode()) <= twiml.LONGEST
    told = read(written)
    assert [one.tag for one in told] == ["Say", "Say", "Redirect"]
    assert (told[0].text or "").endswith(" …") and told.findtext("Redirect") == URL


@given(st.lists(st.text(max_size=30).map(lambda text: text * 3000), min_size=1, max_size=3))
def test_no_document_is_longer_than_twilio_takes(texts: list[str]) -> None:
    written = twiml.document(*(twiml.say(text, "en") for text in texts))

    assert len(written.encode()) <= twiml.LONGEST and read(written).tag == "Response"


def test_a_document_that_is_too_long_without_words_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="too long"):
        twiml.document(*(twiml.redirect(URL) for _ in range(2000)))


def test_the_whole_vocabulary_is_what_twilios_own_library_writes() -> None:
    """The same document from both: attributes have the same names and the same words."""
    ours = twiml.document(
        twiml.pause(2),
        twiml.play("https://x.test/hold.wav", loop=0),
        twiml.record(URL, status=URL, transcribed=URL),
        twiml.enqueue("i1", action=URL, wait=URL),
        twiml.dial(twiml.conference("i1", starts=False), action=URL),
        twiml.leave(),
        twiml.reject("busy"),
        twiml.hang_up(),
    )

    theirs = VoiceResponse()
    theirs.pause(length=2)
    theirs.play("https://x.test/hold.wav", loop=0)
    theirs.record(
        action=URL,
        max_length=120,
        timeout=5,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=URL,
        recording_status_callback_event="in-progress completed absent",
        transcribe=True,
        transcribe_callback=URL,
    )
    theirs.enqueue("i1", action=URL, wait_url=URL)
    theirs.dial(action=URL).conference(
        "i1", start_conference_on_enter=False, end_conference_on_exit=False, beep="false", wait_url=""
    )
    theirs.leave()
    theirs.reject(reason="busy")
    theirs.hangup()
    assert ElementTree.canonicalize(ours) == ElementTree.canonicalize(str(theirs))
