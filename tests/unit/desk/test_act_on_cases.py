"""One act on many cases: each answers for itself, and again is once."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.customer.kept import Case
from shared.domain.declared import Tag
from shared.domain.errors import Malformed
from shared.domain.timeline.entry import Kind
from shared.use_cases.desk.act_on_cases import MOST, ActOnCases, Done, Named, Values
from tests.support.consistency import faults
from tests.support.counting_store import CountingStore
from tests.support.rule_scene import RuleScene

NUMBERS = count(1)
HOUR = timedelta(hours=1)


@pytest.fixture
def scene() -> RuleScene:
    centre = Centre(acw_seconds=0, tags=(Tag("vip"),))
    made = RuleScene(World(settings=FixedSettings(centre), store=CountingStore()))
    made.hire()
    return made


def waits(scene: RuleScene, most: int) -> list[Named]:
    found = []
    for _ in range(most):
        number = f"+8210{30000000 + next(NUMBERS)}"
        scene.sms("Hello", number)
        head = scene.head(number)
        found.append(Named(head.customer_id, head.cases[0].id))
    return found


def act(
    scene: RuleScene, what: str, cases: list[Named], key: str = "act-000001", **values: Any
) -> list[Done]:
    return ActOnCases(*scene.needs)("one", what, cases, Values(**values), key)


def codes(done: list[Done]) -> list[str]:
    return [one.refused.code if one.refused else "" for one in done]


def test_each_case_answers_for_itself(scene: RuleScene) -> None:
    done = act(scene, "take", [*waits(scene, 4), Named("nobody", "none")])

    assert codes(done) == ["", "", "", "full", "no_customer"]
    assert len(scene.agent().engagements) == 3
    assert faults(scene.world.store) == []


@pytest.mark.parametrize("key", ["", "short", "a key with blanks", "key-0001\n", "k" * 65, "키" * 8])
def test_without_a_key_of_its_own_nothing_is_done(scene: RuleScene, key: str) -> None:
    """Two requests under no key would be one: the second would be answered with what the first did."""
    cases = waits(scene, 2)

    with pytest.raises(Malformed, match="key"):
        act(scene, "tag", cases, key, add=("vip",))

    assert scene.entries(Kind.CASE_TAGGED) == []


def test_the_same_request_again_does_nothing_twice(scene: RuleScene) -> None:
    cases = waits(scene, 3)
    for what, values in (
        ("tag", {"add": ("vip",)}),
        ("take", {}),
        ("snooze", {"until": scene.world.clock() + HOUR}),
        ("wake", {}),
        ("close", {"disposition": "solved"}),
    ):
        first = codes(act(scene, what, cases, f"act-{what}-01", **values))
        lines = len(scene.entries())
        again = codes(act(scene, what, cases, f"act-{what}-01", **values))

        assert (first, again) == ([""] * 3, [""] * 3), what
        assert len(scene.entries()) == lines, what
    assert len(scene.entries(Kind.CASE_CLOSED)) == 3
    assert faults(scene.world.store) == []


def test_what_there_is_no_time_for_is_done_when_asked_again(scene: RuleScene) -> None:
    cases, left = waits(scene, 3), iter([False, False, True])

    some = ActOnCases(*scene.needs, over=lambda: next(left))
    first = some("one", "tag", cases, Values(add=("vip",)), "act-000001")
    again = act(scene, "tag", cases, add=("vip",))

    assert codes(first) == ["", "", "not_done_yet"]
    assert codes(again) == ["", "", ""]
    assert all(case.tags == ("vip",) for case in scene.all(Case))
    assert len(scene.entries(Kind.CASE_TAGGED)) == 3


def test_a_crash_in_the_middle_leaves_whole_cases(scene: RuleScene) -> None:
    cases = waits(scene, 3)

    def dies() -> bool:
        if len(scene.entries(Kind.CASE_TAGGED)) == 2:
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        ActOnCases(*scene.needs, over=dies)("one", "tag", cases, Values(add=("vip",)), "act-000001")
    again = act(scene, "tag", cases, add=("vip",))

    assert codes(again) == ["", "", ""]
    assert len(scene.entries(Kind.CASE_TAGGED)) == 3
    assert faults(scene.world.store) == []


@pytest.mark.parametrize(("what", "most"), [("tag", 3), ("take", 3), ("snooze", 3), ("close", 5)])
def test_a_case_costs_few_requests_however_many_there_are(scene: RuleScene, what: str, most: int) -> None:
    store = scene.world.store
    assert isinstance(store, CountingStore)
    cases = waits(scene, 3)
    values: dict[str, Any] = {"add": ("vip",), "until": scene.world.clock() + HOUR, "disposition": "solved"}
    if what in ("snooze", "close"):
        act(scene, "take", cases, "act-take-01")
    store.forget()

    act(scene, what, cases, **values)

    assert store.requests <= most * len(cases)


def test_more_than_two_hundred_or_an_unknown_act_are_refused(scene: RuleScene) -> None:
    with pytest.raises(Malformed):
        act(scene, "tag", [Named("c", str(n)) for n in range(MOST + 1)])
    with pytest.raises(Malformed):
        act(scene, "delete", [])
    with pytest.raises(Malformed):
        act(scene, "snooze", waits(scene, 1))
