"""The template as a whole: what cfn-lint says, and that it fits the code beside it."""

import importlib

import pytest

from functions import channels
from infra.local.health import handlers_without_code
from infra.opinions import accepted, lint
from infra.opinions.finding import left
from tests.support.template import APIS, FUNCTIONS, block_of, events, named, properties, resources, template


def test_cfn_lint_has_nothing_to_say() -> None:
    assert left(lint.look(), accepted.LINT) == ()


def test_every_handler_is_there() -> None:
    assert handlers_without_code() == []


def test_what_belongs_to_a_channel_is_absent_while_the_channel_is_off() -> None:
    conditions = template()["Conditions"]
    for channel in channels.names():
        on = f"{block_of(channel)}On"
        theirs = [one for name, one in resources().items() if name.startswith(block_of(channel))]

        assert len(theirs) >= 10
        for condition in {one.get("Condition") for one in theirs}:
            assert condition == on or {"Condition": on} in conditions[condition]["Fn::And"]


@pytest.mark.parametrize("name", sorted(APIS))
def test_the_template_has_the_routes_of_the_chalice_app(name: str) -> None:
    handler = APIS[name]["Properties"]["Handler"].rpartition(".")[0]
    in_template = {
        (event["Properties"]["Path"], event["Properties"]["Method"].upper())
        for event in events(APIS[name])
        if event["Type"] == "Api"
    }

    app = importlib.import_module(handler).api.app

    assert {(path, method) for path, methods in app.routes.items() for method in methods} == in_template
    assert len(in_template) <= 40


def test_every_function_has_a_log_group_that_ends() -> None:
    for name, function in FUNCTIONS.items():
        (group,) = named(function["Properties"]["LoggingConfig"]["LogGroup"])
        assert properties(group)["RetentionInDays"], name
        assert template()["Resources"][group].get("Condition") == function.get("Condition"), name
