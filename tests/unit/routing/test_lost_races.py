"""Somebody was faster between two of our reads: then we decide again, and it is no error."""

from collections.abc import Callable
from typing import cast

import pytest

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Left
from shared.domain.channel.commands import Due
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.head import ContactState, Head
from shared.domain.routing.staff import Agent, Presence
from shared.ports import Store
from shared.use_cases.case.end_silent import end_silent
from shared.use_cases.channel.route_message import RouteMessage
from shared.use_cases.routing.answer_offer import AnswerOffer
from tests.support.between import Between
from tests.support.consistency import faults
from tests.support.rule_scene import VISITOR, RuleScene

Other = Callable[[RuleScene], object]
OTHERS: dict[str, Other] = {
    "taken": lambda scene: scene.accept(),
    "declined": lambda scene: AnswerOffer(*scene.needs).decline("one", scene.offers()[0]),
    "expired": lambda scene: AnswerOffer(*scene.needs).expire("one", scene.offers()[0]),
    "withdrawn": lambda scene: scene.presence(Presence.OFFLINE),
}


def ringing() -> RuleScene:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    return scene


def raced(scene: RuleScene, other: Other, kind: type) -> Store:
    return cast(Store, Between(scene.world.store, kind, lambda: other(scene)))


@pytest.mark.parametrize("name", OTHERS)
def test_a_chat_is_left_just_as_its_offer_ends(name: str) -> None:
    scene = ringing()
    left = Arrival(Way("", Address("visitor", VISITOR), "", VISITOR), Left())
    store = raced(scene, OTHERS[name], Agent)

    outcome = RouteMessage(store, scene.needs[1])(scene.raw("chat"), left)

    cases = scene.visitor_head().cases
    assert (outcome, [case.interactions for case in cases]) == (
        Outcome.HANDLED,
        [()] if name == "taken" else [],
    )
    assert faults(scene.world.store) == []


@pytest.mark.parametrize("name", OTHERS)
def test_a_chat_falls_silent_just_as_its_offer_ends(name: str) -> None:
    scene = ringing()
    case = scene.visitor_head().cases[0]
    scene.world.clock.advance(1800)
    due = Due(
        scene.world.clock(), "silence", scene.visitor_head().customer_id, case.id, case.interactions[0].id
    )

    end_silent(raced(scene, OTHERS[name], Agent), scene.needs[1], due)

    assert faults(scene.world.store) == []


def test_an_offer_is_accepted_by_two_hands_and_both_are_told_the_same() -> None:
    scene = ringing()
    offer_id = scene.offers()[0]
    store = raced(scene, OTHERS["taken"], Head)

    place = AnswerOffer(store, scene.needs[1]).accept("one", offer_id)

    assert place.accepted == offer_id
    assert scene.visitor_head().cases[0].contact.state is ContactState.CONNECTED
