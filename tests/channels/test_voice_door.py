"""Calls at the door: the menu is spoken by its own rules, and the router hears of each word once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from xml.etree import ElementTree

import pytest
from twilio.twiml.voice_response import VoiceResponse

from functions.channels import traits
from functions.channels.voice import answering
from infra.flow_file import Place, read_flow
from infra.twins.world import World
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.channel.arrival import Ignored, SurveyAnswer
from shared.domain.channel.call_place import CallPlace, sign
from shared.domain.channel.calling import CallBegan, Keyed, LeftWord, LegHeard, Transcribed
from shared.domain.customer.call import LegState
from shared.domain.errors import TryAgain
from shared.domain.flow.flow import Flow, Step, StepKind
from shared.edge.wiring import Ports
from tests.support.at_the_door import CALLER, AtTheDoor, address, place_of
from tests.support.flows import WELCOME, both, option
from tests.support.line import Line
from tests.support.webhooks import PUBLIC_URL, SECRET, TOKEN

SHIPPED = read_flow(Path("flows/welcome.yaml"), Place(("ko", "en"), traits().all, ("main",)))
ENGLISH = Centre(languages=("en", "ko"))
LOST = "Sorry, we lost our place. Let us start again."


@pytest.fixture
def door(world: World, monkeypatch: pytest.MonkeyPatch) -> AtTheDoor:
    return AtTheDoor(world, monkeypatch, WELCOME, ENGLISH)


def action(line: Line) -> str:
    assert line._verb is not None
    return line._verb.get("action", "")


def gather(line: Line) -> dict[str, str]:
    assert line.at == "gather" and line._verb is not None
    return dict(line._verb.attrib)


def test_a_caller_hears_the_menu_that_is_shipped_in_korean(door: AtTheDoor) -> None:
    door.settle(Centre(), SHIPPED)

    line = door.ring()

    assert line.heard == [
        "안녕하세요. Patchbay입니다. 무엇을 도와드릴까요?",
        "배송은 1번. 환불은 2번. 상담 시간은 3번. 상담원 연결은 4번.",
    ]
    told = gather(line)
    assert (told["input"], told["language"], told["numDigits"]) == ("dtmf speech", "ko-KR", "1")
    assert told["hints"] == "배송,환불,상담 시간,상담원 연결" and told["actionOnEmptyResult"] == "true"
    assert door.said == [CallBegan(line.sid)]


def test_opening_hours_are_told_and_the_menu_comes_again(door: AtTheDoor) -> None:
    door.settle(Centre(), SHIPPED)
    line = door.ring()

    line.speak("상담 시간.")
    line.press("1")

    assert line.heard[2] == "지금 상담 시간입니다. 더 도와드릴까요?"
    assert line.heard[-2] == "무엇을 도와드릴까요?"


def test_a_key_leads_on_and_the_router_gets_the_place_it_was_pressed_at(door: AtTheDoor) -> None:
    line = door.ring()
    asked = place_of(action(line))

    line.press("1")

    assert line.heard[-1] == "Your order?"
    assert door.said[1:] == [Keyed(line.sid, asked.flow, "1", "en")]  # type: ignore[arg-type]
    told = gather(line)
    assert (told["numDigits"], told["finishOnKey"], told["input"]) == ("8", "#", "dtmf speech")


def test_spoken_words_are_meant_as_typed_ones_are(door: AtTheDoor) -> None:
    line = door.ring()

    line.speak("Delivery.")

    assert line.heard[-1] == "Your order?"


@pytest.mark.parametrize("answer", [{"Digits": ""}, {"Digits": "9"}, {"SpeechResult": "what?"}, {}])
def test_after_three_answers_that_were_none_a_person_comes(door: AtTheDoor, answer: dict[str, str]) -> None:
    line = door.ring()

    for _ in range(3):
        assert line.at == "gather"
        line.follow(action(line), answer)

    assert line.heard[2].startswith("Please choose one of these. What about?")
    assert line.at == "enqueue" and "We are passing you on to a person." in line.heard
    assert len([said for said in door.said if isinstance(said, Keyed)]) == 3


def test_masked_digits_are_stars_before_they_are_enqueued(door: AtTheDoor, log: Any) -> None:
    line = door.ring()
    line.press("2")
    assert gather(line)["input"] == "dtmf"

    line.press("4929123412341234")

    assert line.at == "enqueue"
    keyed = door.said[-1]
    assert isinstance(keyed, Keyed) and keyed.text == "*" * 16
    left = repr(door.world.inbox.events) + "".join(door.documents) + log.getvalue()
    assert "4929123412341234" not in left


def test_a_card_number_that_is_said_where_none_was_asked_for_is_masked_as_everywhere(door: AtTheDoor) -> None:
    line = door.ring()

    line.speak("4111 1111 1111 1111")

    assert "4111" not in repr(door.world.inbox.events)


def test_hash_alone_is_an_empty_answer(door: AtTheDoor) -> None:
    line = door.ring()

    line.press("")

    assert line.heard[2] == "Please choose one of these. What about?"


def test_a_repeated_request_gets_the_same_document_and_is_one_event(door: AtTheDoor) -> None:
    line = door.ring()
    asked = door.request(action(line), line.sid, {"Digits": "1"})

    first, second = door.asks(asked), door.asks(replace(asked, id="again"))

    assert first.body == second.body
    names = [raw.event_id for raw in door.world.inbox.events[1:]]
    assert len(names) == 2 and len(set(names)) == 1


def test_a_menu_of_ten_takes_two_keys(door: AtTheDoor) -> None:
    many = tuple(option(f"c{chr(97 + n)}", "human") for n in range(12))
    steps = (Step("topic", StepKind.ASK, both("What?"), many), Step("human", StepKind.HAND_OVER))
    door.settle(ENGLISH, Flow("many", steps))

    line = door.ring()
    told = gather(line)
    line.press("12")

    assert told["numDigits"] == "2" and "For Cl, press 12." in line.heard[1]
    assert line.at == "enqueue"


LANGUAGES = Flow(
    "phone",
    (
        Step("tongue", StepKind.LANGUAGE, {"ko": "한국어", "en": "English"}, next="topic"),
        Step("topic", StepKind.ASK, both("What?"), (option("person", "human"), option("word", "word"))),
        Step("word", StepKind.VOICEMAIL),
        Step("human", StepKind.HAND_OVER),
    ),
)


def test_the_flow_asks_for_the_language_in_each_and_goes_on_in_the_one_that_was_chosen(
    door: AtTheDoor,
) -> None:
    door.settle(Centre(), LANGUAGES)
    line = door.ring()
    spoken = ElementTree.fromstring(door.documents[-1])  # noqa: S314  # our own words
    says = [(one.get("language"), one.text) for one in spoken.iter("Say")]
    heard_by_keys = gather(line)["input"]

    line.press("2")

    assert says == [("ko-KR", "한국어는 1번."), ("en-US", "For English, press 2.")]
    assert heard_by_keys == "dtmf"
    assert line.heard[-2:] == ["What?", "For Person, press 1. For Word, press 2."]
    assert gather(line)["language"] == "en-US" and place_of(action(line)).language == "en"


@pytest.mark.parametrize("transcribe", [False, True])
def test_a_caller_leaves_word_after_a_tone(door: AtTheDoor, transcribe: bool) -> None:
    door.settle(Centre(calls=Calls(transcribe=transcribe)), LANGUAGES)
    line = door.ring()
    line.press("2")
    line.press("2")
    record = line._verb
    assert line.at == "record" and record is not None
    assert record.get("maxLength") == "120" and ("transcribeCallback" in record.attrib) is transcribe

    line.leaves_word(12)

    word = next(said for said in door.said if isinstance(said, LeftWord))
    assert (word.sid, word.seconds, word.part.type) == (line.sid, 12, "audio/wav")
    assert word.part.source.endswith(".wav")
    assert line.heard[-1] == "Thank you for your message. We will get back to you. Goodbye."
    assert [said for said in door.said if isinstance(said, LeftWord)] == [word]


def test_the_words_of_a_voicemail_are_told_with_its_recording(door: AtTheDoor) -> None:
    told = {"TranscriptionSid": "TR1", "RecordingSid": "RE1", "TranscriptionStatus": "completed"}
    url = address(CallPlace("text", door.world.clock(), "CA1", CALLER), "/webhooks/voice/status")

    for status in ("completed", "failed"):
        more = {"TranscriptionText": "Call me", "TranscriptionStatus": status}
        door.asks(door.request(url, "CA1", told | more))

    assert door.said == [Transcribed("RE1", "Call me"), Transcribed("RE1", "")]


def test_who_says_nothing_after_the_tone_hears_so(door: AtTheDoor) -> None:
    door.settle(Centre(), LANGUAGES)
    line = door.ring()
    line.press("2")
    line.press("2")

    spoken = ElementTree.fromstring(door.documents[-1])  # noqa: S314  # our own words

    assert [one.tag for one in spoken] == ["Say", "Record", "Say", "Hangup"]


def test_a_flow_that_ends_says_goodbye_or_asks_for_a_score(door: AtTheDoor) -> None:
    line = door.ring()
    line.press("3")
    line.press("2")
    assert line.heard[-1] == "How did we do? Please press a number from 1 for poor to 5 for great."

    line.press("7")
    hint = line.heard[-1]
    line.press("5")

    assert hint == "Please press one number from 1 to 5."
    assert line.status == "completed" and line.heard[-1] == "Thank you for your answer. Goodbye."
    assert SurveyAnswer(5) in door.said and len(door.said) == 5


def test_a_score_is_not_asked_for_for_ever(door: AtTheDoor) -> None:
    line = door.ring()
    line.press("3")
    line.press("2")

    for _ in range(3):
        line.stays_silent()

    assert line.status == "completed" and not any(isinstance(said, SurveyAnswer) for said in door.said)


def test_without_a_menu_the_caller_waits_at_once(door: AtTheDoor) -> None:
    door.settle(Centre())

    line = door.ring()

    assert line.at == "enqueue" and line.heard == ["잠시만 기다려 주세요.", f"{PUBLIC_URL}/hold.wav"]


def test_a_menu_for_other_channels_does_not_talk_on_the_phone(door: AtTheDoor) -> None:
    door.settle(ENGLISH, replace(WELCOME, channels=("chat",)))

    assert door.ring().at == "enqueue"


def test_whoever_is_called_back_by_the_menu_need_not_stay(door: AtTheDoor) -> None:
    steps = (replace(WELCOME.steps[-1], words=both("Thank you."), callback=True),)
    door.settle(ENGLISH, Flow("calls", steps))

    promised, withheld = door.ring("+821055500101"), door.ring("anonymous")

    assert promised.status == "completed"
    assert promised.heard == [
        "Thank you. We will call the number ending in 0101 when it is your turn. You need not wait here."
    ]
    assert withheld.at == "enqueue"


# ---------------------------------------------------------------- tokens


def lost_tokens(door: AtTheDoor, line: Line) -> dict[str, str]:
    right, now = place_of(action(line)), door.world.clock()
    good = sign(right, "another key")
    return {
        "of another call": address(replace(right, sid="CA9")),
        "expired": address(replace(right, until=now)),
        "of another key": f"{PUBLIC_URL}/webhooks/voice?t={good}",
        "altered": action(line)[:-1] + ("a" if action(line)[-1] != "a" else "b"),
        "of the other door": address(replace(right, what="leg")),
        "none at all": f"{PUBLIC_URL}/webhooks/voice?t=x",
    }


@pytest.mark.parametrize(
    "label",
    ["of another call", "expired", "of another key", "altered", "of the other door", "none at all"],
)
def test_a_token_that_is_no_good_gets_a_sentence_and_the_beginning_of_the_menu(
    door: AtTheDoor, label: str
) -> None:
    line = door.ring()
    line.press("2")

    line.follow(lost_tokens(door, line)[label], {"Digits": "4929123412341234"})

    assert line.heard[-3:-1] == [LOST, "Hello What about?"]
    place = place_of(action(line))
    assert place.flow and (place.flow.step, place.flow.turns, place.sid) == ("topic", 0, line.sid)
    assert door.said[-1] == CallBegan(line.sid)
    first, last = door.world.inbox.events[0], door.world.inbox.events[-1]
    assert first.event_id == last.event_id, "the router has had it"
    assert "4929" not in repr(door.world.inbox.events)


def test_a_token_without_a_menu_in_it_gets_a_person(door: AtTheDoor) -> None:
    line = door.ring()
    place = replace(place_of(action(line)), flow=None)

    line.follow(address(place), {"Digits": "1"})

    assert line.at == "enqueue"


def test_a_lost_place_in_the_queue_leads_out_of_it(door: AtTheDoor) -> None:
    line = door.ring()

    answer = door.tells(f"{PUBLIC_URL}/webhooks/voice?t=x", line, {"QueuePosition": "1"})

    spoken = ElementTree.fromstring(answer.body)  # noqa: S314  # our own words
    assert [one.tag for one in spoken] == ["Say", "Leave"]


def test_a_line_that_we_dialled_and_whose_token_is_lost_ends_with_a_sentence(door: AtTheDoor) -> None:
    asked = door.request("/webhooks/voice?t=x", "CA9", {}, direction="outbound-api")

    spoken = ElementTree.fromstring(door.asks(asked).body)  # noqa: S314  # our own words

    assert [one.tag for one in spoken] == ["Say", "Hangup"] and not door.world.inbox.events


def test_a_token_of_the_auth_token_before_still_holds(door: AtTheDoor) -> None:
    line = door.ring()
    changed = SECRET | {"auth_token": "new", "previous_auth_token": TOKEN}
    door.world.secrets.rotate("carrier", changed)
    line.press("1")

    assert line.heard[-1] == "Your order?"


# ---------------------------------------------------------------- trouble


def test_a_request_with_the_wrong_proof_is_401_and_leaves_nothing(door: AtTheDoor) -> None:
    asked = door.request("/webhooks/voice", "CA1", {})

    answer = door.asks(replace(asked, headers=dict(asked.headers) | {"x-twilio-signature": "x"}))

    assert answer.status == 401 and not door.world.inbox.events


def away(seconds: float, work: Any) -> Any:
    raise TryAgain("the table did not answer")


def test_without_a_table_fixed_words_are_said_in_both_languages_and_word_is_taken(
    door: AtTheDoor, log: Any
) -> None:
    line = door.ring()
    door.world.within = away
    door.settle(ENGLISH, WELCOME)

    line.press("1")

    assert line.at == "record"
    assert line.heard[2:4] == [
        "죄송합니다. 지금은 연결해 드릴 수 없습니다.",
        "Sorry, we cannot put you through right now.",
    ]
    assert isinstance(door.said[-1], Keyed), "what was pressed is not lost"
    assert "call_answered_alone" in log.getvalue()
    line.leaves_word()
    assert any(isinstance(said, LeftWord) for said in door.said)


def test_a_table_that_is_slow_is_waited_for_a_second_and_a_half(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.within = Ports.within
    monkeypatch.setattr(answering, "PATIENCE", 0.05)
    door, never = AtTheDoor(world, monkeypatch, WELCOME, ENGLISH), Event()
    monkeypatch.setattr(world.settings, "centre", lambda: never.wait(5))
    began = monotonic()

    line = door.ring()

    assert line.at == "record" and monotonic() - began < 2
    never.set()


def test_a_bug_of_ours_is_heard_as_a_sentence_and_logged_without_words(
    door: AtTheDoor, log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "about_call", lambda language, now: 1 / 0)

    assert door.ring().at == "record"
    assert "call_answered_alone" in log.getvalue() and CALLER not in log.getvalue()


def test_the_room_that_is_empty_ends_with_a_goodbye(door: AtTheDoor) -> None:
    place = CallPlace("after", door.world.clock() + timedelta(hours=1), "CA1", CALLER, language="en")

    spoken = door.asks(door.request(address(place), "CA1", {"DialCallStatus": "completed"})).body

    found = ElementTree.fromstring(spoken)  # noqa: S314  # our own words
    assert [one.tag for one in found] == ["Say", "Pause", "Hangup"] and not door.world.inbox.events


def hung_up(door: AtTheDoor) -> list[object]:
    return [said for said in door.said if isinstance(said, LegHeard)]


@pytest.mark.parametrize("keys", [(), ("1",), ("1", "4444"), ("2",), ("3",), ("3", "2"), ("4",)])
def test_a_hang_up_at_any_step_is_told_once_even_where_it_comes_twice(
    door: AtTheDoor, keys: tuple[str, ...]
) -> None:
    line = door.ring()
    for one in keys:
        line.press(one)

    line.hang_up(twice=True)

    gone = LegHeard("", line.sid, LegState.ENDED, 0, "", 30)
    assert hung_up(door) == [gone, gone]
    events = [raw.event_id for raw in door.world.inbox.events if ":status:" in raw.event_id]
    assert len(set(events)) == 1
    assert len({raw.group for raw in door.world.inbox.events}) == 1, "one call, one order"


@pytest.mark.parametrize("number", ["anonymous", "sip:ana@example.test", "client:ana", "+821055500101"])
def test_whoever_calls_is_greeted(door: AtTheDoor, number: str) -> None:
    line = door.ring(number)

    line.press("4")

    assert line.at == "enqueue"
    (way,) = {word.way for word in door.words if not isinstance(word, Ignored)}
    assert (way.reply_to, way.thread) == (number, line.sid)
    named = f"withheld-{line.sid}" if number == "anonymous" else number
    assert way.address.value == named


def test_what_is_said_is_read_by_the_carriers_own_library(door: AtTheDoor) -> None:
    """Every verb and attribute that we say is one that it knows how to write."""
    line = door.ring()
    for keys in ("3", "1", "4"):
        line.press(keys)

    known = {one for one in dir(VoiceResponse) if not one.startswith("_")}
    for written in door.documents:
        for verb in ElementTree.fromstring(written):  # noqa: S314  # our own words
            assert {"Hangup": "hangup"}.get(verb.tag, verb.tag.lower()) in known
