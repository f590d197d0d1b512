"""A flow on the phone: the caller chooses a language, may leave word, and masked digits come as stars."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.channels import traits
from infra.flow_show import shown
from infra.twins.clock import START
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.flow.check import faults
from shared.domain.flow.flow import Flow, Step, StepKind
from shared.domain.flow.step import About, Begun, End, Said, Stepped, Typed, Why, step
from tests.support.flows import both, option

WRITTEN = About(("ko", "en"), True, "열려 있습니다.")
CALLED = replace(WRITTEN, calls=True, hours_in={"ko": "열려 있습니다.", "en": "We are open."})
NAMES = {"ko": "한국어", "en": "English"}
PHONE = Flow(
    "phone",
    (
        Step("hello", StepKind.SAY, both("Hello"), next="tongue"),
        Step("tongue", StepKind.LANGUAGE, NAMES, next="hours"),
        Step("hours", StepKind.INFORM, next="topic"),
        Step("topic", StepKind.ASK, both("What about?"), (option("card", "number"), option("word", "bye"))),
        Step("number", StepKind.COLLECT, both("Your card?"), next="human", least=4, most=8, masked=True),
        Step("bye", StepKind.SAY, both("After the tone."), next="word"),
        Step("word", StepKind.VOICEMAIL, queue="main"),
        Step("human", StepKind.HAND_OVER),
    ),
)
BEGIN = FlowPlace("phone", 1, "hello", START)


def walked(*said: Said, about: About = CALLED, flow: Flow = PHONE) -> Stepped:
    stepped = step(flow, BEGIN, Begun(), about)
    for one in said:
        stepped = step(flow, stepped.place, one, about)
    return stepped


def test_the_flow_of_this_page_is_right_and_is_shown_as_it_is_written() -> None:
    assert faults(PHONE, ("ko", "en"), traits().all, ("main",)) == []
    steps = shown(PHONE)["steps"]
    assert steps["tongue"] == {"language": NAMES, "next": "hours"}
    assert steps["word"] == {"voicemail": "main"}


def test_a_caller_is_asked_for_the_language_by_each_languages_own_name() -> None:
    begun = walked()

    assert (begun.words, begun.place.step, begun.end) == ("Hello(ko)", "tongue", None)
    assert [(one.id, one.label) for one in begun.choices] == [("ko", "한국어"), ("en", "English")]


@pytest.mark.parametrize("said", ["2", "English", "english."])
def test_the_language_that_was_chosen_is_spoken_from_then_on(said: str) -> None:
    asked = walked(Typed(said))

    assert (asked.words, asked.place.language, asked.chosen) == ("We are open.\nWhat about?", "en", "en")
    assert asked.choices[0].label == "Card"
    assert walked(Typed(said), Typed("9")).words == "Please choose one of these.\nWhat about?"


def test_a_language_that_is_not_offered_is_asked_for_again_and_then_a_person_comes() -> None:
    once, thrice = walked(Typed("3")), walked(*[Typed("")] * 3)

    assert (once.words, once.place.language) == ("아래에서 하나를 골라 주세요.", "")
    assert (thrice.end, thrice.why) == (End.HAND_OVER, Why.TRIES)


def test_whoever_writes_passes_the_language_by() -> None:
    written = walked(about=WRITTEN)

    assert written.words == "Hello(ko)\n열려 있습니다.\nWhat about?(ko)"


def test_a_caller_leaves_word_where_whoever_writes_gets_a_person() -> None:
    called, written = walked(Typed("2"), Typed("2")), walked(Typed("2"), about=WRITTEN)

    assert (called.end, called.queue, called.words) == (End.VOICEMAIL, "main", "After the tone.")
    assert (written.end, written.queue, written.words) == (End.HAND_OVER, "main", "After the tone.(ko)")


@given(st.text("0123456789 -#*", max_size=12))
def test_masked_digits_lead_where_the_digits_themselves_would_have_led(digits: str) -> None:
    asked = walked(Typed("1"), Typed("1"))
    stars = "".join("*" if c.isdigit() else c for c in digits)

    told, masked = (step(PHONE, asked.place, Typed(text), CALLED) for text in (digits, stars))

    assert told == masked


def wrong(*steps: Step) -> list[str]:
    flow = Flow("any", (*steps, Step("human", StepKind.HAND_OVER)))
    return [one.sentence for one in faults(flow, ("ko", "en"), traits().all, ("main",))]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"ko": "한국어"}, "missing in the language en"),
        (NAMES | {"fr": "Français"}, "fr is no language of the centre"),
        ({"ko": "English", "en": "english"}, "read the same"),
        ({"ko": "1 한국어", "en": "English"}, "begins with a letter"),
    ],
)
def test_a_language_step_names_the_languages_of_the_centre(names: dict[str, str], sentence: str) -> None:
    (said, *_) = wrong(Step("tongue", StepKind.LANGUAGE, names, next="human"))

    assert sentence in said


def test_a_call_may_lead_to_a_voicemail_at_once_for_a_person_hears_of_it() -> None:
    closed = Step("door", StepKind.OPEN, next="human", other="word")

    assert wrong(closed, Step("word", StepKind.VOICEMAIL)) == []


def test_a_language_step_stops_nobody_who_writes_so_it_breaks_no_circle() -> None:
    first = Step("door", StepKind.OPEN, next="human", other="tongue")
    circle = Step("tongue", StepKind.LANGUAGE, NAMES, next="door")

    assert any("would never stop" in sentence for sentence in wrong(first, circle))
