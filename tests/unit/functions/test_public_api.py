"""The ticket a chat begins with."""

import io
import json
from typing import Any

import pytest

from functions.public_api import app
from infra.twins.world import World
from shared.domain.address.visitor import sign, visitor_of
from shared.domain.change import Ref
from shared.domain.session.socket import Ticket, ticket_digest
from tests.support.chat import SHOP, VISITOR
from tests.support.webhooks import lambda_event

KEY = "a key of 32 random bytes, or so"


@pytest.fixture(autouse=True)
def _chat(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.secrets.rotate("ChatSecret", {"key": KEY})
    monkeypatch.setenv("CHANNEL_SECRET_ID", "ChatSecret")
    monkeypatch.setenv("CHAT_SOCKET_WSS", "wss://chat.example.test/live")
    monkeypatch.setenv("ALLOWED_ORIGINS", f"https://front.example.test,{SHOP}")
    app.resolver.cache_clear()


def ask(body: object = None, browser: str = "192.0.2.10", **headers: str) -> tuple[int, Any, dict[str, str]]:
    """Status, body and headers of an answer."""
    event = lambda_event("public_api/chat_ticket")
    event["headers"] |= {"x-forwarded-for": f"{browser}, 198.51.100.7"} | headers
    event["body"] = body if isinstance(body, str) else json.dumps(body or {})
    answer = app.handler(event, None)  # type: ignore[arg-type]  # the context is not used
    told = {name.lower(): value for name, value in answer["headers"].items()}
    return answer["statusCode"], json.loads(answer["body"]), told


def stored(world: World, ticket: str) -> Ticket:
    found = world.store.get(Ref(Ticket, ticket_digest(ticket)))
    assert found
    return found


def test_somebody_new_gets_a_ticket_and_a_token_to_keep(world: World) -> None:
    status, told, headers = ask({"language": "ko-KR"})

    visitor = visitor_of(told["visitor"], KEY)
    assert (status, told["url"], told["expires_in"]) == (200, "wss://chat.example.test/live", 30)
    assert stored(world, told["ticket"]).person == f"visitor:{visitor}"
    assert stored(world, told["ticket"]).language == "ko"
    assert headers["cache-control"] == "no-store"


def test_the_same_browser_is_the_same_visitor() -> None:
    _, first, _ = ask()

    _, second, _ = ask({"visitor": first["visitor"]})

    assert second["visitor"] == first["visitor"]
    assert second["ticket"] != first["ticket"]


@pytest.mark.parametrize("token", ["", None, "nonsense", sign(VISITOR, "another key"), "v1.x.y", "é" * 100])
def test_a_token_that_is_not_ours_makes_somebody_new(token: str | None) -> None:
    status, told, _ = ask({"visitor": token})

    assert status == 200
    assert visitor_of(told["visitor"], KEY) not in ("", VISITOR)


def test_a_token_of_the_previous_key_still_holds_and_is_signed_anew(world: World) -> None:
    world.secrets.rotate("ChatSecret", {"key": "the next key"})

    _, told, _ = ask({"visitor": sign(VISITOR, KEY)})

    assert visitor_of(told["visitor"], "the next key") == VISITOR


def test_a_key_two_rotations_old_is_forgotten(world: World) -> None:
    world.secrets.rotate("ChatSecret", {"key": "the next key"})
    world.secrets.rotate("ChatSecret", {"key": "the one after"})

    _, told, _ = ask({"visitor": sign(VISITOR, KEY)})

    assert visitor_of(told["visitor"], "the one after") != VISITOR


def test_the_language_is_the_pages_else_the_browsers(world: World) -> None:
    def language(body: object) -> str:
        return stored(world, ask(body)[1]["ticket"]).language

    assert language({"language": "en"}) == "en"
    assert language({}) == "ko"
    assert language({"language": "<script>"}) == "ko"


@pytest.mark.parametrize(
    "body",
    ["", "[]", "not JSON", '{"visitor": 5}', '{"visitor": {}}', "[" * 3000, '{"a": "' + "x" * 5000 + '"}'],
    ids=range(7),
)
def test_a_body_that_is_none_is_400_or_nobody(world: World, body: str) -> None:
    status, told, _ = ask(body)

    assert status == (200 if body == "" else 400)
    assert told.get("error", {}).get("code") == (None if body == "" else "malformed")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{SHOP}.evil.example"])
def test_a_foreign_page_gets_no_ticket(world: World, origin: str) -> None:
    status, told, headers = ask({}, origin=origin)

    assert (status, told["error"]["code"]) == (403, "foreign_page")
    assert "access-control-allow-origin" not in headers
    assert world.store.items == {}


@pytest.mark.parametrize("origin", [SHOP, "https://front.example.test"])
def test_a_page_of_ours_may_read_the_answer(origin: str) -> None:
    _, _, headers = ask({}, origin=origin)

    assert headers["access-control-allow-origin"] == origin
    assert "access-control-allow-credentials" not in headers


def test_a_visitor_who_asks_too_often_waits_a_minute(world: World) -> None:
    token = {"visitor": sign(VISITOR, KEY)}

    statuses = [ask(token)[0] for _ in range(app.A_VISITOR + 1)]
    status, told, headers = ask(token)
    world.clock.advance(60)

    assert statuses == [200] * app.A_VISITOR + [429]
    assert (status, told["error"]["code"], headers["retry-after"]) == (429, "too_often", "60")
    assert told["error"]["message"]
    assert ask(token)[0] == 200


def test_new_visitors_of_one_browser_address_are_limited_and_others_are_not() -> None:
    statuses = [ask({})[0] for _ in range(app.A_BROWSER + 1)]

    assert statuses[-2:] == [200, 429]
    assert ask({}, browser="192.0.2.11")[0] == 200


def test_whoever_forges_the_browsers_address_meets_the_limit_of_the_caller() -> None:
    statuses = [ask({}, browser=f"203.0.113.{n % 250}")[0] for n in range(app.A_GATEWAY + 1)]

    assert statuses[-2:] == [200, 429]


@pytest.mark.parametrize("secret", [{}, {"key": ""}])
def test_without_a_key_nobody_gets_a_token(world: World, secret: dict[str, str]) -> None:
    world.secrets.rotate("ChatSecret", secret)

    status, told, _ = ask({})

    assert (status, told["error"]["code"]) == (503, "try_again")


def test_a_secret_that_cannot_be_read_is_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANNEL_SECRET_ID", "another")

    assert ask({})[0] == 503


def test_the_log_holds_neither_ticket_nor_token(log: io.StringIO) -> None:
    _, told, _ = ask({})
    ask("not JSON " + told["visitor"])

    logged = log.getvalue()
    assert "ticket_refused" in logged
    assert told["ticket"] not in logged and told["visitor"] not in logged


def test_a_bug_is_told_and_logged_without_its_words(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(app, "recognise", fails)

    status, told, _ = ask()

    assert (status, told["error"]["code"]) == (500, "bug")
    assert "RuntimeError" in log.getvalue()
    assert "secret detail" not in log.getvalue() + str(told)
