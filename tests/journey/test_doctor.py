"""`patchbay doctor --stack` on a centre that runs: what it says, and what it leaves behind."""

import json
import os
import re
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import pytest

from infra.cli import alarms, passage, roles
from infra.cli.commands import doctor
from infra.cli.functions import functions
from infra.cli.place import Place, deployed
from infra.local.centre import Centre
from infra.local.deploy import deploy
from shared.adapters import clients

pytestmark = pytest.mark.embedded


@pytest.fixture
def place(centre: Centre) -> Iterator[Place]:
    """As on AWS: found by its name. A command changes the environment, which the next test has anew."""
    before = dict(os.environ)
    clients.reset()
    os.environ["AWS_ENDPOINT_URL"] = centre.endpoint
    yield deployed(centre.stack)
    os.environ.clear()
    os.environ.update(before)
    clients.reset()


def rows(centre: Centre) -> set[str]:
    pages = centre.client("dynamodb").get_paginator("scan").paginate(TableName=centre.outputs["TableName"])
    return {f"{item['pk']['S']} {item['sk']['S']}" for page in pages for item in page["Items"]}


def test_every_role_may_do_its_transactions_and_nothing_is_written_by_trying(
    centre: Centre, place: Place
) -> None:
    (said,) = roles.of_stack(place)

    assert re.fullmatch(r"roles: (\d+) tried a transaction over all their partitions, \1 may", said.text)
    assert not [row for row in rows(centre) if "self-check" in row.lower()]


def test_a_function_says_which_partition_it_was_denied(place: Place) -> None:
    (survey,) = [one for one in functions(place) if one.name == "SurveyDispatcher"]

    tried = roles.tried(place, survey, {"PutItem": ["CUST#*", "TICKET#*"], "DeleteItem": ["POOL#*"]})

    assert (tried.together, tried.foreign) == ("denied", "denied")
    assert tried.denied == ("PutItem TICKET#*", "DeleteItem POOL#*")


def test_a_message_is_sent_through_and_wakes_nobody(centre: Centre, place: Place) -> None:
    before = rows(centre)

    told = [said.text for said in passage.through(place)]

    arrived = r"message: (\w+) accepted, in the ledger as ignored: self_check \(\d+\.\d s\)"
    found = [re.fullmatch(arrived, text) for text in told]
    assert [one and one[1] for one in found] == ["sms", "voice"], told
    new = {row.split("#")[0] for row in rows(centre) - before}
    assert {"RCPT", "LEDGER"} <= new
    assert not [row for row in rows(centre) if "patchbay-doctor" in row]
    assert not {"CUST", "ADDR", "POOL"} & new


def test_an_alarm_that_rings_is_named_with_its_page_of_the_runbook(centre: Centre, place: Place) -> None:
    cloudwatch = centre.client("cloudwatch")
    name = next(name for name, one in alarms.by_name(place) if "InboundDead" in name)
    physical = dict(alarms.by_name(place))[name]["AlarmName"]

    cloudwatch.set_alarm_state(AlarmName=physical, StateValue="ALARM", StateReason="a test says so")
    lines = list(alarms.of_stack(place))
    cloudwatch.set_alarm_state(AlarmName=physical, StateValue="OK", StateReason="a test says so")

    assert f"The alarm {name} rings: see docs/runbook.md#inbound-dead." in [
        one.text for one in lines if one.wrong
    ]


def test_the_whole_report_holds_no_secret_no_address_and_no_words(centre: Centre, place: Place) -> None:
    told = doctor.run(Namespace(stack=centre.stack))

    text = told.text + json.dumps(told.document)
    for secret in _secrets(centre, place):
        assert secret not in text
    for part in ("patchbay:", "tools:", "stack:", "limits:", "alarms:", "roles:", "message:"):
        assert f"\n{part}" in f"\n{told.text}", part
    assert "cannot be asked" not in text


def _secrets(centre: Centre, place: Place) -> list[str]:
    """Whatever a stranger must not read."""
    told = place.client("secretsmanager").get_secret_value(SecretId=place.outputs["SmsSecretId"])
    account = place.client("sts").get_caller_identity()["Account"]
    logins = [word for login in centre.logins for word in (login.email, login.password)]
    words: dict[str, Any] = json.loads(told["SecretString"])
    return [account, centre.address, centre.endpoint, *logins, *filter(None, words.values())]


def test_the_way_out_lifts_the_keys_in_transactions_and_there_alone(centre: Centre, place: Place) -> None:
    given = {"Target": "local", "PublicUrl": centre.address, "TransactionKeys": "unchecked"}

    deploy(centre.emulator, given, stack="loose")

    loose = deployed("loose")
    (survey,) = [one for one in functions(loose) if one.name == "SurveyDispatcher"]
    tried = roles.tried(loose, survey, {"PutItem": ["CUST#*", "TICKET#*"], "DeleteItem": ["POOL#*"]})
    assert (tried.together, tried.foreign) == ("allowed", "allowed")
