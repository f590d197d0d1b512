"""The provider's door: what it answers, what it leaves behind, what it counts."""

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from functions.channels.sms import app, inbound
from infra.twins.secrets import MemorySecrets
from infra.twins.world import World
from shared.adapters.table import key
from shared.domain.change import Ref
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Receipt
from shared.domain.channel.request import Cut, HttpReply, Piece, Request
from shared.domain.errors import TryAgain, Untrusted
from shared.domain.ids import digest
from shared.edge import webhook
from shared.edge.door import accept
from tests.support.webhooks import ACCOUNT, PUBLIC_URL, SECRET, event_of, lambda_event, request, sign


@pytest.fixture(autouse=True)
def door(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", PUBLIC_URL)
    monkeypatch.setenv("CHANNEL_SECRET_ID", "twilio")
    world.secrets.rotate("twilio", SECRET)


def answer(event: dict[str, Any]) -> int:
    return int(app.handler(event, None)["statusCode"])


def nothing_left(world: World) -> bool:
    return not world.inbox.events and not world.inbox.states and not world.meter.total("Accepted")


@pytest.mark.parametrize(
    "name", ["message", "message_base64", "mixed_case_headers", "hangul", "invalid_utf8"]
)
def test_a_signed_message_is_enqueued_and_answered_with_empty_twiml(name: str, world: World) -> None:
    told = app.handler(lambda_event(f"sms_webhook/{name}"), None)

    assert told["statusCode"] == 200
    assert (told["headers"]["content-type"], told["body"]) == ("text/xml", "<Response/>")
    assert len(world.inbox.events) == 1


def test_a_message_on_its_way_to_the_router_carries_its_id_its_group_and_its_acceptance(world: World) -> None:
    answer(lambda_event("sms_webhook/message"))

    (event,) = world.inbox.events
    assert event == Raw(
        "sms",
        "SM00000000000000000000000000000001",
        "JKJaXmPLvHcESHA=.e0",
        world.clock(),
        event.payload,
        digest("sms", "+821055500001"),
    )
    assert "Hello%2C+my+order" in event.payload


def test_a_callback_goes_to_the_recorder_and_not_to_the_router(world: World) -> None:
    assert answer(lambda_event("sms_webhook/status")) == 200

    assert not world.inbox.events
    assert world.inbox.states[0].event_id == "SM000000000000000000000000000000ff:delivered"


def test_what_was_accepted_is_counted_by_channel_and_by_name(world: World) -> None:
    answer(lambda_event("sms_webhook/message"))
    answer(lambda_event("sms_webhook/status"))

    assert world.meter.total("Accepted", channel="sms") == 2
    assert len({name for _, name in world.meter.accepted}) == 2


REFUSED = {
    "unsigned": (lambda_event("sms_webhook/unsigned"), 401),
    "wrongly signed": (lambda_event("sms_webhook/wrong_signature"), 401),
    "signed, but no form": (lambda_event("sms_webhook/not_a_form"), 400),
    "signed, but without an id": (lambda_event("sms_webhook/no_sid"), 400),
    "too large": (event_of(request(b"Body=" + b"x" * inbound.BODY_LIMIT, x_twilio_signature="-")), 413),
    "too large, but signed": (
        event_of(request({"MessageSid": "SM1", "Body": "x" * inbound.BODY_LIMIT})),
        413,
    ),
    "signed, with 200 parameters": (
        event_of(request({"MessageSid": "SM1", "Body": "Hi"}, query="&".join(f"p{i}=1" for i in range(200)))),
        400,
    ),
    "broken base64": (event_of(request({"MessageSid": "SM1"})) | {"isBase64Encoded": True}, 400),
    "no body": (event_of(request(b"")) | {"body": None}, 400),
    "an empty event": ({}, 400),
    "another kind of event": ({"Records": []}, 400),
    "headers that are none": (event_of(request({"MessageSid": "SM1"})) | {"headers": [1]}, 400),
    "no headers": (event_of(request({"MessageSid": "SM1"})) | {"headers": None}, 401),
}


@pytest.mark.parametrize("label", REFUSED)
def test_what_is_refused_leaves_nothing_behind(label: str, world: World) -> None:
    event, status = REFUSED[label]

    assert answer(event) == status
    assert nothing_left(world)


def test_a_body_of_the_largest_size_is_taken(world: World) -> None:
    fields = {"MessageSid": "SM1", "From": "+821055500001", "Body": ""}
    room = inbound.BODY_LIMIT - len(urlencode(fields))

    assert answer(event_of(request(fields | {"Body": "x" * room}))) == 200


def test_a_queue_that_does_not_answer_is_not_an_acceptance(world: World) -> None:
    world.inbox.refusing = 1

    assert answer(lambda_event("sms_webhook/message")) == 503
    assert nothing_left(world)


def test_a_secret_that_cannot_be_read_closes_the_door(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANNEL_SECRET_ID", "another")

    assert answer(lambda_event("sms_webhook/message")) == 503
    assert nothing_left(world)


def test_a_setting_that_is_missing_is_said_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    monkeypatch.delenv("PUBLIC_URL")

    assert answer(lambda_event("sms_webhook/message")) == 503
    assert "PUBLIC_URL is not set" in log.getvalue()


def test_a_bug_of_ours_is_logged_without_the_customers_words(
    world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    def broken(request: Request) -> None:
        raise KeyError(request.body)

    monkeypatch.setattr(inbound, "cut", broken)

    assert answer(lambda_event("sms_webhook/message")) == 500
    assert nothing_left(world)
    assert "webhook_broken" in log.getvalue() and "order" not in log.getvalue()


def test_a_request_signed_before_the_rotation_is_taken(world: World) -> None:
    world.secrets.rotate("twilio", SECRET | {"auth_token": "rotated"})

    assert answer(lambda_event("sms_webhook/message")) == 200


class SlowToKnow(MemorySecrets):
    """A cache that still holds the old secret until it is asked for another candidate."""

    def candidates(self, secret_id: str) -> Any:
        yield SECRET | {"auth_token": "old"}
        yield from super().candidates(secret_id)


def test_a_refused_signature_makes_the_door_ask_for_a_newer_secret(world: World) -> None:
    from shared.edge import wiring

    wiring.use(wiring.Ports(**world.twins() | {"secrets": SlowToKnow(twilio=SECRET)}))

    assert answer(lambda_event("sms_webhook/message")) == 200


def test_the_same_delivery_twice_is_two_acceptances_of_one_event(world: World) -> None:
    first = request({"MessageSid": "SM1", "From": "+821055500001", "Body": "hi"})
    again = replace(first, id="request-2")

    answer(event_of(first))
    answer(event_of(again))

    assert [event.event_id for event in world.inbox.events] == ["SM1", "SM1"]
    assert len({event.acceptance for event in world.inbox.events}) == 2


def test_no_word_of_the_customer_and_no_number_is_logged(world: World, log: io.StringIO) -> None:
    for name in ("message", "unsigned", "no_sid", "not_a_form", "status"):
        answer(lambda_event(f"sms_webhook/{name}"))
    world.inbox.refusing = 1
    answer(lambda_event("sms_webhook/message"))

    assert log.getvalue().count("webhook_refused") == 3
    for secret in ("order", "5550001", ACCOUNT, SECRET["auth_token"], "SM0000"):
        assert secret not in log.getvalue()


def test_a_refusal_is_logged_with_its_request_id(world: World, log: io.StringIO) -> None:
    answer(lambda_event("sms_webhook/unsigned"))

    line = json.loads(log.getvalue().splitlines()[-1])
    assert (line["message"], line["status"], line["correlation_id"]) == (
        "webhook_refused",
        401,
        "JKJaXmPLvHcESHA=",
    )


def test_bytes_that_are_no_text_are_proven_as_bytes(world: World) -> None:
    body = b"MessageSid=SM1&From=%2B821055500001&Body=\xff\xfe"
    bare = Request(
        "POST", "/webhooks/sms", "", {"content-type": "application/x-www-form-urlencoded"}, body, "r1"
    )
    event = event_of(bare) | {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    event["headers"]["x-twilio-signature"] = sign(bare)

    assert answer(event) == 200


def test_a_failing_queue_of_states_takes_no_event_back(world: World) -> None:
    from shared.domain.channel.request import Cut, Piece

    class Half(type(world.inbox)):  # type: ignore[misc]  # the twin, with one broken queue
        def put(self, events: Any, states: Any) -> None:
            if states:
                raise TryAgain("the delivery queue did not answer")
            super().put(events, states)

    from shared.edge import wiring

    inbox = Half()
    wiring.use(wiring.Ports(**world.twins() | {"inbox": inbox}))
    with pytest.raises(TryAgain):
        accept("sms", Cut((Piece("E1", "a", "p"),), (Piece("S1", "a", "p"),)), "r1")

    assert len(inbox.events) == world.meter.total("Accepted") == 1


# ---------------------------------------------------------------------- answers and greetings


def a_greeting(token: str = "", **told: str) -> dict[str, Any]:
    query = urlencode({"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444"})
    bare = replace(request(b""), method="GET", query=told.get("query", query))
    return event_of(bare)


def greet(request: Request, secret: Mapping[str, str]) -> HttpReply | None:
    """As Meta asks for it: developers.facebook.com/docs/graph-api/webhooks/getting-started"""
    asked = dict(parse_qsl(request.query))
    if asked.get("hub.mode") != "subscribe":
        return None
    if asked.get("hub.verify_token") != secret["auth_token"]:
        raise Untrusted("another token")
    return HttpReply(200, asked["hub.challenge"])


def a_door(**told: Any) -> Any:
    """The SMS door, with other manners."""
    return SimpleNamespace(**(vars(inbound) | told))


def test_a_get_that_nobody_answers_is_not_allowed(world: World) -> None:
    assert webhook.receive("sms", a_door(), a_greeting())["statusCode"] == 405
    assert webhook.receive("sms", a_door(greet=greet), a_greeting(query="x=1"))["statusCode"] == 405
    assert nothing_left(world)


def test_a_greeting_with_the_right_token_is_answered_and_leaves_nothing_behind(world: World) -> None:
    told = webhook.receive("sms", a_door(greet=greet), a_greeting(SECRET["auth_token"]))

    assert (told["statusCode"], told["body"]) == (200, "1158201444")
    assert nothing_left(world)


def test_a_greeting_made_with_the_token_before_is_answered(world: World) -> None:
    world.secrets.rotate("twilio", SECRET | {"auth_token": "new"})

    told = webhook.receive("sms", a_door(greet=greet), a_greeting(SECRET["auth_token"]))

    assert told["statusCode"] == 200


@pytest.mark.parametrize(("manners", "status"), [({}, 401), ({"UNPROVEN": 403}, 403)])
def test_a_greeting_with_another_token_is_refused_as_the_provider_says(
    manners: dict[str, int], status: int
) -> None:
    told = webhook.receive("sms", a_door(greet=greet, **manners), a_greeting("guessed"))

    assert (told["statusCode"], told["body"]) == (status, "")


def test_the_answer_may_depend_on_what_came(world: World) -> None:
    def answer(request: Request, cut: Cut) -> HttpReply:
        return HttpReply(
            200, json.dumps({"path": request.path, "events": len(cut.events)}), "application/json"
        )

    told = webhook.receive("sms", a_door(answer=answer), lambda_event("sms_webhook/message"))

    assert json.loads(told["body"]) == {"path": "/webhooks/sms", "events": 1}
    assert told["headers"]["content-type"] == "application/json"


def test_an_event_with_a_name_too_long_for_a_key_gets_a_shorter_one(world: World) -> None:
    long = Piece("x" * 3000, "sender", "payload")

    for request_id in ("request-1", "request-2"):
        accept("sms", Cut(events=(long,)), request_id)

    first, again = world.inbox.events
    assert first.event_id == again.event_id
    key(Ref(Receipt, "sms", first.event_id))
