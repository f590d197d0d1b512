"""Supervisors see each offer of a contact, what became of it, and why it waits now."""

from typing import Any

import pytest

from shared.domain.errors import Refused
from shared.domain.ids import case_number
from shared.domain.routing.staff import Presence
from shared.use_cases.desk.see_why import SeeWhy
from shared.use_cases.routing.answer_offer import AnswerOffer
from tests.support.rule_scene import RuleScene


def why(scene: RuleScene, which: str = "", language: str = "en") -> list[Any]:
    return [*SeeWhy(*scene.needs)(scene.head().customer_id, which, language)]


def test_a_contact_nobody_works_for_says_so() -> None:
    scene = RuleScene()
    scene.sms("Hello")

    (found,) = why(scene)

    assert (found.offers, found.now.code, found.queue, found.channel) == ((), "nobody", "main", "sms")
    assert found.now.position == 1
    assert found.now.sentence == "Nobody logged in can take it: it needs its queue in their profile."


def test_each_offer_tells_whom_it_asked_and_what_became_of_it() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire("one")
    scene.assign()
    AnswerOffer(*scene.needs).decline("one", scene.offers("one")[0])
    scene.hire("two")
    scene.assign()

    rings = why(scene)
    scene.accept("two")
    accepted = why(scene)

    assert [(offer.name, offer.became) for offer in rings[0].offers] == [
        ("Agent One", "declined"),
        ("Agent Two", ""),
    ]
    assert [offer.became for offer in accepted[0].offers] == ["declined", "accepted"]
    assert (rings[0].now.code, accepted[0].now.code) == ("rings", "has_agent")
    assert accepted[0].now.sentence == "Agent Two has it."


def test_a_contact_that_its_only_agent_declined_rests() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire("one")
    scene.assign()
    AnswerOffer(*scene.needs).decline("one", scene.offers("one")[0])

    assert why(scene)[0].now.code == "rests"


def test_a_closed_case_still_tells_its_offers() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.closes()

    (found,) = why(scene, case_number(case.id).lower())

    assert (found.case_id, found.now, [offer.became for offer in found.offers]) == (
        case.id,
        None,
        ["accepted"],
    )


@pytest.mark.parametrize("by", ["contact", "case", "number"])
def test_a_contact_is_named_by_its_id_its_case_or_the_number_of_it(by: str) -> None:
    scene = RuleScene()
    case = scene.taken()
    name = {"contact": case.contact.interaction_id, "case": case.id, "number": case_number(case.id)}[by]

    assert [found.case_id for found in why(scene, name)] == [case.id]


def test_a_contact_that_this_customer_does_not_have_is_refused() -> None:
    scene = RuleScene()
    scene.sms("Hello")

    with pytest.raises(Refused, match="no_contact"):
        why(scene, "another")


def test_who_is_on_a_break_is_told_as_away() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire("one", Presence.BREAK)

    assert (why(scene)[0].now.code, why(scene, language="ko")[0].now.away) == ("away", 1)


def test_who_came_first_is_first_in_the_queue() -> None:
    scene = RuleScene()
    scene.sms("First", number="+821055500001")
    scene.world.clock.advance(1)
    scene.sms("Second")
    scene.assign()

    assert why(scene)[0].now.position == 2
