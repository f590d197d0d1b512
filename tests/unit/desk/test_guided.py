"""Which guide fits a case; steps are ticked once, by whoever, and nothing is lost."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import ANY, Put
from shared.domain.customer.kept import Case
from shared.domain.declared import Guide, GuideStep
from shared.domain.desk.step_view import StepView
from shared.domain.errors import Refused
from shared.domain.guided import guide_of, listed
from shared.domain.timeline.entry import Kind
from shared.use_cases.case.tick_step import TickStep
from shared.use_cases.desk.see_customer import SeeCustomer
from tests.support.rule_scene import RuleScene

LOOK, CALL, PAY = (GuideStep(code, f"{code}-ko", f"{code}-en") for code in ("look", "call", "pay"))
OF_ALL = Guide("all", (LOOK, CALL))
OF_QUEUE = Guide("main", (CALL,), queue="main")
OF_INTENT = Guide("refund", (PAY,), intent="refund")
OF_BOTH = Guide("both", (PAY, LOOK), queue="main", intent="refund")
KEYS = count()


def taken(*guides: Guide) -> RuleScene:
    scene = RuleScene(World(settings=FixedSettings(Centre(guides=guides or (OF_ALL,)))))
    scene.taken()
    return scene


def tick(scene: RuleScene, step: str, done: bool = True, agent: str = "one", key: str = "") -> None:
    head = scene.head()
    TickStep(*scene.needs)(
        agent, head.customer_id, head.cases[0].id, step, done, key or f"step-{next(KEYS):04}"
    )


def done(scene: RuleScene) -> tuple[str, ...]:
    case = scene.head().cases[0]
    return scene.get(Case, case.member, case.id).steps


def shown(scene: RuleScene) -> tuple[StepView, ...]:
    return SeeCustomer(*scene.needs).card(scene.head().customer_id, "en").cases[0].steps


def test_the_guide_that_says_most_of_a_case_is_its_guide() -> None:
    guides = (OF_ALL, OF_QUEUE, OF_INTENT, OF_BOTH)

    assert guide_of(guides, "main", "refund") is OF_BOTH
    assert guide_of(guides, "other", "refund") is OF_INTENT
    assert guide_of(guides, "main", "") is OF_QUEUE
    assert guide_of(guides, "other", "") is OF_ALL
    assert guide_of((OF_QUEUE, OF_INTENT), "other", "") is None


@given(st.permutations([OF_ALL, OF_QUEUE, OF_INTENT, OF_BOTH]), st.sampled_from(["main", "x"]))
def test_the_order_of_the_settings_decides_only_among_equals(guides: list[Guide], queue: str) -> None:
    twin = replace(OF_BOTH, name="later")

    found = guide_of((*guides, twin), queue, "refund")

    assert found is (OF_BOTH if queue == "main" else OF_INTENT)


@given(st.lists(st.sampled_from(["look", "call", "pay", "gone"]), unique=True))
def test_every_step_that_was_done_is_shown_once(steps: list[str]) -> None:
    codes = [step.code for step in listed((OF_ALL, OF_INTENT), "main", "", steps)]

    assert codes[:2] == ["look", "call"]
    assert len(codes) == len(set(codes))
    assert set(codes) == {"look", "call", *steps}


def test_a_ticked_step_is_kept_with_the_case_and_told_on_the_timeline() -> None:
    scene = taken()

    tick(scene, "call")

    assert done(scene) == ("call",)
    (line,) = scene.entries(Kind.STEP_TICKED)
    assert (line.actor, line.facts) == ("agent:one", {"step": "call", "done": True})
    assert [(one.code, one.done) for one in shown(scene)] == [("look", False), ("call", True)]


def test_a_tick_can_be_taken_away_and_what_is_so_already_writes_nothing() -> None:
    scene = taken()
    tick(scene, "call")

    tick(scene, "call")
    tick(scene, "call", done=False)
    tick(scene, "call", done=False)

    assert done(scene) == ()
    assert [line.facts["done"] for line in scene.entries(Kind.STEP_TICKED)] == [True, False]


def test_the_same_request_that_comes_late_does_not_tick_again() -> None:
    scene = taken()
    tick(scene, "call", key="step-late")
    tick(scene, "call", done=False)

    tick(scene, "call", key="step-late")

    assert done(scene) == ()


def test_two_agents_who_tick_at_once_lose_nothing() -> None:
    scene = taken()
    scene.world.store.before_commit = lambda _: tick(scene, "look", agent="two")

    tick(scene, "call")

    assert done(scene) == ("look", "call")
    assert len(scene.entries(Kind.STEP_TICKED)) == 2


def test_two_agents_who_tick_the_same_step_at_once_leave_one_line() -> None:
    scene = taken()
    scene.world.store.before_commit = lambda _: tick(scene, "call", agent="two")

    tick(scene, "call")

    assert done(scene) == ("call",)
    assert [line.actor for line in scene.entries(Kind.STEP_TICKED)] == ["agent:two"]


def test_a_step_of_no_guide_and_a_closed_case_are_refused() -> None:
    scene = taken()

    with pytest.raises(Refused) as unknown:
        tick(scene, "dance")
    head = scene.head()
    scene.closes()
    with pytest.raises(Refused) as closed:
        TickStep(*scene.needs)("one", head.customer_id, head.cases[0].id, "call", True, "step-closed")

    assert (unknown.value.code, unknown.value.status) == ("no_step", 422)
    assert (closed.value.code, closed.value.status) == ("case_closed", 409)


def test_what_was_done_of_a_guide_that_is_gone_stays_and_can_be_taken_away() -> None:
    scene = taken()
    case = scene.head().cases[0]
    kept = scene.get(Case, case.member, case.id)
    scene.world.store.commit(Put(replace(kept, steps=("gone",)), over=ANY))

    before = shown(scene)
    tick(scene, "gone", done=False)

    assert before[-1] == StepView("gone", "", "", True)
    assert [one.code for one in shown(scene)] == ["look", "call"]


def test_a_closed_case_shows_the_steps_that_were_done() -> None:
    scene = taken()
    tick(scene, "look")

    scene.closes()

    assert [(one.code, one.label_en) for one in shown(scene)] == [("look", "look-en")]
