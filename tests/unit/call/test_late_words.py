"""What the carrier says late: of a line that was given up, or that rang for who has the contact no more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.call.order import Act
from shared.domain.call.wanted import next_order
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.call import Call, Leg, LegRole, LegState, with_leg
from shared.domain.customer.head import ContactState
from shared.domain.routing.staff import Presence
from shared.domain.timeline.entry import Kind
from shared.use_cases.call.place_call import PlaceCall
from shared.use_cases.desk.hand_on import HandOn, Wish
from tests.support.call_scene import CallScene
from tests.support.consistency import faults
from tests.support.rule_scene import NUMBER


@pytest.fixture
def scene() -> CallScene:
    return CallScene()


def rung_at(scene: CallScene, leg: Leg, seconds: int) -> Leg:
    """We had it rung so many seconds ago."""
    known = replace(scene.leg(leg), rung_at=scene.world.clock() - timedelta(seconds=seconds))
    scene.change(with_leg(scene.call(), known))
    return known


def placed(scene: CallScene) -> Call:
    """An agent who has a customer's SMS calls them."""
    scene.taken()
    PlaceCall(*scene.needs)("one", scene.head().customer_id, scene.case().id, NUMBER, "key-0001")
    return scene.call()


def moves_on(scene: CallScene) -> None:
    """The agent has gone: what they had waits again."""
    scene.world.clock.advance(1)
    scene.presence(Presence.OFFLINE)


@pytest.mark.parametrize("state", [LegState.ENDED, LegState.FAILED])
def test_an_agent_who_has_the_contact_again_did_not_leave_it_by_a_line_of_before(
    scene: CallScene, state: LegState
) -> None:
    call = scene.talks()
    leg = next(leg for leg in call.legs if leg.who == "one")
    rung_at(scene, leg, 5)
    moves_on(scene)
    scene.presence(Presence.AVAILABLE)
    scene.assign()
    scene.accept()

    assert scene.says_of(leg, state, 7) is Outcome.HANDLED

    assert scene.contact().state is ContactState.CONNECTED
    assert not scene.call().ending


def test_a_customer_who_hangs_up_while_the_contact_is_offered_takes_the_offer_with_them(
    scene: CallScene,
) -> None:
    scene.taken()
    scene.closes()
    scene.hire()
    PlaceCall(*scene.needs)("one", scene.head().customer_id, "new", NUMBER, "key-0001")
    customer = scene.rings(scene.call(), "", LegRole.CUSTOMER)
    scene.says_of(customer, LegState.TALKING, 2)
    moves_on(scene)
    scene.hire("two")
    scene.assign()
    assert scene.contact().state is ContactState.OFFERED

    assert scene.says_of(customer, LegState.ENDED, 3) is Outcome.HANDLED

    assert scene.case().interactions == ()
    assert [entry.facts["how"] for entry in scene.entries(Kind.OFFER_ENDED)][-1] == "withdrawn"
    assert faults(scene.world.store) == []


def test_a_customer_who_was_rung_for_who_has_gone_is_rung_for_the_next_one(scene: CallScene) -> None:
    scene.phone = "+821055500009"
    customer = scene.rings(placed(scene), "", LegRole.CUSTOMER, LegState.RINGING)
    moves_on(scene)

    scene.says_of(customer, LegState.FAILED, 3, "canceled")

    assert scene.contact().state is ContactState.WAITING


def test_who_picks_up_though_they_were_given_up_is_in_the_call_as_nobody_who_is_wanted(
    scene: CallScene,
) -> None:
    call = scene.talks()
    late = Leg("leg-forgotten", LegRole.AGENT, LegState.DIALLED, call.started_at)

    assert scene.says_of(late, LegState.RINGING, 1, call=call) is Outcome.IGNORED
    assert scene.says_of(late, LegState.TALKING, 2, call=call) is Outcome.HANDLED

    stray = scene.leg(late)
    assert (stray.state, stray.who, stray.to, stray.sid) == (LegState.TALKING, "", "", f"CA-{late.id}")
    found = next_order(scene.call(), scene.contact(), {}, scene.world.now())
    assert found is not None and (found.act, found.leg) == (Act.HANG_UP, stray)
    assert scene.contact().state is ContactState.CONNECTED


def test_a_transfer_while_the_customer_is_rung_waits_with_the_contact(scene: CallScene) -> None:
    scene.phone = "+821055500009"
    customer = scene.rings(placed(scene), "", LegRole.CUSTOMER, LegState.RINGING)
    wish = Wish("one", scene.head().customer_id, scene.case().id, queue=scene.case().contact.queue)
    HandOn(*scene.needs).transfer(wish, "key-0002")

    scene.says_of(customer, LegState.FAILED, 3, "canceled")

    assert {contact.state for contact in scene.case().contacts} == {ContactState.WAITING}
