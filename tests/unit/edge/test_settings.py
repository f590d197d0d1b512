"""The environment: read late, and missing in a sentence."""

import pytest

from shared.edge.settings import Environment, Misconfigured, Variable, environment


def test_a_variable_is_read_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE_NAME", "one")
    assert environment.table_name == "one"

    monkeypatch.setenv("TABLE_NAME", "two")
    assert environment.table_name == "two"


@pytest.mark.parametrize("values", [{}, {"TABLE_NAME": ""}])
def test_a_missing_variable_is_named_with_what_it_is_for(values: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="TABLE_NAME is not set: it names the DynamoDB table"):
        _ = Environment(values).table_name


def test_a_channels_own_variables_follow_from_its_name() -> None:
    told = Environment({"OUTBOUND_SMS_QUEUE_URL": "q", "SMS_API_URL": "http://127.0.0.1:1"})

    assert (told.outbound_queue_url("sms"), told.api_url("sms")) == ("q", "http://127.0.0.1:1")
    assert told.api_url("chat") == ""
    with pytest.raises(Misconfigured, match="OUTBOUND_CHAT_QUEUE_URL"):
        told.outbound_queue_url("chat")


def test_every_variable_says_what_it_is_for() -> None:
    told = [value for value in vars(Environment).values() if isinstance(value, Variable)]

    assert told and all(value.meaning for value in told)
