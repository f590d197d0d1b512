"""What a customer is to the centre: supervisors say it, rules use it, the timeline remembers who said it."""

from collections.abc import Iterator

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.customer.evidence import Profile
from shared.domain.staffing import Rule, When
from shared.domain.timeline.entry import Kind
from shared.edge import wiring
from tests.support.rule_scene import RuleScene
from tests.support.staff import Browser

GOLD = Rule((When("tier", ("gold",)),), priority=1)


@pytest.fixture
def scene() -> Iterator[RuleScene]:
    made = RuleScene(World(settings=FixedSettings(Centre(rules=(GOLD,)))))
    wiring.use(made.world.ports())
    made.sms("Hello")
    yield made


@pytest.fixture
def boss(scene: RuleScene) -> Browser:
    return Browser("boss", groups="supervisor")


def path(scene: RuleScene) -> str:
    return f"/customers/{scene.head().customer_id}/tier"


def test_a_supervisor_gives_a_customer_a_tier_and_the_timeline_says_who(
    scene: RuleScene, boss: Browser
) -> None:
    told = boss.put(path(scene), {"tier": "gold"})

    assert told.status == 200
    assert scene.get(Profile, scene.head().customer_id).tier == "gold"
    (line,) = scene.entries(Kind.AUDITED)
    assert (line.actor, line.facts) == (
        "agent:boss",
        {"action": "tier_set", "before": "", "after": "gold"},
    )
    assert boss.get(f"/customers/{scene.head().customer_id}").body["tier"] == "gold"


def test_said_again_it_changes_nothing_and_an_empty_one_takes_it_away(
    scene: RuleScene, boss: Browser
) -> None:
    boss.put(path(scene), {"tier": "gold"})
    boss.put(path(scene), {"tier": "gold"})
    assert len(scene.entries(Kind.AUDITED)) == 1

    boss.put(path(scene), {"tier": ""})
    assert scene.get(Profile, scene.head().customer_id).tier == ""


def test_the_next_case_of_the_customer_begins_with_it(scene: RuleScene, boss: Browser) -> None:
    scene.hire()
    scene.assign()
    scene.accept()
    scene.closes()
    scene.world.clock.advance(30 * 86_400)

    boss.put(path(scene), {"tier": "gold"})
    scene.sms("Hello again")

    assert scene.head().cases[0].contact.priority == 1


@pytest.mark.parametrize("tier", ["Gold", "very good", "x" * 33, "금"])
def test_what_is_no_single_word_is_refused_with_what_to_do(
    scene: RuleScene, boss: Browser, tier: str
) -> None:
    told = boss.put(path(scene), {"tier": tier})

    assert (told.status, told.body["error"]["code"]) == (422, "bad_tier")
    assert scene.entries(Kind.AUDITED) == []


def test_an_agent_may_not_and_nobody_gives_one_to_somebody_unknown(scene: RuleScene, boss: Browser) -> None:
    assert Browser().put(path(scene), {"tier": "gold"}).status == 403
    assert boss.put("/customers/nobody/tier", {"tier": "gold"}).status == 404
    assert scene.entries(Kind.AUDITED) == []
