"""A customer who waits: what their widget is told, and the call they get instead of waiting."""

from datetime import timedelta

import pytest

from functions.channels.chat.app import LOOKS
from shared.domain.timeline.entry import Kind
from shared.domain.times import iso
from tests.support.whole_scene import NUMBER, WholeScene, adds_up, prove

PHONE, CANONICAL = "010-1234-5678", "+821012345678"
NONE = {"type": "place", "state": "none", "words": "", "offers": False, "every": 0}


@pytest.fixture
def scene() -> WholeScene:
    return WholeScene()


def test_a_widget_is_told_the_place_until_somebody_answers(scene: WholeScene) -> None:
    first, second = scene.visitor(), scene.visitor()
    before = first.place()
    for visitor in (first, second):
        visitor.say("Hello")
        scene.run()

    waiting = [visitor.place() for visitor in (first, second)]
    desk = scene.agent("one")
    scene.run()
    desk.accept()
    scene.run()

    assert before == NONE
    assert [told["words"] for told in waiting] == ["You are first.", "You are second."]
    assert {(told["state"], told["offers"], told["every"]) for told in waiting} == {("waiting", True, 15)}
    assert first.place() == NONE


def test_who_asks_again_and_again_is_not_answered(scene: WholeScene) -> None:
    visitor = scene.visitor()
    visitor.say("Hello")
    scene.run()

    for _ in range(20):
        visitor.place()

    assert sum(frame["type"] == "place" for frame in visitor.frames()) == LOOKS


def test_a_customer_leaves_and_is_called_in_their_turn(scene: WholeScene) -> None:
    visitor = scene.visitor()
    visitor.say("Hello")
    scene.run()
    visitor.ask_call(PHONE)
    scene.run()
    told = visitor.place()
    visitor.leave()
    scene.live(5)
    desk = scene.agent("one")
    scene.run()
    (offer,) = desk.offers()
    desk.accept()
    scene.run()
    (item,) = desk.me()["cases"]

    assert told["state"] == "callback"
    assert told["words"] == "We will call you when it is your turn. You are first."
    assert offer["callback"] is True
    assert item["callback"] == {"phone": CANONICAL, "display": PHONE, "tries": 0}
    assert desk.called(item, True).status == 200
    assert desk.me()["cases"][0]["callback"] is None
    adds_up(scene)


def test_nobody_answers_three_times_and_the_customer_is_told_by_sms(scene: WholeScene) -> None:
    visitor = scene.visitor()
    visitor.say("Hello")
    scene.run()
    prove(scene, visitor)
    visitor.ask_call(PHONE)
    visitor.leave()
    desk = scene.agent("one")
    for _ in range(3):
        scene.live(700)
        desk.presence("available")
        scene.run()
        desk.accept()
        (item,) = desk.me()["cases"]
        assert desk.called(item, False).status == 200
        assert desk.me()["cases"] == []
    scene.run()

    assert scene.provider.to(NUMBER)[-1].startswith("We called you 3 times and could not reach you")
    assert [e.facts["disposition"] for e in scene.entries() if e.kind is Kind.CASE_CLOSED] == ["no_answer"]
    adds_up(scene)


def test_a_call_at_a_time_comes_then_and_can_be_taken_back(scene: WholeScene) -> None:
    visitor = scene.visitor()
    visitor.say("Hello")
    scene.run()
    times = visitor.times()
    at = (scene.world.clock() + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    visitor.ask_call(PHONE, iso(at))
    scene.run()
    later = visitor.place()
    visitor.cancel_call()
    scene.run()

    assert (times["zone"], len(times["spans"]) >= 7) == ("Asia/Seoul", True)
    assert (later["state"], later["words"][:20]) == ("later", "We will call you on ")
    assert visitor.place()["state"] == "waiting"
    adds_up(scene)


def test_a_promised_call_rings_at_its_time_and_not_before(scene: WholeScene) -> None:
    visitor = scene.visitor()
    visitor.say("Hello")
    desk = scene.agent("one")
    scene.run()
    case = desk.accept()
    at = (scene.world.clock() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    promised = desk.promise(case, PHONE, iso(at))
    scene.run()
    free = (desk.me()["cases"], desk.offers())
    scene.live((at - scene.world.clock()).total_seconds() + 70)
    desk.presence("available")
    scene.run()

    assert (promised.status, free) == (200, ([], []))
    assert [offer["callback"] for offer in desk.offers()] == [True]
    adds_up(scene)


@pytest.mark.parametrize(("at", "code"), [("tomorrow", "malformed"), ("2026-01-05T10:00", "malformed")])
def test_a_moment_that_is_none_is_refused(scene: WholeScene, at: str, code: str) -> None:
    visitor = scene.visitor()
    visitor.say("Hello")
    desk = scene.agent("one")
    scene.run()

    told = desk.promise(desk.accept(), PHONE, at)

    assert (told.status, told.told["error"]["code"]) == (400, code)
