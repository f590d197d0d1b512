"""GET /contacts/{id}/why, and `patchbay why`: the same answer on the page and at the terminal."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from functions.supervisor_api.app import handler
from infra.cli.commands import why
from infra.cli.why_text import told as as_text
from shared.domain.ids import case_number
from shared.domain.timeline.bus_facts import facts
from shared.edge import wiring
from shared.use_cases.desk.see_why import SeeWhy
from shared.use_cases.report.count_facts import CountFacts
from shared.use_cases.routing.answer_offer import AnswerOffer
from tests.support.rule_scene import NUMBER, RuleScene
from tests.support.staff_event import asked_by_staff


@pytest.fixture
def scene() -> Iterator[RuleScene]:
    scene = RuleScene()
    wiring.use(scene.world.ports())
    yield scene


def ask(contact: str, groups: str = "supervisor", language: str = "en", **query: str) -> tuple[int, Any]:
    claims = {"sub": "s1", "email": "s@example.test", "cognito:groups": groups}
    where = {"contact_id": contact}
    path = "/contacts/{contact_id}/why"
    return asked_by_staff(handler, "GET", path, claims, query=query, values=where, language=language)


def offered_twice(scene: RuleScene) -> None:
    """The first agent said no, the second is asked while a third is free."""
    scene.sms("Hello")
    scene.hire("one")
    scene.assign()
    AnswerOffer(*scene.needs).decline("one", scene.offers("one")[0])
    scene.hire("two")
    scene.world.clock.advance(5)
    scene.hire("three")
    scene.assign()


def test_each_offer_has_its_winner_the_runners_up_and_what_beat_them(scene: RuleScene) -> None:
    offered_twice(scene)

    status, answer = ask(scene.head().cases[0].contact.interaction_id)

    first, second = answer["items"][0]["offers"]
    assert status == 200
    assert (first["became"], first["rule"], first["runners_up"]) == ("declined", "only", [])
    assert (second["became"], second["winner"]["name"]) == ("", "Agent Two")
    assert [(one["name"], one["beaten_by"]) for one in second["runners_up"]] == [
        ("Agent Three", "longest_available")
    ]
    assert (second["free"], second["ring"], second["needs"], second["settings_version"]) == (3, 0, {}, 0)


def test_it_is_told_in_the_readers_language(scene: RuleScene) -> None:
    offered_twice(scene)

    _, answer = ask("all", language="ko", customer=NUMBER)

    assert answer["items"][0]["now"]["sentence"] == "지금 Agent Two 상담원에게 제안되어 있습니다."
    assert "가장 오래 기다림" in answer["items"][0]["offers"][1]["sentence"]


@pytest.mark.parametrize(("contact", "query"), [("nobody", {}), ("nobody", {"customer": NUMBER})])
def test_a_contact_nobody_has_is_not_found(scene: RuleScene, contact: str, query: dict[str, str]) -> None:
    scene.sms("Hello")

    status, answer = ask(contact, **query)

    assert (status, answer["error"]["code"]) == (404, "no_contact")


def test_an_agent_may_not_ask(scene: RuleScene) -> None:
    assert ask("all", groups="agent")[0] == 403


def test_the_terminal_shows_offers_figures_and_what_happens_now(scene: RuleScene) -> None:
    offered_twice(scene)
    (found,) = SeeWhy(*scene.needs)(scene.head().customer_id, "", "en")

    lines = as_text(found).splitlines()

    assert lines[0].startswith(f"Case {found.number}, sms in main")
    assert "Agent One: declined" in lines[1] and "Agent Two: rings" in lines[5]
    assert "longest waiting of 1 in main; available longest" in lines[6]
    assert "needs no skill; ring 0" in lines[7] and "3 free" in lines[7]
    assert lines[8].strip().startswith("asked    Agent Two")
    assert lines[9].strip().startswith("not      Agent Three") and lines[9].endswith(": available longest")
    assert lines[10] == "  Now: It rings Agent Two now."


def test_a_case_that_is_over_is_found_by_the_facts_of_its_day(scene: RuleScene) -> None:
    case = scene.taken()
    scene.closes()
    told = [fact for before, entry in scene.world.store.stream if before is None for fact in facts(entry)]
    CountFacts(scene.world.store, scene.world.files, scene.world.settings)(told)

    found = why.found(case_number(case.id), None)

    assert found == (scene.head().customer_id, case_number(case.id))


def test_the_terminal_says_the_place_in_the_queue_up_to_a_hundred(scene: RuleScene) -> None:
    scene.sms("Hello")
    (found,) = SeeWhy(*scene.needs)(scene.head().customer_id, "", "en")
    far = replace(found, now=replace(found.now, position=101))  # type: ignore[type-var]

    assert "Now: Number 1 in its queue. Nobody logged in can take it" in as_text(found)
    assert "Now: Behind 100 others in its queue. Nobody" in as_text(far)
