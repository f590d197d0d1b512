"""One step of a flow: what was said gives words, choices and the next place, or brings a person."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from infra.twins.clock import START
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.flow.check import faults
from shared.domain.flow.flow import MOST_TURNS, Flow, Option, Step, StepKind
from shared.domain.flow.step import About, Begun, End, Pressed, Said, Stepped, Typed, Why, step
from tests.support.flows import WELCOME

OPEN = About(("en", "ko"), True, "We are open.")
CLOSED = replace(OPEN, open=False, hours="We are closed.")
START_PLACE = FlowPlace("welcome", 1, "hello", START)


def walked(*said: Said, about: About = OPEN, flow: Flow = WELCOME) -> Stepped:
    """The flow after these answers."""
    stepped = step(flow, START_PLACE, Begun(), about)
    for one in said:
        stepped = step(flow, stepped.place, one, about)
    return stepped


def test_a_flow_greets_and_asks_in_one_message() -> None:
    begun = walked()

    assert (begun.words, begun.place.step, begun.end) == ("Hello\nWhat about?", "topic", None)
    assert [choice.label for choice in begun.choices] == ["Delivery", "Card", "Hours", "Other"]


INTENTS = replace(
    WELCOME,
    steps=(
        Step(
            "hello",
            StepKind.ASK,
            {"en": "What about?"},
            (
                Option("refund", {"en": "Refund"}, "human", intent="refund"),
                Option("other", {"en": "Other"}, "more"),
            ),
            intent="unsure",
        ),
        Step("more", StepKind.SAY, {"en": "One moment."}, next="human", intent="question"),
        Step("human", StepKind.HAND_OVER),
    ),
)


@pytest.mark.parametrize(
    ("said", "intent"),
    [((), "unsure"), ((Pressed("refund"),), "refund"), ((Pressed("other"),), "question")],
)
def test_what_somebody_wants_is_what_the_last_step_or_choice_said_that_knew(
    said: tuple[Said, ...], intent: str
) -> None:
    assert walked(*said, flow=INTENTS).place.intent == intent


def test_it_speaks_the_customers_language() -> None:
    begun = walked(about=replace(OPEN, languages=("ko", "en")))

    assert begun.words == "Hello(ko)\nWhat about?(ko)"
    assert begun.choices[0].label == "Delivery(ko)"


@pytest.mark.parametrize("said", [Pressed("delivery"), Typed("1"), Typed("delivery"), Typed("1. Delivery")])
def test_a_choice_goes_on_however_it_was_made(said: Said) -> None:
    chosen = walked(said)

    assert (chosen.words, chosen.place.step) == ("Your order?", "order")
    assert [(one.step, one.value) for one in chosen.place.collected] == [("topic", "Delivery")]


@pytest.mark.parametrize("typed", ["1234", "12-34 56", "１２３４"])
def test_digits_are_collected_in_any_form(typed: str) -> None:
    handed = walked(Pressed("delivery"), Typed(typed))

    assert (handed.end, handed.why) == (End.HAND_OVER, Why.ARRIVED)
    assert handed.place.collected[-1].value.isascii() and handed.place.collected[-1].value.isdigit()


def test_masked_digits_are_so_many_stars() -> None:
    handed = walked(Pressed("card"), Typed("4111 1111 1111 1111"))

    assert handed.place.collected[-1].value == "*" * 16


def test_a_closed_centre_goes_another_way() -> None:
    assert walked(Pressed("delivery"), Typed("1234")).words == ""
    assert walked(Pressed("delivery"), Typed("1234"), about=CLOSED).words == "Nobody is here now."


def test_hours_are_told_and_a_way_leads_back() -> None:
    told = walked(Pressed("hours"))

    assert told.words == "We are open.\nAnything else?"
    assert walked(Pressed("hours"), Pressed("back")).place.step == "topic"
    assert walked(Pressed("hours"), Pressed("thanks")).end is End.SURVEY


def test_something_else_gets_the_question_again_with_a_hint_and_then_a_person() -> None:
    once, thrice = walked(Typed("what?")), walked(Typed("what?"), Typed("0"), Typed("9"))

    assert once.words == "Please choose one of these.\nWhat about?"
    assert [choice.id for choice in once.choices] == ["delivery", "card", "hours", "other"]
    assert (thrice.end, thrice.why) == (End.HAND_OVER, Why.TRIES)
    assert thrice.words == "We are passing you on to a person."


def test_tries_are_counted_for_each_question() -> None:
    stepped = walked(Typed("?"), Typed("?"), Pressed("delivery"), Typed("12"), Typed("no"))

    assert (stepped.end, stepped.place.step) == (None, "order")
    assert stepped.words.startswith("Please type 4 to 8 digits.")


def test_a_step_that_is_gone_brings_a_person() -> None:
    lost = step(WELCOME, replace(START_PLACE, step="gone"), Typed("1"), OPEN)

    assert (lost.end, lost.why) == (End.HAND_OVER, Why.BROKEN)


NAMES = [f"s{n}" for n in range(6)]
WORDS = st.fixed_dictionaries({"en": st.text("abc ", min_size=1, max_size=6).filter(str.strip)})


def options(following: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Option, ...]]:
    return st.lists(following, min_size=1, max_size=4).map(
        lambda ways: tuple(Option(f"o{n}", {"en": "ox"[n % 2] + "y" * n}, way) for n, way in enumerate(ways))
    )


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Any flow of a few steps that lead to each other; the last one hands over. Many are refused."""
    names = NAMES[: draw(st.integers(1, 4))]
    following, steps = st.sampled_from([*names, "last"]), [Step("last", StepKind.HAND_OVER)]
    for name in reversed(names):
        kind = draw(
            st.sampled_from((StepKind.ASK, StepKind.COLLECT, StepKind.OPEN, StepKind.SAY, StepKind.END))
        )
        asks = kind is StepKind.ASK
        steps.append(
            Step(
                name,
                kind,
                draw(WORDS),
                draw(options(following)) if asks else (),
                "" if asks else draw(following),
                draw(following) if kind is StepKind.OPEN else "",
                masked=draw(st.booleans()),
            )
        )
    return Flow("any", tuple(reversed(steps)), tries=draw(st.integers(1, 4)))


SAID = st.one_of(
    st.builds(Typed, st.one_of(st.text(max_size=12), st.sampled_from(["1", "2", "3", "4444", "o"]))),
    st.builds(Pressed, st.sampled_from(["o0", "o1", "o2", "none"])),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
@given(flows(), st.lists(SAID, min_size=MOST_TURNS + 1, max_size=MOST_TURNS + 1), st.booleans())
def test_whatever_is_said_a_flow_that_was_accepted_speaks_or_ends(
    flow: Flow, answers: list[Said], open_now: bool
) -> None:
    assume(not faults(flow, ("en",), (), ("main",)))
    about = replace(OPEN, languages=("en",), open=open_now)
    stepped = step(flow, replace(START_PLACE, flow="any", step=flow.steps[0].name), Begun(), about)
    turns = 0

    while stepped.end is None:
        assert stepped.words
        stepped = step(flow, stepped.place, answers[turns], about)
        turns += 1

    assert turns <= MOST_TURNS + 1
    assert stepped.why is not Why.BROKEN


@given(st.lists(SAID, max_size=40))
def test_a_masked_answer_is_in_no_place_of_the_flow(answers: list[Said]) -> None:
    secret = "4929000000006781"
    stepped = walked(Pressed("card"))

    for one in (*answers[:2], Typed(secret)):
        stepped = step(WELCOME, stepped.place, one, OPEN) if stepped.end is None else stepped

    assert secret not in repr(stepped)
