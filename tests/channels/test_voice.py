"""Voice, case by case."""

import pytest

from functions.channels.voice import inbound
from shared.domain.channel.arrival import Arrival, Ignored, Message
from shared.domain.channel.request import Request
from shared.domain.errors import Untrusted
from tests.support.webhooks import EVENTS, raw

SECRET = {"token": "known"}

# A sample of events/voice/ and the text in it.
TEXTS = {"hello": "Hello", "hangul": "안녕하세요", "long": "a" * 400}


def sample(name: str) -> str:
    return (EVENTS / "voice" / f"{name}.json").read_text()


@pytest.mark.parametrize("name", TEXTS)
def test_a_message_is_what_the_customer_wrote(name: str) -> None:
    arrival = inbound.parse(raw("voice", sample(name)))

    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    assert arrival.what.text == TEXTS[name]


def test_an_empty_message_is_ignored_with_a_reason() -> None:
    assert inbound.parse(raw("voice", sample("empty"))) == Ignored("empty")


def test_a_wrong_secret_proves_nothing() -> None:
    headers = {"x-voice-secret": "guessed"}
    asked = Request("POST", "/webhooks/voice", "", headers, sample("hello").encode(), "r1")

    with pytest.raises(Untrusted):
        inbound.prove(asked, SECRET, "")
