"""Files in the chat: a place for what a visitor sends, a link for what was sent to them."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from functions.public_api import app
from infra.twins.clock import START
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.visitor import sign, visitor_of
from shared.domain.address.way import Way
from shared.domain.change import Put
from shared.domain.channel.media import LINK_DAYS, link_path
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.domain.traits import LONGEST_FILE
from tests.support.chat import SHOP, VISITOR
from tests.support.webhooks import lambda_event

KEY = "a key of 32 random bytes, or so"
SECRET = "01KE6P4YM00000000000000009"
PHOTO = Part("사진.gif", "image/gif", 26, PartState.STORED, "media/C1/E1/0", link=SECRET)


@pytest.fixture(autouse=True)
def _chat(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    world.secrets.rotate("ChatSecret", {"key": KEY})
    monkeypatch.setenv("CHANNEL_SECRET_ID", "ChatSecret")
    monkeypatch.setenv("ALLOWED_ORIGINS", SHOP)
    app.resolver.cache_clear()
    yield
    app.resolver.cache_clear()


def asked(method: str, path: str, body: object = None, origin: str = SHOP) -> tuple[int, Any, dict[str, str]]:
    event = lambda_event("public_api/chat_ticket")
    event["headers"] |= {"origin": origin}
    event |= {"rawPath": path, "routeKey": f"{method} {path}", "body": json.dumps(body or {})}
    event["requestContext"]["http"] |= {"method": method, "path": path}
    answer = app.handler(event, None)  # type: ignore[arg-type]  # the context is not used
    told = {name.lower(): value for name, value in answer["headers"].items()}
    return answer["statusCode"], json.loads(answer["body"] or "null"), told


def place(token: str = sign(VISITOR, KEY), **told: object) -> tuple[int, Any]:
    status, body, _ = asked("POST", "/public/chat/files", {"visitor": token, "name": "a.gif"} | told)
    return status, body


def test_a_visitor_gets_a_place_of_their_own() -> None:
    status, told = place(name="4111111111111111.gif", size=10)

    assert (status, told["name"]) == (200, "****************.gif")
    assert told["upload"]["fields"]["key"] == f"uploads/visitor/{VISITOR}/{told['id']}"
    assert visitor_of(sign(VISITOR, KEY), KEY) == VISITOR


@pytest.mark.parametrize("token", ["", "nonsense", sign(VISITOR, "another key")])
def test_who_never_opened_the_chat_gets_none(token: str) -> None:
    status, told = place(token)

    assert (status, told["error"]["code"]) == (403, "unknown_visitor")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent() -> None:
    status, told = place(size=LONGEST_FILE + 1)

    assert (status, told["error"]["code"]) == (413, "file_too_large")


def test_a_page_elsewhere_gets_none() -> None:
    status, _, _ = asked(
        "POST", "/public/chat/files", {"visitor": sign(VISITOR, KEY)}, "https://evil.example.test"
    )

    assert status == 403


def test_places_are_given_so_many_a_minute() -> None:
    statuses = [place()[0] for _ in range(app.A_VISITOR + 1)]

    assert statuses == [200] * app.A_VISITOR + [429]


def sent(world: World, part: Part = PHOTO) -> Entry:
    way = Way("chat", Address("visitor", VISITOR), "C1", VISITOR)
    entry = Entry("C1", 7, "E7", START, Kind.MESSAGE_SENT, Audience.CUSTOMER, "agent:one", way,
                  content=Content("", (part,)))  # fmt: skip
    world.store.commit(Put(entry))
    return entry


def test_a_link_leads_to_the_bucket_for_a_while(world: World, log: io.StringIO) -> None:
    entry = sent(world)

    status, _, headers = asked("GET", link_path(entry, 0))

    assert (status, headers["location"]) == (302, "memory:///media/C1/E1/0")
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    world.clock.advance((LINK_DAYS + timedelta(seconds=1)).total_seconds())
    assert asked("GET", link_path(entry, 0))[0] == 404
    assert SECRET not in log.getvalue()


@pytest.mark.parametrize(
    "token",
    [
        f"C1.7.0.{'0' * 26}",
        f"C1.7.1.{SECRET}",
        f"C1.8.0.{SECRET}",
        f"C2.7.0.{SECRET}",
        f"C1.7.0.{SECRET}0",
        "C1.7.0.",
        "nonsense",
    ],
)
def test_a_link_that_is_not_right_leads_nowhere(world: World, token: str) -> None:
    sent(world)

    status, told, _ = asked("GET", f"/public/files/{token}")

    assert (status, told["error"]["code"]) == (404, "no_file")


def test_a_part_without_a_link_has_none(world: World) -> None:
    sent(world, Part("a.gif", "image/gif", 26, PartState.STORED, "media/C1/E1/0"))

    assert asked("GET", "/public/files/C1.7.0.")[0] == 404
