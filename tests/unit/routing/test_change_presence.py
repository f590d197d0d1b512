"""Agents come, pause and go; work is never left with who is gone."""

import pytest

from shared.domain.customer.head import ContactState
from shared.domain.errors import Refused
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Presence
from shared.domain.timeline.entry import Entry, Kind, Signals
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.sweep_presence import SweepPresence
from tests.support.rule_scene import RuleScene


def told(scene: RuleScene) -> list[Entry]:
    return [entry for entry in scene.all(Entry) if entry.kind is Kind.PRESENCE_CHANGED]


def test_who_becomes_available_stands_in_the_pool_and_wakes_it() -> None:
    scene = RuleScene()

    scene.hire()

    assert [seat.agent_id for seat in scene.seats()] == ["one"]
    assert told(scene)[0].signals == Signals("main", agent="one")


def test_saying_it_again_changes_nothing() -> None:
    scene = RuleScene()
    scene.hire()
    before = scene.agent()
    scene.world.clock.advance(5)

    scene.presence(Presence.AVAILABLE)

    assert scene.agent() == before
    assert len(told(scene)) == 1


def test_a_break_keeps_the_work_and_takes_no_new() -> None:
    scene = RuleScene()
    scene.taken()
    scene.sms("Another", number="+821012345679")

    scene.presence(Presence.BREAK)

    assert len(scene.agent().engagements) == 1
    assert scene.seats() == []
    assert scene.assign() == 0


def test_the_past_presence_is_measured() -> None:
    scene = RuleScene()
    scene.hire()
    scene.world.clock.advance(600)

    scene.presence(Presence.MEAL)

    facts = told(scene)[-1].facts
    assert (facts["before"], facts["after"], facts["lasted_ms"]) == ("available", "meal", 600_000)


def test_going_offline_gives_cases_back_with_their_original_age() -> None:
    scene = RuleScene()
    before = scene.taken()
    scene.world.clock.advance(300)

    scene.presence(Presence.OFFLINE)

    case = scene.head().cases[0]
    assert (case.contact.state, case.owner) == (ContactState.WAITING, "")
    assert case.contact.enqueued_at == before.contact.enqueued_at
    assert [row.enqueued_at for row in scene.all(Waiting)] == [before.contact.enqueued_at]
    assert scene.agent().engagements == ()
    assert scene.entries(Kind.REQUEUED)[0].facts["reason"] == "offline"


def test_going_offline_withdraws_offers() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    scene.assign()

    scene.presence(Presence.OFFLINE)

    assert scene.entries(Kind.OFFER_ENDED)[0].facts["how"] == "withdrawn"
    assert scene.head().cases[0].contact.state is ContactState.WAITING


def test_a_desk_that_fell_silent_is_swept_offline_once() -> None:
    scene = RuleScene()
    scene.taken()
    sweep = SweepPresence(*scene.needs)
    scene.world.clock.advance(151)

    sweep("main")
    sweep("main")

    assert [entry.facts["after"] for entry in told(scene)].count("offline") == 1
    assert scene.agent().presence is Presence.OFFLINE
    assert scene.head().cases[0].contact.state is ContactState.WAITING
    assert told(scene)[-1].facts["reason"] == "heartbeat_lost"


def test_a_heartbeat_keeps_the_agent() -> None:
    scene = RuleScene()
    scene.taken()
    presence = ChangePresence(*scene.needs)
    scene.world.clock.advance(100)
    presence.beat("one")
    scene.world.clock.advance(100)

    SweepPresence(*scene.needs)("main")

    assert scene.agent().presence is Presence.AVAILABLE


def test_who_comes_back_available_after_not_responding_is_asked_again() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    scene.assign()
    AnswerOffer(*scene.needs).expire("one", scene.offers()[0])

    scene.presence(Presence.AVAILABLE)

    assert scene.assign() == 1


def test_an_agent_nobody_knows_has_no_presence() -> None:
    with pytest.raises(Refused, match="no_agent"):
        RuleScene().presence(Presence.AVAILABLE, "nobody")
