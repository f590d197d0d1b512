"""An agent's list shows the newest line of each case, whichever exchange of the customer it was said in."""

import pytest

from shared.domain.channel.arrival import CodeRequest, Left
from shared.domain.customer.head import OpenCase
from shared.domain.desk.work_views import WorkItem
from shared.domain.routing.staff import Presence
from shared.domain.times import iso
from shared.use_cases.desk.see_customer import SeeCustomer
from shared.use_cases.desk.see_work import LINES, SeeWork
from tests.support import node
from tests.support.rule_scene import CODE, NUMBER, RuleScene


@pytest.fixture
def scene() -> RuleScene:
    return RuleScene()


def item(scene: RuleScene) -> WorkItem:
    (only,) = SeeWork(*scene.needs)(scene.agent(), "en").cases
    return only


def case_on_two_channels(scene: RuleScene) -> OpenCase:
    """The agent's case began by SMS; the same customer, once proven, goes on in the chat."""
    scene.taken("By SMS")
    scene.does(CodeRequest(NUMBER))
    scene.chat(CODE)
    for say in (scene.chat, scene.sms):
        scene.world.clock.advance(5)
        say("Both channels")
    return scene.head().cases[0]


@pytest.mark.parametrize("channel", ["sms", "chat"])
def test_the_newest_line_leads_whichever_exchange_it_came_by(scene: RuleScene, channel: str) -> None:
    case_on_two_channels(scene)
    scene.world.clock.advance(5)

    {"sms": scene.sms, "chat": scene.chat}[channel]("Newest")

    assert (item(scene).last_text, item(scene).channel) == ("Newest", channel)
    assert item(scene).last_at == iso(scene.world.clock())


def test_what_was_said_in_an_exchange_that_has_ended_still_leads(scene: RuleScene) -> None:
    case_on_two_channels(scene)
    scene.world.clock.advance(5)
    scene.chat("I have to go")
    scene.does(Left())

    assert {i.channel for i in scene.head().cases[0].interactions} == {"sms"}
    assert (item(scene).last_text, item(scene).channel) == ("I have to go", "chat")


def test_many_lines_that_nobody_said_do_not_hide_the_newest_one(scene: RuleScene) -> None:
    case = scene.taken("Are you there?")
    for n in range(LINES + 5):
        scene.answering().note("one", case.member, case.id, f"Note {n}", f"note-{n:04}")

    assert item(scene).last_text == "Are you there?"
    assert item(scene).unread == 1


def test_the_way_the_customer_used_last_is_marked_on_the_card(scene: RuleScene) -> None:
    case_on_two_channels(scene)
    scene.chat("In the chat now")
    card = SeeCustomer(*scene.needs).card(scene.head().customer_id, "en")

    scene.says("An answer by SMS changes nothing of it")

    assert [way.channel for way in card.reply_channels if way.last] == ["chat"]


def test_a_case_that_was_given_back_waits_and_nobody_has_it(scene: RuleScene) -> None:
    case = scene.taken()

    scene.presence(Presence.OFFLINE)

    (kept,) = SeeCustomer(*scene.needs).card(case.member, "en").cases
    assert (kept.state, kept.owner, kept.owner_name) == ("waiting", "", "")


def test_a_case_that_came_back_waits_and_is_not_closed(scene: RuleScene) -> None:
    case = scene.taken()
    scene.closes()
    scene.world.clock.advance(60)

    scene.sms("One more thing")

    (kept,) = SeeCustomer(*scene.needs).card(case.member, "en").cases
    assert (kept.state, kept.closed_at) == ("waiting", None)


def test_a_customer_waits_since_the_first_message_that_staff_left_unanswered(scene: RuleScene) -> None:
    scene.taken("Hello")
    asked = scene.world.clock()
    scene.world.clock.advance(60)
    scene.sms("Are you there?")
    first = item(scene).waiting_since
    scene.says("Yes")
    answered = item(scene).waiting_since
    scene.world.clock.advance(60)
    scene.sms("Good")
    again = scene.world.clock()
    scene.world.clock.advance(60)
    scene.sms("So …")

    assert first is not None and first <= iso(asked)
    assert answered is None
    assert item(scene).waiting_since == iso(again)


def test_who_was_never_answered_waits_since_they_came_however_much_they_wrote(scene: RuleScene) -> None:
    scene.taken("Hello")
    came = scene.head().cases[0].contact.enqueued_at
    for n in range(LINES + 5):
        scene.world.clock.advance(60)
        scene.sms(f"Line {n}")

    assert item(scene).waiting_since == iso(came)


@pytest.mark.parametrize(("waiting", "told"), [(0, {}), (100, {"main": 100}), (103, {"main": 101})])
def test_of_more_than_a_hundred_who_wait_one_more_is_counted(
    scene: RuleScene, waiting: int, told: dict[str, int]
) -> None:
    for n in range(waiting):
        scene.sms("Hello", number=f"+8210000{n:05}")

    assert SeeWork(*scene.needs).waiting("main") == told


@node.needs_node
def test_a_count_above_a_hundred_is_shown_as_such() -> None:
    shown = node.run("""
        import { counted } from "%/kit/counts.js";
        say([0, 1, 100, 101, 5000].map((n) => counted(n)));
    """)

    assert shown == ["0", "1", "100", "100+", "100+"]
