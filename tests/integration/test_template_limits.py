"""House rules of the template: numbers that AWS holds a deployment to, and the embedded AWS does not."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.template import STACKS, TEMPLATE, written
from tests.support.template import (
    FUNCTIONS,
    QUEUES,
    SOURCES,
    Resource,
    events,
    named,
    properties,
    resources,
    template,
)
from tests.support.transformed import transformed

FILES = {path.name: path for path in (TEMPLATE, *STACKS)}
KILOBYTE = 1024
LONG = "x" * 80  # an ARN or an address as long as ours become
USUAL_TIMEOUT = 20


@pytest.mark.parametrize("file", FILES)
def test_a_template_is_small_enough_for_cloudformation(file: str) -> None:
    made = transformed(written(FILES[file]))

    assert len(made["Resources"]) <= 500
    assert len(made["Parameters"]) <= 200
    assert len(made["Outputs"]) <= 200
    assert len(json.dumps(made)) <= 1000 * KILOBYTE
    assert FILES[file].stat().st_size <= 1000 * KILOBYTE


@pytest.mark.parametrize("file", FILES)
def test_the_inline_policies_of_a_role_are_not_too_long(file: str) -> None:
    for name, one in transformed(written(FILES[file]))["Resources"].items():
        if one["Type"] == "AWS::IAM::Role":
            policies = [policy["PolicyDocument"] for policy in one["Properties"].get("Policies", ())]
            assert len(filled(policies)) <= 10_240, name
            assert len(one["Properties"].get("ManagedPolicyArns", ())) <= 10, name


def filled(value: Any) -> str:
    """As JSON without spaces, each reference as long as what it stands for."""
    text = json.dumps(value, separators=(",", ":"))
    text = re.sub(r'\{"(?:Ref|Fn::GetAtt|Fn::Sub)":(?:"[^"]*"|\[[^\]]*\])\}', f'"{LONG}"', text)
    return re.sub(r"\$\{[^}]*\}", LONG, text)


def test_the_variables_of_a_function_stay_under_four_kilobytes() -> None:
    usual = template()["Globals"]["Function"]["Environment"]["Variables"]

    for name, one in FUNCTIONS.items():
        told = usual | one["Properties"].get("Environment", {}).get("Variables", {})
        assert len(filled(told)) <= 4 * KILOBYTE, name
        assert not [key for key in told if key.startswith(("AWS_", "LAMBDA_"))], "Lambda's own"


def of_queues() -> Iterator[tuple[str, dict[str, Any], Resource, int]]:
    """Each source of a queue, with the queue and its function's timeout."""
    for name, source in SOURCES.items():
        queue, function = (
            next(named(source["Properties"][key])) for key in ("EventSourceArn", "FunctionName")
        )
        if queue in QUEUES:
            usual = template()["Globals"]["Function"]["Timeout"]
            yield (
                name,
                source["Properties"],
                QUEUES[queue]["Properties"],
                properties(function).get("Timeout", usual),
            )


def window(source: dict[str, Any]) -> int:
    told = source.get("MaximumBatchingWindowInSeconds", 0)
    return int(told["Fn::If"][1] if isinstance(told, dict) else told)


def test_a_source_takes_batches_as_lambda_allows_them() -> None:
    for name, source, queue, _ in of_queues():
        if queue.get("FifoQueue"):
            assert source["BatchSize"] <= 10, f"{name}: a FIFO queue gives ten at most"
            assert not window(source), f"{name}: a FIFO queue knows no window"
        elif source["BatchSize"] > 10:
            assert window(source) >= 1, f"{name}: more than ten need a window"


def test_what_was_written_is_findable_within_two_minutes() -> None:
    """The longest that the indexer waits for more, and the longest that it may run."""
    of_texts = [(source, most) for name, source, _, most in of_queues() if name == "TextIndexerSource"]
    ((source, timeout),) = of_texts

    assert window(source) + timeout <= 120


# A pool is looked at by one function at a time: hidden for six runs, its wakes would stop it for a minute
# after a crash. Every wake is a hint, and the sweep of the minute repeats it, so one may end in dead letters.
HINTS = {"AssignerSource"}


def test_a_message_stays_hidden_for_six_runs_and_the_window() -> None:
    for name, source, queue, timeout in of_queues():
        if name not in HINTS:
            assert queue["VisibilityTimeout"] >= 6 * timeout + window(source), name


def test_a_hint_stays_hidden_for_as_long_as_a_look_may_take() -> None:
    looks = {name: (queue, timeout) for name, _, queue, timeout in of_queues() if name in HINTS}

    assert set(looks) == HINTS
    for queue, timeout in looks.values():
        assert timeout < queue["VisibilityTimeout"] <= 2 * timeout


def test_a_source_has_between_two_and_a_thousand_at_once() -> None:
    for name, source, _, _ in of_queues():
        assert 2 <= source["ScalingConfig"]["MaximumConcurrency"] <= 1000, name


def test_a_streams_reader_keeps_to_lambdas_numbers() -> None:
    for name, source in SOURCES.items():
        told = source["Properties"]
        filters = told.get("FilterCriteria", {}).get("Filters", [])
        assert len(filters) <= 5, name
        assert all(json.loads(one["Pattern"]) and len(one["Pattern"]) <= 4096 for one in filters), name
        if "MaximumRecordAgeInSeconds" in told:
            assert 60 <= told["MaximumRecordAgeInSeconds"] <= 604_800, name
        assert -1 <= told.get("MaximumRetryAttempts", -1) <= 10_000, name


def test_what_may_be_tried_again_keeps_to_its_numbers() -> None:
    for name, one in FUNCTIONS.items():
        for event in events(one):
            if event["Type"] == "ScheduleV2":
                retry = event["Properties"]["RetryPolicy"]
                assert 60 <= retry["MaximumEventAgeInSeconds"] <= 86_400, name
                assert retry["MaximumRetryAttempts"] <= 185, name
        again = one["Properties"].get("EventInvokeConfig", {})
        assert again.get("MaximumRetryAttempts", 2) <= 2, name
        assert 60 <= again.get("MaximumEventAgeInSeconds", 60) <= 21_600, name


def test_dead_letters_of_rules_schedules_and_functions_go_to_plain_queues() -> None:
    """None of the three can write to a FIFO queue."""
    told = [one["Properties"]["Targets"] for one in resources("AWS::Events::Rule").values()]
    told += [one["Properties"].get("Events", {}) for one in FUNCTIONS.values()]
    told += [one["Properties"].get("EventInvokeConfig", {}) for one in FUNCTIONS.values()]

    written_to = {name for name in named(told) if name in QUEUES}

    assert len(written_to) >= 4
    assert not [name for name in written_to if properties(name).get("FifoQueue")]


def test_who_is_waited_for_by_an_api_answers_before_it_gives_up() -> None:
    """REST APIs wait 29 seconds, HTTP APIs 30, sockets 29."""
    integrated = {
        name
        for one in resources("AWS::ApiGatewayV2::Integration").values()
        for name in named(one["Properties"]["IntegrationUri"])
    }
    waited_for = {
        n for n, one in FUNCTIONS.items() if any(e["Type"] == "Api" for e in events(one))
    } | integrated

    assert len(waited_for & set(FUNCTIONS)) >= 7
    for name in waited_for & set(FUNCTIONS):
        assert properties(name).get("Timeout", USUAL_TIMEOUT) <= 28, name
