"""Tags of a case: codes of the settings."""

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.customer.kept import Case
from shared.domain.declared import Tag
from shared.domain.errors import Refused
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Kind
from shared.use_cases.case.tag_case import TagCase
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

TAGS = (Tag("delivery", "배송", "Delivery"), Tag("refund", "환불", "Refund"))


@pytest.fixture
def scene() -> RuleScene:
    centre = RuleScene(World(settings=FixedSettings(Centre(acw_seconds=0, tags=TAGS))))
    centre.taken()
    return centre


def tag(scene: RuleScene, *add: str, remove: tuple[str, ...] = (), key: str = "tag-000001") -> None:
    (kept,) = scene.all(Case)
    TagCase(*scene.needs)("one", kept.customer_id, kept.id, add, remove, key)


def tags(scene: RuleScene) -> tuple[str, ...]:
    return scene.all(Case)[0].tags


def test_tags_are_added_and_taken_off_and_stand_in_the_trail(scene: RuleScene) -> None:
    tag(scene, "delivery", "refund")
    tag(scene, remove=("delivery",), key="tag-000002")

    assert tags(scene) == ("refund",)
    lines = scene.entries(Kind.CASE_TAGGED)
    assert [e.facts["tags"] for e in lines] == ["delivery refund", "refund"]
    assert [fact.name for fact in facts(lines[0])] == ["CaseTagged"]
    assert faults(scene.world.store) == []


def test_the_same_tags_again_write_nothing(scene: RuleScene) -> None:
    tag(scene, "delivery")
    tag(scene, "delivery")
    tag(scene, "delivery", key="tag-000002")

    assert len(scene.entries(Kind.CASE_TAGGED)) == 1


def test_an_unknown_tag_is_refused_with_those_there_are(scene: RuleScene) -> None:
    with pytest.raises(Refused) as refused:
        tag(scene, "urgent")

    assert refused.value.code == "unknown_tag"
    assert refused.value.told["tags"] == {"ko": "배송, 환불", "en": "Delivery, Refund"}


def test_a_tag_that_the_settings_have_no_more_is_taken_off(scene: RuleScene) -> None:
    tag(scene, "delivery")
    scene.world.settings = FixedSettings(Centre(acw_seconds=0))

    tag(scene, remove=("delivery",), key="tag-000002")

    assert tags(scene) == ()


def test_a_closed_case_is_tagged_too(scene: RuleScene) -> None:
    scene.closes()

    tag(scene, "refund")

    assert tags(scene) == ("refund",)


def test_a_case_that_is_not_there_is_said_to_be_missing(scene: RuleScene) -> None:
    with pytest.raises(Refused, match="no_case"):
        TagCase(*scene.needs)("one", scene.head().customer_id, "nowhere", ("refund",), (), "tag-000001")
