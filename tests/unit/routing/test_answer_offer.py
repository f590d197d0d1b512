"""An offer is a lease: accepted once, or back with its original age."""

import pytest

from shared.domain.customer.head import ContactState
from shared.domain.errors import Refused
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import RoutingStatus, routing_status
from shared.domain.timeline.entry import Kind
from shared.use_cases.routing.answer_offer import AnswerOffer
from tests.support.rule_scene import RuleScene


def offered() -> tuple[RuleScene, AnswerOffer, str]:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    scene.world.clock.advance(7)
    scene.assign()
    return scene, AnswerOffer(*scene.needs), scene.offers()[0]


def test_who_accepts_owns_the_case_and_it_says_how_long_it_took() -> None:
    scene, answer, offer_id = offered()
    scene.world.clock.advance(3)

    place = answer.accept("one", offer_id)

    case = scene.head().cases[0]
    assert (case.contact.state, case.owner, case.contact.assigned_at) == (
        ContactState.CONNECTED,
        "one",
        scene.world.clock(),
    )
    assert (place.case_id, scene.offers()) == (case.id, [])
    assigned = scene.entries(Kind.ASSIGNED)[0].facts
    assert (assigned["queue_ms"], assigned["rang_ms"]) == (10_000, 3_000)


def test_accepting_again_is_a_success() -> None:
    scene, answer, offer_id = offered()

    first, again = answer.accept("one", offer_id), answer.accept("one", offer_id)

    assert first.case_id == again.case_id
    assert len(scene.entries(Kind.ASSIGNED)) == 1


def test_somebody_elses_offer_cannot_be_accepted() -> None:
    scene, answer, offer_id = offered()
    scene.hire("two")

    with pytest.raises(Refused, match="offer_gone"):
        answer.accept("two", offer_id)


def test_a_declined_offer_waits_again_with_its_original_age() -> None:
    scene, answer, offer_id = offered()
    before = scene.head().cases[0]

    answer.decline("one", offer_id)

    case = scene.head().cases[0]
    assert (case.contact.state, case.owner, case.contact.enqueued_at) == (
        ContactState.WAITING,
        "",
        before.contact.enqueued_at,
    )
    assert [row.enqueued_at for row in scene.all(Waiting)] == [before.contact.enqueued_at]
    ended = scene.entries(Kind.OFFER_ENDED)[0]
    assert (ended.facts["how"], ended.signals.wake, ended.actor) == ("declined", "main", "agent:one")


def test_who_lets_an_offer_expire_gets_no_more_until_they_say_available() -> None:
    scene, answer, offer_id = offered()

    answer.expire("one", offer_id)

    assert routing_status(scene.agent()) is RoutingStatus.NOT_RESPONDING
    assert scene.seats() == []
    assert scene.assign() == 0


def test_who_declined_is_not_asked_again_for_a_minute_however_alone_they_are() -> None:
    scene, answer, offer_id = offered()
    answer.decline("one", offer_id)

    at_once = scene.assign()
    scene.world.clock.advance(60)
    later = scene.assign()

    assert (at_once, later) == (0, 1)
    assert scene.offers("one") != [offer_id]


def test_what_one_declined_goes_to_the_other_and_not_back_and_forth() -> None:
    scene, answer, offer_id = offered()
    scene.hire("two")
    answer.decline("one", offer_id)

    scene.assign()
    second = scene.offers("two")
    answer.decline("two", second[0])

    assert len(second) == 1
    assert scene.assign() == 0
    assert {decline.agent_id for decline in scene.head().cases[0].contact.declines} == {"one", "two"}


def test_who_declines_goes_to_the_end_of_the_row() -> None:
    scene, answer, offer_id = offered()
    scene.hire("two")
    scene.world.clock.advance(1)

    answer.decline("one", offer_id)
    scene.assign()

    assert len(scene.offers("two")) == 1


def test_an_offer_that_was_accepted_in_time_does_not_expire() -> None:
    scene, answer, offer_id = offered()
    answer.accept("one", offer_id)

    answer.expire("one", offer_id)

    assert scene.head().cases[0].contact.state is ContactState.CONNECTED
    assert not scene.agent().not_responding


def test_accepting_and_expiring_at_once_has_one_winner() -> None:
    scene, answer, offer_id = offered()
    scene.world.store.before_commit = lambda writes: answer.expire("one", offer_id)

    with pytest.raises(Refused, match="offer_gone"):
        answer.accept("one", offer_id)

    assert scene.entries(Kind.ASSIGNED) == []
    assert scene.head().cases[0].contact.state is ContactState.WAITING


def test_an_agent_nobody_knows_has_no_offers() -> None:
    _, answer, offer_id = offered()

    with pytest.raises(Refused) as caught:
        answer.accept("nobody", offer_id)

    assert (caught.value.code, caught.value.status) == ("no_agent", 404)
