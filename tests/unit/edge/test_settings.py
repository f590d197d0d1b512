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


def test_a_channels_queue_is_found_by_its_name() -> None:
    told = Environment({"OUTBOUND_QUEUE_PREFIX": "http://sqs/1/centre-outbound-"})

    assert told.outbound_queue_url("sms") == "http://sqs/1/centre-outbound-sms.fifo"


def test_a_function_is_told_the_secret_and_the_provider_of_its_channel() -> None:
    told = Environment({"CHANNEL_SECRET_ID": "s", "CHANNEL_API_URL": "http://127.0.0.1:1"})

    assert (told.secret_id("sms"), told.api_url("sms")) == ("s", "http://127.0.0.1:1")
    assert Environment({}).api_url("sms") == ""
    with pytest.raises(Misconfigured, match="the secret of the channel sms"):
        Environment({}).secret_id("sms")


def test_every_variable_says_what_it_is_for() -> None:
    told = [value for value in vars(Environment).values() if isinstance(value, Variable)]

    assert told and all(value.meaning for value in told)
