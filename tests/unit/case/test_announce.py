"""What a queue announces to those who wait, each thing once."""

from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.channel.arrival import CallbackRequest, Left, Message
from shared.domain.channel.commands import Due, DueRow
from shared.domain.flow.flow import Flow, Step, StepKind
from shared.domain.hours import Hours
from shared.domain.queue import Announcement, Queue
from shared.domain.routing.announcing import words_of
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Kind
from shared.use_cases.case.announce import announce
from tests.support.consistency import faults
from tests.support.rule_scene import VISITOR, RuleScene

FIRST = Announcement(60, "현재 {position}입니다. {wait} 걸립니다.", "You are {position}. It takes {wait}.")
SECOND = Announcement(180, en="Thank you for waiting.")
QUEUE = Queue(announcements=(SECOND, FIRST))


def scene(queue: Queue = QUEUE) -> RuleScene:
    made = RuleScene(World(settings=FixedSettings(Centre(queues=(queue,)))))
    made.arrives("chat", Address("visitor", VISITOR), Message(Content("Hello")), language="en")
    return made


def timers(made: RuleScene) -> list[Due]:
    """All that were ever armed and are due now."""
    armed = [
        Due(timer.at, timer.what, entry.timeline, entry.case_id, entry.interaction_id)
        for entry in made.entries()
        for timer in entry.timers
    ]
    rows = [row.due for row in made.all(DueRow)]
    return [due for due in (*armed, *rows) if due.what == "announce" and due.at <= made.world.clock()]


def passes(made: RuleScene, seconds: float) -> None:
    made.world.clock.advance(seconds)
    for due in timers(made):
        announce(*made.needs, due)


def said(made: RuleScene) -> list[str]:
    return [entry.text for entry in made.entries(Kind.MESSAGE_SENT)]


def test_each_is_said_once_in_its_turn() -> None:
    made = scene()

    for _ in range(10):
        passes(made, 30)

    assert said(made) == ["You are first.", "Thank you for waiting."]
    assert faults(made.world.store) == []


def test_before_its_time_nothing_is_said() -> None:
    made = scene()

    passes(made, 59)

    assert said(made) == []


def test_of_several_that_are_late_the_last_is_enough() -> None:
    made = scene()

    passes(made, 600)
    passes(made, 60)

    assert said(made) == ["Thank you for waiting."]


def test_while_it_rings_and_once_it_is_taken_nothing_is_said() -> None:
    made = scene()
    made.hire()
    made.assign()
    passes(made, 60)
    ringing = said(made)
    made.presence(made.agent().presence)
    made.assign()
    made.accept()

    passes(made, 600)

    assert (ringing, said(made)) == ([], [])


@pytest.mark.parametrize("what", [Left(), CallbackRequest("010-1234-5678")])
def test_who_waits_on_the_line_no_more_is_told_nothing(what: Any) -> None:
    made = scene()
    made.does(what)
    before = said(made)

    passes(made, 600)

    assert said(made) == before


def test_who_cannot_be_written_to_is_told_nothing() -> None:
    made = RuleScene(World(settings=FixedSettings(Centre(queues=(QUEUE,)))))
    made.sms("Hello", number="anonymous")

    passes(made, 600)

    assert said(made) == []


def test_a_contact_that_comes_out_of_a_menu_hears_them_too() -> None:
    asks = Step("go", StepKind.COLLECT, {"en": "Order?", "ko": "주문?"}, next="human")
    flow = Flow("menu", (asks, Step("human", StepKind.HAND_OVER)))
    made = RuleScene(World(settings=FixedSettings(Centre(queues=(QUEUE,), flow="menu"), [flow])))
    made.chat("Hello")
    made.chat("12")

    passes(made, 60)

    assert said(made)[-1] == "You are first."


def test_outside_the_hours_they_are_said_as_well() -> None:
    night = Hours(("mon-fri 18:30-19:00",))
    made = scene(Queue(announcements=(SECOND,), hours=night))

    passes(made, 180)

    assert said(made)[-1] == "Thank you for waiting."


@pytest.mark.parametrize(
    ("language", "position", "wait", "words"),
    [
        ("en", "third", "4 to 9 minutes", "You are third. It takes 4 to 9 minutes."),
        ("ko", "세 번째", "4~9분", "현재 세 번째입니다. 4~9분 걸립니다."),
        ("en", "third", "", "You are third."),
        ("fr", "세 번째", "4~9분", "현재 세 번째입니다. 4~9분 걸립니다."),
    ],
)
def test_a_sentence_about_what_is_not_known_is_left_out(
    language: str, position: str, wait: str, words: str
) -> None:
    assert words_of(FIRST, language, World().now(), position, wait) == words
