"""What is wrong with a flow is found before anybody walks it, each with its step and a sentence."""

from dataclasses import replace

import pytest

from functions.channels import traits
from shared.domain.flow.check import faults
from shared.domain.flow.flow import Flow, Option, Step, StepKind
from tests.support.flows import WELCOME, both, option

HUMAN = Step("human", StepKind.HAND_OVER)


def found(*steps: Step, **about: object) -> list[tuple[str, str]]:
    flow = replace(Flow("any", steps), **about)  # type: ignore[arg-type]
    return [(one.step, one.sentence) for one in faults(flow, ("ko", "en"), traits().all, ("main",))]


def ask(name: str, *options: Option) -> Step:
    return Step(name, StepKind.ASK, both("What?"), options)


def say(name: str, following: str, text: str = "Hi") -> Step:
    return Step(name, StepKind.SAY, both(text), next=following)


def test_the_flow_of_the_tests_is_right() -> None:
    assert faults(WELCOME, ("ko", "en"), traits().all, ("main",)) == []


WRONG: dict[str, tuple[tuple[Step, ...], str, str]] = {
    "no step": ((), "", "no step"),
    "leads to none": ((say("a", "b"),), "a", "no step b"),
    "leads nowhere": ((say("a", ""),), "a", "leads nowhere"),
    "never reached": ((say("a", "human"), HUMAN, say("b", "human")), "b", "Nothing leads here"),
    "a circle without a question": ((say("a", "b"), say("b", "a")), "a", "No way leads from here"),
    "a circle beside the way out": (
        (Step("a", StepKind.OPEN, next="human", other="b"), say("b", "a"), HUMAN),
        "a",
        "comes back to itself",
    ),
    "a question without an exit": ((ask("a", option("again", "a")),), "a", "No way leads from here"),
    "ends before it asked": ((say("a", "b"), Step("b", StepKind.END)), "b", "before the customer was asked"),
    "a language is missing": (
        (Step("a", StepKind.SAY, {"en": "Hi"}, next="human"), HUMAN),
        "a",
        "missing in the language ko",
    ),
    "a label is missing": (
        (ask("a", Option("x", {"en": "X"}, "human")), HUMAN),
        "a",
        "missing in the language ko",
    ),
    "an intent of two words": ((replace(HUMAN, intent="my money"),), "human", "`intent` is one word"),
    "an intent of a choice": (
        (ask("a", replace(option("x", "human"), intent="Geld!")), HUMAN),
        "a",
        "`intent` is one word",
    ),
    "no choices": ((ask("a"), HUMAN), "a", "leads nowhere"),
    "one id twice": ((ask("a", option("x", "human"), option("x", "human")), HUMAN), "a", "`id` of its own"),
    "an id with blanks": ((ask("a", option("x y", "human")), HUMAN), "a", "`id` of its own"),
    "a label is a number": ((ask("a", Option("x", both("1"), "human")), HUMAN), "a", "begins with a letter"),
    "two labels are one": (
        (ask("a", Option("x", both("Yes!"), "human"), Option("y", both("yes"), "human")), HUMAN),
        "a",
        "read the same",
    ),
    "no such queue": ((replace(HUMAN, queue="vip"),), "human", "no queue vip"),
    "digits turned around": (
        (Step("a", StepKind.COLLECT, both("?"), next="human", least=9, most=4), HUMAN),
        "a",
        "fewest and the most",
    ),
    "too long for a channel": (
        (say("a", "b", "x" * 800), say("b", "c", "y" * 800), ask("c", option("x", "human")), HUMAN),
        "c",
        "too long for sms in ko",
    ),
}


@pytest.mark.parametrize("label", WRONG)
def test_a_fault_names_its_step_and_says_what_it_is(label: str) -> None:
    steps, where, sentence = WRONG[label]

    assert any(step == where and sentence in told for step, told in found(*steps)), found(*steps)


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"tries": 0}, "1 to 9"),
        ({"expires_seconds": 5}, "30 to 86400"),
        ({"channels": ("pigeon",)}, "no channel pigeon"),
    ],
)
def test_what_is_wrong_with_the_whole_flow_is_said_of_none_of_its_steps(
    about: dict[str, object], sentence: str
) -> None:
    ((step, told),) = found(HUMAN, **about)

    assert step == "" and sentence in told


def test_a_text_is_measured_on_the_channels_that_show_the_flow() -> None:
    steps = (say("a", "human", "x" * 1700), HUMAN)

    assert found(*steps) and not found(*steps, channels=("chat",))


def test_many_ways_that_meet_again_are_measured_at_once() -> None:
    """2^30 ways lead through it."""
    rows: list[Step] = []
    for n in range(30):
        rows.append(Step(f"o{n}", StepKind.OPEN, next=f"a{n}", other=f"b{n}"))
        following = f"o{n + 1}" if n < 29 else "human"
        rows += [say(f"a{n}", following, "a"), say(f"b{n}", following, "bb")]

    assert found(*rows, HUMAN) == []
