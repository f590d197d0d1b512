"""The list of every open conversation: what the heads say, page by page, at the same price at any size."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from infra.twins.world import World
from shared.domain.change import ANY, Put
from shared.domain.customer.head import OpenCase
from shared.domain.customer.snooze import Snooze
from shared.domain.desk.found import OPEN, OpenRow
from shared.domain.desk.open_view import NOBODY, OpenView, WhichOpen
from shared.domain.ids import case_number
from shared.use_cases.desk.see_open import PAGE, SeeOpen
from shared.use_cases.desk.supervise_case import SuperviseCase
from shared.use_cases.routing.add_staff import AddStaff
from tests.support.counting_store import CountingStore
from tests.support.rule_scene import NUMBER, RuleScene


@pytest.fixture
def scene() -> RuleScene:
    return RuleScene()


def listed(scene: RuleScene, *cases: OpenCase, **stale: str) -> None:
    """The rows as the finder writes them; `stale` is what has changed since."""
    for case in cases:
        contact = case.contact
        row: Any = {
            "channel": contact.channel,
            "queue": contact.queue,
            "owner": case.owner,
            "name": "Kim",
        } | stale
        kept = OpenRow(OPEN, case.id, case.member, case_number(case.id), **row, tags=("vip",))
        scene.world.store.commit(Put(kept, over=ANY))


def seen(scene: RuleScene, **which: Any) -> tuple[OpenView, ...]:
    return SeeOpen(*scene.needs)(WhichOpen(**which)).items


def written(scene: RuleScene, number: int) -> OpenCase:
    told = f"+82101234{number:04}"
    scene.sms("Hello", number=told)
    return scene.head(told).cases[0]


def test_a_conversation_is_listed_as_its_head_says(scene: RuleScene) -> None:
    case = scene.taken()
    listed(scene, case, owner="somebody-before", queue="elsewhere")

    (view,) = seen(scene)

    assert (view.case_id, view.customer_name, view.tags) == (case.id, "Kim", ("vip",))
    assert (view.owner, view.owner_name, view.queue, view.state) == ("one", "Agent One", "main", "owned")


def test_a_row_whose_case_is_closed_is_left_out(scene: RuleScene) -> None:
    case = scene.taken()
    listed(scene, case)
    scene.closes()

    assert seen(scene) == ()


def test_a_case_of_a_customer_who_was_merged_is_listed_under_the_root(scene: RuleScene) -> None:
    scene.sms("Hello")
    scene.chat("Hi")
    before = scene.visitor_head().cases[0]
    scene.proves()
    listed(scene, before)

    (view,) = seen(scene)

    assert (view.case_id, view.customer_id) == (before.id, scene.head().customer_id)


def test_a_customer_waits_in_the_queue_then_for_an_answer_then_not(scene: RuleScene) -> None:
    scene.sms("Hello")
    listed(scene, scene.head().cases[0])
    in_queue = seen(scene)[0].waits_since
    scene.world.clock.advance(60)
    scene.hire()
    scene.assign()
    scene.accept()
    for_answer = seen(scene)[0].waits_since
    scene.world.clock.advance(60)
    scene.says("Hello")
    answered = seen(scene)[0].waits_since
    scene.world.clock.advance(60)
    scene.sms("One more thing")

    assert in_queue == for_answer is not None
    assert answered is None
    assert seen(scene)[0].waits_since is not None


def test_the_list_is_narrowed_by_queue_channel_owner_and_wait(scene: RuleScene) -> None:
    mine = scene.taken()
    scene.world.clock.advance(300)
    other = written(scene, 2)
    listed(scene, mine, other)

    def found(**which: Any) -> list[str]:
        return [view.case_id for view in seen(scene, **which)]

    assert found() == [mine.id, other.id]
    assert found(owner="one") == [mine.id]
    assert found(owner=NOBODY) == [other.id]
    assert found(longer=200) == [mine.id]
    assert found(channel="chat") == found(queue="second") == []


def test_a_supervisor_who_stepped_in_is_named(scene: RuleScene) -> None:
    case = scene.taken()
    listed(scene, case)
    AddStaff(*scene.needs)("boss", "The boss")
    SuperviseCase(*scene.needs).step_in("boss", case.member, case.id, "Quality", "key-0001")

    assert seen(scene)[0].stepped_in == ("The boss",)


@pytest.mark.parametrize("cases", [1, PAGE + 40])
def test_a_page_costs_a_query_and_a_batch_however_many_cases_are_open(cases: int) -> None:
    store = CountingStore()
    scene = RuleScene(World(store=store))
    listed(scene, *(written(scene, number) for number in range(cases)))
    store.forget()

    page = SeeOpen(*scene.needs)(WhichOpen())

    assert len(page.items) == min(cases, PAGE)
    assert (store.asked["find"], store.asked["get_all"]) == (1, 1)


def test_pages_follow_each_other_without_a_gap_or_a_repeat(scene: RuleScene) -> None:
    listed(scene, *(written(scene, number) for number in range(PAGE + 2)))
    see = SeeOpen(*scene.needs)

    first = see(WhichOpen())
    second = see(WhichOpen(), first.next or "")

    ids = [view.case_id for view in (*first.items, *second.items)]
    assert (len(first.items), len(ids), len(set(ids)), second.next) == (PAGE, PAGE + 2, PAGE + 2, None)


def test_a_snoozed_conversation_says_until_when(scene: RuleScene) -> None:
    case, head = scene.taken(), scene.head(NUMBER)
    until = scene.world.clock() + timedelta(hours=1)
    slept = replace(case, snoozed=Snooze(until, "one"))
    scene.world.store.commit(Put(replace(head, cases=(slept,)), over=head.version))
    listed(scene, case)

    assert seen(scene)[0].snoozed_until is not None
