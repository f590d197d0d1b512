"""An agent takes a case out of its queue by themselves, or gives one to somebody else."""

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import Ref
from shared.domain.customer.head import ContactState, OpenCase
from shared.domain.errors import Refused
from shared.domain.queue import Queue
from shared.domain.report.count_fact import count_fact
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Presence
from shared.domain.staffing import Rule, When
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Kind
from shared.domain.timeline.once import RequestKey
from shared.use_cases.desk.assign_case import AssignCase
from shared.use_cases.desk.hand_on import Wish
from shared.use_cases.routing.take_case import TakeCase
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

SECOND = "second"


@pytest.fixture
def scene() -> RuleScene:
    """A customer waits, and two agents have not been asked yet."""
    queues = (Queue("main"), Queue(SECOND))
    centre = RuleScene(World(settings=FixedSettings(Centre(acw_seconds=0, queues=queues))))
    centre.hire()
    centre.hire("two")
    centre.sms("Hello")
    centre.world.clock.advance(20)
    return centre


def case_of(scene: RuleScene) -> OpenCase:
    return scene.head().cases[0]


def take(scene: RuleScene, agent: str = "one", key: str = "take-00001") -> None:
    TakeCase(*scene.needs)(agent, scene.head().customer_id, case_of(scene).id, key)


def assign(scene: RuleScene, agent: str = "one", key: str = "assign-001", **to: str) -> None:
    AssignCase(*scene.needs)(Wish(agent, scene.head().customer_id, case_of(scene).id, **to), key)


def test_who_takes_a_case_has_it_and_nobody_is_asked(scene: RuleScene) -> None:
    take(scene)
    scene.assign()

    case = case_of(scene)
    assert (case.owner, case.contact.state) == ("one", ContactState.CONNECTED)
    assert scene.offers("two") == []
    assert scene.all(Waiting) == []
    assert faults(scene.world.store) == []


def test_the_figures_count_a_contact_handled_and_no_offer(scene: RuleScene) -> None:
    take(scene)

    (line,) = scene.entries(Kind.ASSIGNED)
    (add,) = count_fact(facts(line)[0], Centre())
    assert add.amounts["contacts_handled"] == 1
    assert add.amounts["queue_answer_ms"] == 20_000
    assert "offers_accepted" not in add.amounts


def test_the_slower_of_two_is_told_who_has_it(scene: RuleScene) -> None:
    take(scene)

    with pytest.raises(Refused) as refused:
        take(scene, "two")

    assert (refused.value.code, refused.value.told) == ("taken", {"agent": "Agent One"})
    assert scene.agent("two").engagements == ()


def test_what_rings_a_colleague_is_said_to_ring_them(scene: RuleScene) -> None:
    scene.assign()
    rings, other = ("one", "two") if scene.offers("one") else ("two", "one")

    with pytest.raises(Refused) as refused:
        take(scene, other)

    assert refused.value.code == "taken_rings"
    assert refused.value.told == {"agent": f"Agent {rings.capitalize()}"}


def test_taking_what_rings_oneself_accepts_it(scene: RuleScene) -> None:
    scene.assign()
    rings = "one" if scene.offers("one") else "two"

    take(scene, rings)

    assert case_of(scene).owner == rings
    assert scene.offers(rings) == []
    assert faults(scene.world.store) == []


def test_taking_twice_is_taking_once(scene: RuleScene) -> None:
    take(scene)
    take(scene)
    take(scene, key="take-00002")

    assert len(scene.entries(Kind.ASSIGNED)) == 1


def test_who_is_full_is_told_so_and_it_goes_on_waiting(scene: RuleScene) -> None:
    for n in range(3):
        scene.sms("Me first", f"+8210900000{n:02}")
        head = scene.head(f"+8210900000{n:02}")
        TakeCase(*scene.needs)("one", head.customer_id, head.cases[0].id, f"other-{n:04}")

    with pytest.raises(Refused) as refused:
        take(scene)

    assert (refused.value.code, refused.value.told) == ("full", {"held": "3", "most": "3"})
    assert case_of(scene).contact.state is ContactState.WAITING
    assert scene.world.store.get(Ref(RequestKey, "agent:one", "take-00001")) is None


def test_who_is_offline_takes_nothing_and_who_is_on_a_break_may(scene: RuleScene) -> None:
    scene.presence(Presence.OFFLINE)
    with pytest.raises(Refused, match="take_not_there"):
        take(scene)

    scene.presence(Presence.BREAK)
    take(scene)

    assert case_of(scene).owner == "one"


def test_a_closed_case_is_refused(scene: RuleScene) -> None:
    take(scene)
    customer, case = scene.head().customer_id, case_of(scene).id
    scene.closes()

    with pytest.raises(Refused, match="case_closed"):
        TakeCase(*scene.needs)("two", customer, case, "take-00009")


def test_what_waits_is_given_to_another_queue_with_the_reason(scene: RuleScene) -> None:
    before = case_of(scene).contact.enqueued_at

    assign(scene, queue=SECOND, note="a refund")
    assign(scene, queue=SECOND, note="a refund")

    contact = case_of(scene).contact
    assert (contact.queue, contact.enqueued_at) == (SECOND, before)
    assert [e.text for e in scene.entries(Kind.NOTE_ADDED)] == ["a refund"]
    (moved,) = scene.entries(Kind.MOVED)
    assert (moved.facts["reason"], moved.actor) == ("assigned", "agent:one")
    assert faults(scene.world.store) == []


def test_what_waits_is_given_to_a_colleague_for_whom_it_waits_first(scene: RuleScene) -> None:
    assign(scene, to="two")
    scene.assign()

    assert (scene.offers("one"), len(scene.offers("two"))) == ([], 1)
    assert faults(scene.world.store) == []


def test_one_of_ones_own_is_handed_on(scene: RuleScene) -> None:
    take(scene)

    assign(scene, queue=SECOND)

    assert (case_of(scene).owner, case_of(scene).contact.queue) == ("", SECOND)
    assert len(scene.entries(Kind.TRANSFERRED)) == 1
    assert faults(scene.world.store) == []


def test_what_a_colleague_has_is_not_given_away(scene: RuleScene) -> None:
    take(scene, "two")

    with pytest.raises(Refused, match="not_assignable"):
        assign(scene, queue=SECOND)


FAR = "far"


@pytest.fixture
def pools() -> RuleScene:
    """A customer waits in a queue of another pool than the one the agents are in."""
    queues = (Queue("main"), Queue(FAR, FAR))
    rules = (Rule((When("channel", ("sms",)),), FAR),)
    centre = RuleScene(World(settings=FixedSettings(Centre(acw_seconds=0, queues=queues, rules=rules))))
    centre.hire()
    centre.hire("two")
    centre.sms("Hello")
    return centre


@pytest.mark.parametrize(
    "to", [{"to": "two"}, {"to": "one"}, {"queue": "main"}, {"to": "two", "queue": "main"}]
)
def test_what_waits_in_another_pool_is_theirs_to_give(pools: RuleScene, to: dict[str, str]) -> None:
    """It would wait alone for an agent whom no look at that pool can ask."""
    with pytest.raises(Refused, match="not_assignable"):
        assign(pools, **to)

    assert case_of(pools).contact.queue == FAR
    assert case_of(pools).contact.preferred == ""


@pytest.mark.parametrize("owned", [False, True])
def test_an_agent_gets_nothing_in_a_queue_of_another_pool(owned: bool) -> None:
    queues = (Queue("main"), Queue(FAR, FAR))
    scene = RuleScene(World(settings=FixedSettings(Centre(acw_seconds=0, queues=queues))))
    scene.hire()
    scene.hire("two")
    scene.sms("Hello")
    if owned:
        take(scene)

    for queue in (FAR, "nowhere"):
        with pytest.raises(Refused, match="no_queue"):
            assign(scene, to="two", queue=queue)

    assert case_of(scene).contact.queue == "main"


def test_nobody_gets_what_is_given_to_who_is_not_there(scene: RuleScene) -> None:
    scene.presence(Presence.OFFLINE, "two")

    with pytest.raises(Refused) as refused:
        assign(scene, to="two")
    with pytest.raises(Refused, match="no_queue"):
        assign(scene, queue="nowhere")

    assert refused.value.code == "colleague_gone"
    assert "main" in refused.value.told["queues"]["en"]  # type: ignore[index]
