"""Who writes is seen on the other side for a moment, and nothing of it is kept."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from functions.channels.chat import app as chat_socket
from functions.desk_socket import app as desk_socket
from infra.twins.world import World
from shared.edge import wiring
from shared.edge.pace import Pace
from shared.use_cases.desk.tell_typing import TYPING_EACH
from tests.support.chat import VISITOR, connect, heard, say
from tests.support.rule_scene import RuleScene
from tests.support.staff import DeskSocket

TYPING = {"action": "typing"}


@pytest.fixture(autouse=True)
def fresh_paces(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (chat_socket, desk_socket):
        monkeypatch.setattr(module, "now_and_then", Pace(1, TYPING_EACH))


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    for socket in ("DESK", "CHAT"):
        monkeypatch.setenv(f"{socket}_SOCKET_URL", "https://socket.example.test")
    monkeypatch.setenv("ALLOWED_ORIGINS", "https://desk.example.test,https://shop.example.test")
    made = RuleScene(World())
    wiring.use(made.world.ports())
    yield made
    wiring.reset()


def talking(scene: RuleScene) -> tuple[DeskSocket, dict[str, str]]:
    """An agent whose desk watches a visitor they talk with; and how a desk names the case."""
    scene.chat("Hi")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    desk = DeskSocket(scene.world)
    customer = scene.visitor_head().customer_id
    desk.say({"action": "watch", "customer_id": customer})
    connect(scene.world)
    heard(scene.world)
    return desk, {"customer_id": customer, "case_id": case_id}


def test_the_desk_sees_that_the_customer_writes(scene: RuleScene) -> None:
    desk, named = talking(scene)

    say(TYPING)

    assert desk.frames[-1] == {"type": "typing", "customer_id": named["customer_id"]}


def test_the_customer_sees_that_the_agent_writes_and_no_more_than_that(scene: RuleScene) -> None:
    desk, named = talking(scene)

    answers = desk.say(TYPING | named)

    assert answers == []
    assert heard(scene.world) == [{"type": "typing"}]


def test_it_is_written_down_nowhere(scene: RuleScene) -> None:
    desk, named = talking(scene)
    before, written = dict(scene.world.store.items), len(scene.world.store.stream)

    say(TYPING)
    desk.say(TYPING | named)

    assert scene.world.store.items == before
    assert len(scene.world.store.stream) == written


def test_one_word_in_three_seconds_is_enough(scene: RuleScene) -> None:
    desk, named = talking(scene)

    for _ in range(5):
        desk.say(TYPING | named)
        say(TYPING)
    scene.world.clock.advance(TYPING_EACH / timedelta(seconds=1))
    desk.say(TYPING | named)

    assert len(heard(scene.world)) == 2
    assert len([frame for frame in desk.frames if frame["type"] == "typing"]) == 1


def test_of_an_agent_who_does_not_have_the_case_nobody_hears(scene: RuleScene) -> None:
    _, named = talking(scene)
    scene.hire("two")

    answers = DeskSocket(scene.world, "two", "D2").say(TYPING | named)

    assert (answers, heard(scene.world)) == ([], [])


def test_a_visitor_whom_nobody_knows_yet_disturbs_nobody(scene: RuleScene) -> None:
    connect(scene.world, visitor=VISITOR)

    say(TYPING)

    assert heard(scene.world) == []


def test_a_channel_that_does_not_show_it_is_left_alone(scene: RuleScene) -> None:
    case = scene.taken()
    desk = DeskSocket(scene.world)

    answers = desk.say(TYPING | {"customer_id": scene.head().customer_id, "case_id": case.id})

    assert answers == []
    assert not any(scene.world.chat_sockets.frames.values())


def test_a_socket_that_does_not_answer_is_no_matter(scene: RuleScene) -> None:
    desk, named = talking(scene)
    scene.world.chat_sockets.close("C1")

    assert desk.say(TYPING | named) == []
