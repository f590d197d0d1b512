"""A caller in the queue: where they stand, music of ours, and what they may do instead. With the router."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from functions.channels.voice import waiting
from shared.domain.centre import Centre
from shared.domain.customer.head import ContactState
from shared.domain.errors import TryAgain
from shared.domain.hours import Hours
from shared.domain.queue import Queue
from shared.domain.timeline.entry import Kind
from tests.support.exchange import Exchange
from tests.support.line import Line
from tests.support.whole_scene import WholeScene

ENGLISH = Centre(languages=("en", "ko"))
FIRST, SECOND = "+821055500101", "+821055500102"


def a_scene(centre: Centre = ENGLISH) -> tuple[WholeScene, Exchange]:
    scene = WholeScene(centre=centre)
    return scene, Exchange(scene)


def rung(scene: WholeScene, exchange: Exchange, number: str = FIRST) -> Line:
    """They wait, and the router knows of them."""
    line = exchange.ring(number)
    scene.run()
    line.heard.clear()
    return line


def contact(scene: WholeScene, number: str = FIRST) -> ContactState:
    return scene.head(scene.customer(number)).cases[0].contacts[-1].state


def test_until_the_router_knows_them_they_hear_music_alone() -> None:
    _, exchange = a_scene()

    line = exchange.ring(FIRST)

    assert [one.rpartition("/")[2] for one in line.heard] == ["Please hold the line.", "hold.wav"]
    assert line.at == "enqueue"


def test_they_hear_where_they_stand_and_what_they_can_do_instead() -> None:
    scene, exchange = a_scene()
    rung(scene, exchange)
    line = rung(scene, exchange, SECOND)

    line.waits()

    assert line.heard[:3] == [
        "You are second.",
        "To be called back instead, press 1.",
        "To leave a message, press 2.",
    ]
    assert line.heard[3].endswith("/hold.wav") and line.at == "gather"


def test_the_music_goes_round_and_they_hear_where_they_stand_again() -> None:
    scene, exchange = a_scene()
    line = rung(scene, exchange)
    line.waits()

    for _ in range(3):
        line.stays_silent()

    assert line.heard.count("You are first.") == 4
    assert len(scene.world.inbox.events) == 0, "polls are no words"


def test_who_asks_for_a_call_hears_the_number_and_need_not_stay() -> None:
    scene, exchange = a_scene()
    line = rung(scene, exchange)
    line.waits()

    line.press("1")
    scene.run()

    assert line.heard[-1].startswith("We will call the number ending in 0101 when it is your turn.")
    assert line.status == "completed"
    asked = [one for one in scene.entries() if one.kind is Kind.CALLBACK_REQUESTED]
    assert [one.text for one in asked] == [FIRST]
    assert contact(scene) is ContactState.WAITING, "they keep their place"


def test_who_leaves_word_leaves_the_queue_for_it() -> None:
    scene, exchange = a_scene()
    line = rung(scene, exchange)
    line.waits()

    line.press("2")

    assert line.at == "record"
    assert "Please leave your message after the tone" in line.heard[-1]
    line.leaves_word()
    scene.run()
    assert line.status == "completed"
    assert any(entry.content.parts for entry in scene.timeline(scene.customer(FIRST)))


@pytest.mark.parametrize("key", ["9", "#", "12"])
def test_any_other_key_changes_nothing(key: str) -> None:
    scene, exchange = a_scene()
    line = rung(scene, exchange)
    line.waits()

    line.press(key)

    assert line.at == "gather" and line.heard.count("You are first.") == 2


def test_a_withheld_caller_cannot_be_called_and_is_not_told_so() -> None:
    scene, exchange = a_scene()
    line = exchange.ring("anonymous")
    scene.run()
    line.heard.clear()

    line.waits()
    offered = list(line.heard)
    line.press("1")

    assert offered[:2] == ["You are first.", "To leave a message, press 2."]
    assert line.at == "gather" and "We cannot call this number. Please check it. You are first." in line.heard


def test_a_queue_without_calls_offers_nothing() -> None:
    scene, exchange = a_scene(replace(ENGLISH, queues=(Queue(callback=False),)))
    line = rung(scene, exchange)

    line.waits()

    assert line.heard[0] == "You are first." and len(line.heard) == 2 and line.at == "enqueue"


def test_whoever_waits_when_the_queue_closes_is_told_so() -> None:
    closed = Hours(weekly=("sun 03:00-03:01",))
    scene, exchange = a_scene(replace(ENGLISH, queues=(Queue(hours=closed),)))
    line = rung(scene, exchange)

    line.waits()

    assert line.heard[0] == "We are closed right now."


def away(*_: object) -> None:
    raise TryAgain("the table did not answer")


def test_without_a_table_the_music_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, exchange = a_scene()
    line = rung(scene, exchange)
    monkeypatch.setattr(waiting, "head_of", away)

    line.waits()

    assert [one.rpartition("/")[2] for one in line.heard] == ["hold.wav"] and line.at == "enqueue"


@pytest.mark.parametrize(
    ("result", "said"),
    [("queue-full", True), ("system-error", True), ("redirected", False), ("hangup", False)],
)
def test_whoever_the_carriers_queue_does_not_take_may_leave_word(result: str, said: bool) -> None:
    scene, exchange = a_scene()
    line = rung(scene, exchange)
    assert line._queue is not None
    action = line._queue.get("action", "")

    answer = exchange.tells(action, line, {"QueueResult": result})

    spoken = ElementTree.fromstring(answer.body)  # noqa: S314  # our own words
    assert (spoken.find("Record") is not None) is said and len(spoken) == (5 if said else 0)
