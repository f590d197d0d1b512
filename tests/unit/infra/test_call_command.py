"""A call from the terminal: what is heard is printed, keys are pressed at their questions."""

import asyncio
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

import pytest

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.commands import call
from infra.cli.place import Place
from infra.local.providers.voice.pace import Pace
from tests.support.telephone_page import TelephonePage, telephone_page

CALLER = "+821055500101"
MENU = (
    '<Gather action="/picked" numDigits="1"><Say language="ko-KR">배송은 1번</Say></Gather><Say>Nothing</Say>'
)


@pytest.fixture
def telephones(monkeypatch: pytest.MonkeyPatch) -> Iterator[TelephonePage]:
    with telephone_page() as made:
        made.carrier.exchange.pace = Pace(0.02, 0.02, 0.02)
        made.pages = {"/webhooks/voice": MENU, "/picked": "<Say>Thank you</Say>"}
        monkeypatch.setattr(call, "local", lambda: Place("patchbay", made.address, {}, {"pid": 1}))
        yield made


def given(*words: str) -> Namespace:
    parser = ArgumentParser()
    parser.add_argument("--json", action="store_true")
    call.arguments(parser)
    return parser.parse_args([CALLER, *words])


def test_what_is_heard_is_printed_and_a_key_is_pressed_after_the_prompt(
    telephones: TelephonePage, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call.run(given("--keys", "1"))

    assert capsys.readouterr().out.splitlines() == ["배송은 1번", "> 1", "Thank you"]
    assert (answer.text, answer.yes) == ("[completed]", True)


def test_an_empty_group_presses_nothing_at_its_question(
    telephones: TelephonePage, capsys: pytest.CaptureFixture[str]
) -> None:
    telephones.pages["/webhooks/voice"] = MENU + MENU
    call.run(given("--keys", ",1"))

    assert "Nothing" in capsys.readouterr().out


def test_what_is_said_is_left_where_word_is_left(telephones: TelephonePage) -> None:
    telephones.pages["/webhooks/voice"] = '<Record action="/picked" timeout="3"/>'
    answer = call.run(given("--say", "Please call back", "--json"))

    assert [one["text"] for one in heard(answer)] == ["", "Please call back", "Thank you"]


def heard(answer: Answer) -> list[dict[str, str]]:
    told: list[dict[str, str]] = json.loads(json.dumps(answer.document))["heard"]
    return told


def test_a_call_that_does_not_end_is_hung_up(telephones: TelephonePage) -> None:
    telephones.pages["/webhooks/voice"] = '<Say loop="0">Please wait</Say>'
    answer = call.run(given("--for", "0.3"))

    assert answer.document["state"] in ("in-progress", "completed")
    assert all(one.ended for one in telephones.carrier.exchange.book) or asyncio.run(_ended(telephones))


async def _ended(telephones: TelephonePage) -> bool:
    for _ in range(100):
        if all(one.ended for one in telephones.carrier.exchange.book):
            return True
        await asyncio.sleep(0.05)
    return False


def test_an_application_that_fails_makes_the_answer_a_no(
    telephones: TelephonePage, capsys: pytest.CaptureFixture[str]
) -> None:
    telephones.pages["/webhooks/voice"] = "<Shout/>"
    answer = call.run(given())

    assert (answer.yes, answer.document["errors"]) == (False, [12100])
    assert "[error 12100" in capsys.readouterr().out


def test_a_centre_without_calls_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "carried", tuple)

    with pytest.raises(CannotAnswer, match="carries calls"):
        call.line()
