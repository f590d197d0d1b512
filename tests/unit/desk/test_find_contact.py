"""A contact is found by whatever name somebody has for it."""

import pytest

from shared.domain.errors import Refused
from shared.domain.ids import case_number
from shared.use_cases.desk.find_contact import FindContact
from tests.support.rule_scene import NUMBER, RuleScene


def find(scene: RuleScene, name: str) -> tuple[str, str]:
    return FindContact(scene.world.store, scene.world.settings)(name)


@pytest.mark.parametrize("name", [NUMBER, "010-1234-5678", f"phone:{NUMBER}"])
def test_a_customers_number_names_all_their_contacts(name: str) -> None:
    scene = RuleScene()
    scene.sms("Hello")

    assert find(scene, name) == (scene.head().customer_id, "")


def test_a_customers_id_names_all_their_contacts() -> None:
    scene = RuleScene()
    scene.sms("Hello")

    assert find(scene, scene.head().customer_id) == (scene.head().customer_id, "")


@pytest.mark.parametrize("taken", [False, True])
def test_work_that_waits_or_that_an_agent_has_is_found_by_contact_case_and_number(taken: bool) -> None:
    scene = RuleScene()
    scene.taken() if taken else scene.sms("Hello")
    (case,) = scene.head().cases

    for name in (case.contact.interaction_id, case.id, case_number(case.id).lower()):
        assert find(scene, name) == (scene.head().customer_id, name)


@pytest.mark.parametrize("name", ["nothing", "ana@example.test", "+821099999999", "ABC123"])
def test_what_nobody_knows_is_refused(name: str) -> None:
    scene = RuleScene()
    scene.sms("Hello")

    with pytest.raises(Refused, match="no_contact") as refused:
        find(scene, name)
    assert refused.value.status == 404
