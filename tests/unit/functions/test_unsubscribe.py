"""The unsubscribe link of a mail: looking asks, a POST of any form ends it, and nobody can make a link."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from functions.channels.email.unsubscribe import token
from functions.public_api import app
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import Put, Ref
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.customer.evidence import Consent
from shared.domain.customer.suppression import reason_of
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Kind
from tests.support.rule_scene import RuleScene
from tests.support.webhooks import lambda_event

KEY, OLD_KEY = "the key of the threads", "the key before"
ANA = Address("email", "ana@example.test")
FORM = "List-Unsubscribe=One-Click"
BODIES = {
    "form": ("application/x-www-form-urlencoded", FORM),
    "multipart": ("multipart/form-data; boundary=b", f"--b\r\n\r\n{FORM.replace('=', chr(34))}\r\n--b--\r\n"),
    "empty": ("", ""),
    "nonsense": ("application/json", "{"),
}


@pytest.fixture
def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    world.secrets.rotate("EmailSecret", {"thread_key": OLD_KEY})
    world.secrets.rotate("EmailSecret", {"thread_key": KEY})
    monkeypatch.setenv("EMAIL_SECRET_ID", "EmailSecret")
    app.resolver.cache_clear()
    scene = RuleScene(world)
    way = Way("", ANA, "", ANA.value, "help@example.test")
    scene.route(scene.raw("email"), Arrival(way, Message(Content("Hello", subject="Hello"))))
    yield scene
    app.resolver.cache_clear()


def link(scene: RuleScene, key: str = KEY, address: Address = ANA) -> str:
    return token(scene.owner(ANA).customer_id, address, key)


def asked(
    method: str, link: str, language: str = "en", body: str = "form"
) -> tuple[int, str, dict[str, Any]]:
    event = lambda_event("public_api/chat_ticket")
    kind, words = BODIES[body]
    event["headers"] = {"accept-language": language, "content-type": kind}
    path = f"/public/unsubscribe/{link}"
    event |= {"rawPath": path, "routeKey": f"{method} {path}", "body": words}
    event["requestContext"]["http"] |= {"method": method, "path": path}
    answer = app.handler(event, None)  # type: ignore[arg-type]  # the context is not used
    return answer["statusCode"], answer["body"], {n.lower(): v for n, v in answer["headers"].items()}


def reason(scene: RuleScene) -> str:
    return reason_of(scene.world.store.get(Ref(Consent, ANA)))


@pytest.mark.parametrize(("language", "words"), [("ko-KR,ko;q=0.9", "수신 거부"), ("en", "Unsubscribe")])
def test_whoever_looks_is_asked_and_nothing_has_changed(scene: RuleScene, language: str, words: str) -> None:
    status, page, headers = asked("GET", link(scene), language)

    assert (status, reason(scene)) == (200, "")
    assert f"<button>{words}</button>" in page and "<script" not in page
    assert "default-src 'none'" in headers["content-security-policy"]
    assert ANA.value not in page


@pytest.mark.parametrize("body", BODIES)
def test_a_post_of_any_form_unsubscribes_at_once_without_a_redirect(scene: RuleScene, body: str) -> None:
    status, page, headers = asked("POST", link(scene), body=body)

    assert (status, reason(scene)) == (200, "unsubscribed")
    assert "location" not in headers and "You are unsubscribed" in page
    (line,) = scene.entries(Kind.OPTED_OUT)
    assert (line.facts, line.address) == ({"reason": "unsubscribed"}, ANA)


def test_twice_is_once(scene: RuleScene) -> None:
    answers = [asked("POST", link(scene))[0] for _ in range(2)]

    assert (answers, len(scene.entries(Kind.OPTED_OUT))) == ([200, 200], 1)


def test_a_link_of_the_key_before_still_works(scene: RuleScene) -> None:
    assert asked("POST", link(scene, OLD_KEY))[0] == 200
    assert reason(scene) == "unsubscribed"


def test_who_said_stop_stays_stopped_for_everybody(scene: RuleScene) -> None:
    scene.world.store.commit(Put(Consent(ANA, True, scene.world.clock(), "no_such_address")))

    assert asked("POST", link(scene))[0] == 200
    assert reason(scene) == "no_such_address"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_we_did_not_sign_or_that_names_nobody_changes_nothing(
    scene: RuleScene, method: str
) -> None:
    for bad in (link(scene, "another key"), "nonsense", link(scene)[:-1]):
        status, page, _ = asked(method, bad)
        assert (status, "<button>" in page, reason(scene)) == (404, False, "")


def test_a_customer_or_an_address_that_we_do_not_know_any_more_is_told_so(scene: RuleScene) -> None:
    stranger = token("01KE0000000000000000000000", ANA, KEY)
    other = link(scene, address=Address("email", "other@example.test"))

    assert [asked("POST", one)[0] for one in (stranger, other)] == [404, 404]


def test_nobody_comes_past_the_front(scene: RuleScene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONT_WORD", "the word")

    assert asked("POST", link(scene))[0] == 403
    assert reason(scene) == ""


def test_who_joined_a_conversation_of_somebody_else_can_unsubscribe_too(scene: RuleScene) -> None:
    colleague = Address("email", "colleague@example.test")
    head = scene.owner(ANA).customer_id
    first = scene.entries(Kind.MESSAGE_RECEIVED)[0]

    scene.world.store.commit(
        Put(replace(first, seq=99, id="another", way=replace(first.way, address=colleague)))
    )

    assert asked("POST", token(head, colleague, KEY))[0] == 200
    assert reason_of(scene.get(Consent, colleague)) == "unsubscribed"
