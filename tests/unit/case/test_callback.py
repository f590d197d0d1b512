"""A customer is called instead of waiting on the line."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.channel.arrival import CallbackCancelled, CallbackRequest, CodeRequest, Left
from shared.domain.channel.commands import Due
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, ContactState
from shared.domain.customer.kept import Case
from shared.domain.errors import Refused
from shared.domain.hours import Hours
from shared.domain.queue import Queue
from shared.domain.routing.pool import Waiting
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Entry, Kind
from shared.use_cases.case.callback_due import callback_due
from shared.use_cases.case.make_callback import MakeCallback
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

PHONE = "010-1234-5678"
NUMBER = Address("phone", "+821012345678")
HOUR = timedelta(hours=1)


@pytest.fixture
def scene() -> RuleScene:
    centre = RuleScene()
    centre.chat("Hello?")
    return centre


def of(**centre: Any) -> RuleScene:
    made = RuleScene(World(settings=FixedSettings(Centre(**centre))))
    made.chat("Hello?")
    return made


def asks(scene: RuleScene, at: datetime | None = None, phone: str = PHONE) -> None:
    scene.does(CallbackRequest(phone, at))


def contact(scene: RuleScene) -> Contact:
    return scene.visitor_head().cases[0].contact


def quarter(scene: RuleScene, ahead: timedelta = HOUR) -> datetime:
    """The next full hour that is so far ahead."""
    at = scene.world.clock() + ahead + HOUR
    return at.replace(minute=0, second=0, microsecond=0)


def said(scene: RuleScene) -> list[str]:
    return [entry.text for entry in scene.entries(Kind.MESSAGE_SENT)]


def timer(entry: Entry) -> Due:
    assert entry.due is not None
    return Due(entry.due, entry.due_for, entry.timeline, entry.case_id, entry.interaction_id)


def fires(scene: RuleScene, entry: Entry) -> None:
    callback_due(*scene.needs, timer(entry))


def taken(scene: RuleScene) -> None:
    scene.hire()
    scene.assign()
    scene.accept()


def calls(scene: RuleScene, answered: bool, key: str) -> None:
    head = scene.visitor_head()
    MakeCallback(*scene.needs).tried("one", head.customer_id, head.cases[0].id, answered, key)


def test_a_customer_who_is_to_be_called_keeps_their_row_and_their_rank(scene: RuleScene) -> None:
    before = scene.all(Waiting)
    scene.world.clock.advance(60)

    asks(scene)

    assert scene.all(Waiting) == before
    assert (contact(scene).state, contact(scene).callback) == (ContactState.WAITING, Callback(NUMBER))
    assert said(scene) == [
        "We will call the number ending in 5678 when it is your turn. You need not wait here."
    ]
    assert faults(scene.world.store) == []


def test_who_asked_for_a_call_left_the_queue_and_the_call_is_queued_anew(scene: RuleScene) -> None:
    scene.world.clock.advance(9)

    asks(scene)

    (entry,) = scene.entries(Kind.CALLBACK_REQUESTED)
    assert entry.facts == {"queue": "main", "waited_ms": 9000, "door": "chat"}
    assert [fact.name for fact in facts(entry)] == ["CallbackRequested", "InteractionQueued"]
    assert contact(scene).waits_since == scene.world.clock()


def test_the_number_stands_where_staff_read_it_and_not_in_the_facts(scene: RuleScene) -> None:
    asks(scene)

    (entry,) = scene.entries(Kind.CALLBACK_REQUESTED)
    assert entry.text == NUMBER.value
    assert "5678" not in repr(entry.facts)


def test_who_is_to_be_called_may_leave_without_abandoning(scene: RuleScene) -> None:
    asks(scene)

    scene.does(Left())

    (case,) = scene.visitor_head().cases
    assert (case.interactions, case.contact.state) == ((), ContactState.WAITING)
    assert scene.all(Waiting) != []
    assert faults(scene.world.store) == []


def test_who_leaves_while_it_rings_is_called_by_whoever_accepts(scene: RuleScene) -> None:
    asks(scene)
    scene.hire()
    scene.assign()

    scene.does(Left())
    scene.accept()

    assert (contact(scene).state, contact(scene).agent) == (ContactState.CONNECTED, "one")
    assert contact(scene).callback is not None
    assert faults(scene.world.store) == []


def test_a_call_at_a_time_leaves_the_queue_and_comes_back_with_its_old_rank(scene: RuleScene) -> None:
    (before,) = scene.all(Waiting)
    at = quarter(scene)

    asks(scene, at)
    away = (scene.all(Waiting), contact(scene).state)
    scene.world.clock.to(at)
    fires(scene, scene.entries(Kind.CALLBACK_REQUESTED)[0])

    assert away == ([], ContactState.LATER)
    assert scene.all(Waiting) == [before]
    assert [fact.name for fact in facts(scene.entries(Kind.CALLBACK_DUE)[0])] == ["InteractionQueued"]
    assert faults(scene.world.store) == []


def test_a_timer_that_fires_again_or_too_early_changes_nothing(scene: RuleScene) -> None:
    at = quarter(scene)
    asks(scene, at)
    (entry,) = scene.entries(Kind.CALLBACK_REQUESTED)

    fires(scene, entry)
    early = scene.all(Waiting)
    scene.world.clock.to(at)
    fires(scene, entry)
    fires(scene, entry)

    assert early == []
    assert len(scene.entries(Kind.CALLBACK_DUE)) == 1


def test_another_time_takes_the_place_of_the_first(scene: RuleScene) -> None:
    first, second = quarter(scene), quarter(scene, 3 * HOUR)
    asks(scene, first)
    asks(scene, second)

    scene.world.clock.to(first)
    fires(scene, scene.entries(Kind.CALLBACK_REQUESTED)[0])
    at_first = scene.all(Waiting)
    scene.world.clock.to(second)
    fires(scene, scene.entries(Kind.CALLBACK_REQUESTED)[1])

    assert (at_first, len(scene.all(Waiting))) == ([], 1)
    assert scene.entries(Kind.CALLBACK_REQUESTED)[1].facts["again"] is True
    assert faults(scene.world.store) == []


def test_a_wish_for_a_time_may_become_as_soon_as_possible(scene: RuleScene) -> None:
    asks(scene, quarter(scene))

    asks(scene)

    assert contact(scene).state is ContactState.WAITING
    assert len(scene.all(Waiting)) == 1
    assert faults(scene.world.store) == []


def test_a_wish_for_a_time_takes_back_the_offer_that_rings(scene: RuleScene) -> None:
    scene.hire()
    scene.assign()

    asks(scene, quarter(scene))

    assert scene.offers() == []
    assert contact(scene).state is ContactState.LATER
    assert faults(scene.world.store) == []


def test_a_wish_without_a_time_lets_the_offer_ring(scene: RuleScene) -> None:
    scene.hire()
    scene.assign()

    asks(scene)

    assert len(scene.offers()) == 1
    assert faults(scene.world.store) == []


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (timedelta(minutes=-15), "We cannot call at that time. Please choose another one."),
        (timedelta(days=7, minutes=15), "We cannot call at that time. Please choose another one."),
        (timedelta(minutes=20), "We cannot call at that time. Please choose another one."),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(ahead: timedelta, sentence: str) -> None:
    scene = of()

    asks(scene, scene.world.clock().replace(minute=0, second=0, microsecond=0) + ahead)

    assert said(scene) == [sentence]
    assert contact(scene).callback is None
    assert faults(scene.world.store) == []


def test_a_time_outside_the_hours_of_the_queue_is_refused() -> None:
    evening = Hours(("mon-fri 18:00-19:00",))
    scene = of(queues=(Queue(hours=evening),))

    asks(scene, quarter(scene, 2 * HOUR))
    asks(scene, quarter(scene, timedelta(hours=23)))

    assert [line.facts["reason"] for line in scene.entries(Kind.CALLBACK_REFUSED)] == ["callback_bad_time"]
    assert contact(scene).state is ContactState.LATER


@pytest.mark.parametrize(
    "phone", ["12345", "060-700-1234", "+1 900 234 5678", "+44 7700 900123", "anonymous"]
)
def test_a_number_that_costs_or_is_none_is_not_called(phone: str) -> None:
    scene = of()

    asks(scene, phone=phone)

    assert said(scene) == ["We cannot call this number. Please check it."]
    assert contact(scene).callback is None


def test_a_queue_may_take_no_callbacks() -> None:
    scene = of(queues=(Queue(callback=False),))

    asks(scene)

    assert said(scene) == ["We take no requests for a call right now."]


def test_who_never_wrote_is_told_that_they_are_not_waiting() -> None:
    scene = RuleScene()

    asks(scene)

    assert said(scene) == ["지금은 대기 중이 아니어서 전화 요청을 바꿀 수 없습니다."]
    assert faults(scene.world.store) == []


def test_who_talks_with_an_agent_cannot_change_into_a_callback_by_themselves(scene: RuleScene) -> None:
    taken(scene)

    asks(scene)

    assert (contact(scene).state, contact(scene).callback) == (ContactState.CONNECTED, None)


def test_who_takes_it_back_waits_in_their_old_place(scene: RuleScene) -> None:
    (before,) = scene.all(Waiting)
    asks(scene, quarter(scene))

    scene.does(CallbackCancelled())

    assert scene.all(Waiting) == [before]
    assert contact(scene).callback is None
    assert said(scene)[-1] == "We will not call you. You keep your place here."
    assert faults(scene.world.store) == []


@pytest.mark.parametrize("timed", [False, True])
def test_who_takes_it_back_after_leaving_has_ended_the_case(scene: RuleScene, timed: bool) -> None:
    asks(scene, quarter(scene) if timed else None)
    scene.does(Left())

    scene.does(CallbackCancelled())

    assert (scene.visitor_head().cases, scene.all(Waiting)) == ((), [])
    assert scene.all(Case)[0].disposition == "abandoned"
    assert ("abandoned" in scene.closed().data) is not timed
    assert faults(scene.world.store) == []


def test_there_is_nothing_to_take_back_twice(scene: RuleScene) -> None:
    asks(scene)

    scene.does(CallbackCancelled())
    scene.does(CallbackCancelled())

    assert len(scene.entries(Kind.CALLBACK_CANCELLED)) == 1
    first, again = (entry.content for entry in scene.entries(Kind.MESSAGE_SENT)[-2:])
    assert first and again and first.text == again.text  # they wait still, and are told so
    assert faults(scene.world.store) == []


def test_a_call_that_was_answered_goes_on_as_a_conversation(scene: RuleScene) -> None:
    asks(scene)
    taken(scene)

    calls(scene, True, "call-0001")

    assert (contact(scene).state, contact(scene).callback) == (ContactState.CONNECTED, None)
    assert facts(scene.entries(Kind.CALLBACK_TRIED)[0])[0].data["reached"] is True
    assert faults(scene.world.store) == []


def test_a_call_that_nobody_answered_comes_back_ten_minutes_later(scene: RuleScene) -> None:
    asks(scene)
    (before,) = scene.all(Waiting)
    taken(scene)

    calls(scene, False, "call-0001")
    free = (scene.agent().engagements, scene.visitor_head().cases[0].owner, scene.all(Waiting))
    scene.world.clock.advance(600)
    fires(scene, scene.entries(Kind.CALLBACK_TRIED)[0])

    assert free == ((), "", [])
    assert scene.all(Waiting) == [before]
    assert faults(scene.world.store) == []


def test_after_the_third_call_the_case_ends_and_the_customer_is_told(scene: RuleScene) -> None:
    scene.proves(PHONE)
    asks(scene)
    scene.does(Left())
    for n in range(3):
        taken(scene)
        calls(scene, False, f"call-000{n}")
        scene.world.clock.advance(600)
        if scene.visitor_head().cases:
            fires(scene, scene.entries(Kind.CALLBACK_TRIED)[-1])

    (closed,) = scene.entries(Kind.CASE_CLOSED)
    assert (closed.facts["disposition"], closed.facts["solved"]) == ("no_answer", False)
    told = scene.entries(Kind.MESSAGE_SENT)[-1]
    assert (told.channel, told.text[:38]) == ("sms", "We called you 3 times and could not re")
    assert scene.agent().engagements == ()
    assert [line.facts["try"] for line in scene.entries(Kind.CALLBACK_TRIED)] == [1, 2, 3]
    assert faults(scene.world.store) == []


def test_a_number_that_was_only_typed_gets_no_message(scene: RuleScene) -> None:
    asks(scene)
    for n in range(3):
        taken(scene)
        calls(scene, False, f"call-000{n}")
        scene.world.clock.advance(600)
        if scene.visitor_head().cases:
            fires(scene, scene.entries(Kind.CALLBACK_TRIED)[-1])

    assert {entry.channel for entry in scene.entries(Kind.MESSAGE_SENT)} == {"chat"}


def test_the_same_outcome_again_is_one(scene: RuleScene) -> None:
    asks(scene)
    taken(scene)

    calls(scene, False, "call-0001")
    calls(scene, False, "call-0001")

    assert len(scene.entries(Kind.CALLBACK_TRIED)) == 1


def test_only_who_has_the_contact_says_what_became_of_the_call(scene: RuleScene) -> None:
    asks(scene)

    with pytest.raises(Refused, match="not_owner"):
        scene.hire()
        calls(scene, True, "call-0001")


def test_who_was_not_to_be_called_has_no_call_to_tell_of(scene: RuleScene) -> None:
    taken(scene)

    with pytest.raises(Refused, match="no_callback"):
        calls(scene, True, "call-0001")


def test_an_agent_promises_a_call_and_has_the_customer_no_more(scene: RuleScene) -> None:
    taken(scene)
    head, at = scene.visitor_head(), quarter(scene)

    for _ in range(2):
        MakeCallback(*scene.needs).schedule("one", head.customer_id, head.cases[0].id, PHONE, at, "later-001")

    assert (contact(scene).state, scene.agent().engagements) == (ContactState.LATER, ())
    assert said(scene)[-1].startswith("We will call the number ending in 5678 on ")
    assert len(scene.entries(Kind.CALLBACK_REQUESTED)) == 1
    assert faults(scene.world.store) == []
    scene.world.clock.to(at)
    fires(scene, scene.entries(Kind.CALLBACK_REQUESTED)[0])
    scene.assign()
    scene.accept()
    assert contact(scene).callback is not None
    assert faults(scene.world.store) == []


@pytest.mark.parametrize(("phone", "ahead", "code"), [
    ("12345", HOUR, "callback_bad_number"), (PHONE, timedelta(days=8), "callback_bad_time"),
])  # fmt: skip
def test_an_agent_promises_nothing_that_cannot_be(
    scene: RuleScene, phone: str, ahead: timedelta, code: str
) -> None:
    taken(scene)
    head = scene.visitor_head()

    with pytest.raises(Refused, match=code):
        MakeCallback(*scene.needs).schedule(
            "one", head.customer_id, head.cases[0].id, phone, quarter(scene, ahead), "later-001"
        )


def test_an_agent_who_is_gone_leaves_the_call_to_another(scene: RuleScene) -> None:
    asks(scene)
    taken(scene)
    scene.presence(scene.agent().presence.OFFLINE)

    assert (contact(scene).state, contact(scene).callback is not None) == (ContactState.WAITING, True)
    assert faults(scene.world.store) == []


def test_who_proves_their_number_is_called_all_the_same(scene: RuleScene) -> None:
    asks(scene)

    scene.does(CodeRequest(PHONE))
    scene.chat("123456")

    assert contact(scene).callback is not None
    assert faults(scene.world.store) == []
