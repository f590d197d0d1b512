"""What comes past CloudFront is refused at every door, where CloudFront has a word to say."""

import json
from typing import Any

import pytest

from functions.channels.sms import app as sms
from functions.public_api import app as public_api
from infra.twins.world import World
from shared.domain.errors import Refused
from shared.edge import front
from tests.support.chat import SHOP
from tests.support.staff import Browser
from tests.support.webhooks import PUBLIC_URL, SECRET, lambda_event

WORD = "a-word-of-48-letters"
FORGED = ("", "another-word", WORD.upper(), f"{WORD} ", "낱말")


@pytest.fixture(autouse=True)
def _doors(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONT_WORD", WORD)
    monkeypatch.setenv("PUBLIC_URL", PUBLIC_URL)
    monkeypatch.setenv("CHANNEL_SECRET_ID", "secret")
    monkeypatch.setenv("CHAT_SOCKET_WSS", "wss://chat.example.test/live")
    monkeypatch.setenv("DESK_SOCKET_WSS", "wss://desk.example.test/live")
    monkeypatch.setenv("ALLOWED_ORIGINS", SHOP)
    world.secrets.rotate("secret", SECRET | {"key": "a key of 32 random bytes, or so"})
    public_api.resolver.cache_clear()


def came_with(word: str, name: str) -> dict[str, Any]:
    event = lambda_event(name)
    event["headers"] |= {front.HEADER: word} if word else {}
    return event


@pytest.mark.parametrize("word", FORGED)
def test_a_providers_request_past_the_front_leaves_nothing_behind(word: str, world: World) -> None:
    answer = sms.handler(came_with(word, "sms_webhook/message"), None)

    assert answer["statusCode"] == 403
    assert not world.inbox.events and not world.inbox.states and not world.meter.total("Accepted")


def test_a_providers_request_through_the_front_is_asked_for_its_proof(world: World) -> None:
    event = came_with(WORD, "sms_webhook/message")
    event["headers"]["x-twilio-signature"] = "forged"

    assert sms.handler(event, None)["statusCode"] == 401


@pytest.mark.parametrize("word", [*FORGED, WORD])
def test_a_browser_gets_a_ticket_through_the_front_alone(word: str) -> None:
    answer = public_api.handler(came_with(word, "public_api/chat_ticket"), None)  # type: ignore[arg-type]  # unused

    assert answer["statusCode"] == (200 if word == WORD else 403)
    assert ("ticket" in json.loads(answer["body"])) == (word == WORD)


@pytest.mark.parametrize("word", [*FORGED, WORD])
def test_staff_are_served_through_the_front_alone(word: str) -> None:
    browser = Browser(front=word)

    told = [browser.post("/socket-ticket"), browser.delete("/session")]

    assert {one.status for one in told} == ({200} if word == WORD else {403})


def test_where_no_word_is_set_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRONT_WORD")

    front.require({})


def test_the_word_itself_is_in_no_error() -> None:
    with pytest.raises(Refused) as refused:
        front.require({front.HEADER: "another"})

    assert WORD not in str(refused.value)
