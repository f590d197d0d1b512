"""The desk's socket: who gets in, what is watched, and replies that are said once."""

from collections.abc import Iterator

import pytest

from shared.domain.routing.staff import Heartbeat
from shared.domain.session.socket import SocketOf, Watch
from shared.domain.timeline.entry import Kind
from shared.edge import wiring
from shared.use_cases.session.issue_ticket import IssueTicket
from tests.support.rule_scene import VISITOR, RuleScene
from tests.support.staff import PAGES, DeskSocket, knock


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    monkeypatch.setenv("ALLOWED_ORIGINS", PAGES)
    made = RuleScene()
    wiring.use(made.world.ports())
    yield made


def test_a_visitors_ticket_opens_no_desk(scene: RuleScene) -> None:
    ticket = IssueTicket(scene.world.store, scene.world.clock)(f"visitor:{VISITOR}")

    assert knock(ticket) == 403


def test_a_foreign_page_opens_no_desk(scene: RuleScene) -> None:
    ticket = IssueTicket(scene.world.store, scene.world.clock)("agent:one")

    assert knock(ticket, origin="https://evil.example.test") == 403


def test_watching_covers_the_customer_and_whoever_was_merged_into_them(scene: RuleScene) -> None:
    scene.sms("Hello")
    scene.chat("Hi")
    number, visitor = scene.head().customer_id, scene.visitor_head().customer_id
    scene.proves()

    DeskSocket(scene.world).say({"action": "watch", "customer_id": visitor})

    assert {watch.customer_id for watch in scene.all(Watch)} == {number, visitor}
    assert {watch.agent_id for watch in scene.all(Watch)} == {"one"}


def test_unwatching_leaves_nothing_behind(scene: RuleScene) -> None:
    scene.sms("Hello")
    socket, customer = DeskSocket(scene.world), scene.head().customer_id

    socket.say({"action": "watch", "customer_id": customer})
    socket.say({"action": "unwatch", "customer_id": customer})

    assert scene.all(Watch) == []


def test_a_heartbeat_is_one_plain_write_apart_from_the_agent(scene: RuleScene) -> None:
    scene.hire()
    before = scene.agent()
    scene.world.clock.advance(60)

    assert DeskSocket(scene.world).say({"action": "heartbeat"}) == []

    assert scene.get(Heartbeat, "main", "one").seen_at == scene.world.clock()
    assert scene.agent() == before


def test_a_reply_is_answered_with_its_key_and_the_entry(scene: RuleScene) -> None:
    case = scene.taken()
    frame = {
        "action": "reply",
        "key": "key-0001",
        "case_id": case.id,
        "customer_id": case.member,
        "channel": "sms",
        "text": "On its way",
        "version": 3,
    }
    socket = DeskSocket(scene.world)

    first, again = socket.say(frame), socket.say(frame)

    ack, entry = first[0], scene.entries(Kind.MESSAGE_SENT)
    assert first == again
    assert (ack["type"], ack["key"], ack["seq"]) == ("ack", "key-0001", 4)
    assert (ack["entry"]["text"], ack["entry"]["delivery"]) == ("On its way", "queued")
    assert len(entry) == 1


def test_a_reply_that_cannot_be_sent_comes_back_with_its_key_and_the_reason(scene: RuleScene) -> None:
    case = scene.taken()
    scene.sms("STOP")
    frame = {"action": "reply", "key": "key-0001", "case_id": case.id, "customer_id": case.member}

    (told,) = DeskSocket(scene.world).say(frame | {"channel": "sms", "text": "Hi"})

    assert (told["type"], told["key"], told["code"]) == ("error", "key-0001", "opted_out")
    assert told["message"].startswith("The customer has opted out")


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "{",
        "[]",
        "null",
        '"watch"',
        '{"action": "fly"}',
        '{"action": ["watch"]}',
        '{"action": "watch"}',
        f'{{"action": "watch", "customer_id": "{"x" * 3000}"}}',
        f'{{"action": "unwatch", "customer_id": "{"x" * 200}"}}',
        "[" * 9000,
    ],
)
def test_junk_is_answered_and_changes_nothing(scene: RuleScene, junk: str) -> None:
    socket = DeskSocket(scene.world)
    before = dict(scene.world.store.items)

    (told,) = socket.say(junk)

    assert (told["type"], told["code"]) == ("error", "malformed")
    assert scene.world.store.items == before


def test_a_frame_that_is_too_large_is_refused(scene: RuleScene) -> None:
    (told,) = DeskSocket(scene.world).say('{"action": "reply", "text": "' + "x" * 40_000 + '"}')

    assert told["code"] == "too_long"


def test_a_closed_desk_is_forgotten(scene: RuleScene) -> None:
    socket = DeskSocket(scene.world)

    socket.close()

    assert scene.all(SocketOf) == []
