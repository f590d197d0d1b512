"""Lists of cases: rows find them, heads rule, and a page costs the same however many there are."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import ABSENT, ANY, Put
from shared.domain.declared import Tag
from shared.domain.desk.found import OPEN, OpenRow
from shared.domain.desk.inbox import MENTION, Follow, Notice
from shared.domain.desk.list_view import ListItem, ListPage
from shared.domain.desk.lists import LISTS, NOBODY, Which
from shared.domain.errors import Refused
from shared.domain.ids import case_number
from shared.domain.queue import Queue
from shared.domain.routing.staff import Presence
from shared.use_cases.case.snooze_case import SnoozeCase
from shared.use_cases.case.tag_case import TagCase
from shared.use_cases.desk.see_list import PAGE, Asker, SeeList
from shared.use_cases.routing.take_case import TakeCase
from tests.support.counting_store import CountingStore
from tests.support.rule_scene import RuleScene

HOUR = timedelta(hours=1)
NUMBERS = count(1)
QUEUES = (Queue("main"), Queue("second"))
CENTRE = Centre(acw_seconds=0, queues=QUEUES, tags=(Tag("vip"), Tag("refund")))


@pytest.fixture
def scene() -> RuleScene:
    made = RuleScene(World(settings=FixedSettings(CENTRE), store=CountingStore()))
    made.hire()
    return made


def comes(scene: RuleScene, text: str = "Hello") -> tuple[str, str]:
    """A customer writes who was never here: their id and the case's; the list of open cases knows of it."""
    number = f"+8210{20000000 + next(NUMBERS)}"
    scene.world.clock.advance(1)
    scene.sms(text, number)
    head = scene.head(number)
    listed(scene, head.customer_id, head.cases[0].id)
    return head.customer_id, head.cases[0].id


def listed(scene: RuleScene, customer: str, case: str, **told: Any) -> None:
    row = {"number": case_number(case), "channel": "sms", "queue": "main", **told}
    scene.world.store.commit(Put(OpenRow(OPEN, case, customer, **row), over=ANY))


def takes(scene: RuleScene, named: tuple[str, str], agent: str = "one") -> None:
    TakeCase(*scene.needs)(agent, *named, f"take-{named[1]}")


def page(scene: RuleScene, name: str, asker: str = "one", **which: str) -> ListPage:
    return SeeList(*scene.needs)(name, Asker(asker, ("main",), "en"), Which(**which))


def cases(page: ListPage) -> list[str]:
    return [item.case_id for item in page.items]


def the_only(page: ListPage) -> ListItem:
    (item,) = page.items
    return item


def test_who_waits_is_listed_in_the_order_they_are_served(scene: RuleScene) -> None:
    first, second = comes(scene), comes(scene, "I am second")

    found = page(scene, "waiting")

    assert cases(found) == [first[1], second[1]]
    assert [item.position for item in found.items] == [1, 2]
    assert (found.items[1].last_text, found.items[1].state) == ("I am second", "waiting")
    assert (found.items[1].queue, found.items[1].channel) == ("main", "sms")


def test_who_was_passed_on_still_shows_what_they_said(scene: RuleScene) -> None:
    comes(scene, "Is anybody there?")
    scene.assign()
    assert scene.offers()

    scene.presence(Presence.OFFLINE)

    assert the_only(page(scene, "waiting")).last_text == "Is anybody there?"


def test_who_was_taken_waits_no_more_and_is_still_open(scene: RuleScene) -> None:
    first, second = comes(scene), comes(scene)

    takes(scene, first)

    assert cases(page(scene, "waiting")) == [second[1]]
    one, two = page(scene, "open").items
    assert (one.state, one.owner, one.owner_name) == ("owned", "one", "Agent One")
    assert (two.state, two.owner) == ("waiting", "")


def test_what_the_head_says_rules_over_a_row_that_is_behind(scene: RuleScene) -> None:
    customer, case = comes(scene)
    listed(scene, customer, "01AAAAAAAAAAAAAAAAAAAAAAAA")
    listed(scene, "nobody", "01BBBBBBBBBBBBBBBBBBBBBBBB")
    takes(scene, (customer, case))

    assert cases(page(scene, "open")) == [case]
    assert cases(page(scene, "open", owner=NOBODY)) == []


def test_snoozed_are_only_ones_own_the_next_to_wake_first(scene: RuleScene) -> None:
    scene.hire("two")
    late, soon, other = comes(scene), comes(scene), comes(scene)
    for agent, named, ahead in (("one", late, 2), ("one", soon, 1), ("two", other, 1)):
        takes(scene, named, agent)
        SnoozeCase(*scene.needs)(agent, *named, scene.world.clock() + ahead * HOUR, f"snooze-{named[1]}")

    found = page(scene, "snoozed")

    assert cases(found) == [soon[1], late[1]]
    assert found.items[0].state == "snoozed"
    assert found.items[0].snoozed_until


def test_followed_and_mentions_show_closed_cases_too(scene: RuleScene) -> None:
    open_one, closed = comes(scene), comes(scene)
    store, at = scene.world.store, scene.world.clock()
    takes(scene, closed)
    scene.answering().close("one", *closed, "solved")
    for n, (customer, case) in enumerate((open_one, closed, open_one)):
        notice = Notice("two", f"0{n}", MENTION, at, customer, case, customer, n + 1, "one", at + HOUR)
        store.commit(Put(Follow("two", case, customer, at), over=ANY), Put(notice))

    followed, told = page(scene, "followed", "two"), page(scene, "mentions", "two")

    assert sorted(cases(followed)) == sorted([open_one[1], closed[1]])
    assert cases(told) == [open_one[1], closed[1]]
    assert (told.items[0].told_seq, told.items[0].told_by, told.items[1].state) == (3, "Agent One", "closed")


def test_tags_are_those_of_the_case_and_not_of_a_row(scene: RuleScene) -> None:
    named, other = comes(scene), comes(scene)
    TagCase(*scene.needs)("one", *named, ("vip",), (), "tag-000001")
    listed(scene, *named, tags=("vip",))
    listed(scene, *other, tags=("vip",))

    assert the_only(page(scene, "open", tag="vip")).tags == ("vip",)
    assert cases(page(scene, "waiting", tag="vip")) == [named[1]]


@pytest.mark.parametrize(
    ("which", "how_many"),
    [({"queue": "second"}, 0), ({"channel": "sms"}, 2), ({"channel": "chat"}, 0), ({"state": "owned"}, 1),
     ({"owner": "one"}, 1), ({"owner": NOBODY}, 1)],
)  # fmt: skip
def test_a_list_is_narrowed(scene: RuleScene, which: dict[str, str], how_many: int) -> None:
    mine, _ = comes(scene), comes(scene)
    takes(scene, mine)
    listed(scene, *mine, owner="one")

    assert len(page(scene, "open", **which).items) == how_many


def test_a_list_is_sorted(scene: RuleScene) -> None:
    first, second = comes(scene), comes(scene)
    by_number = sorted((first[1], second[1]), key=case_number)

    assert cases(page(scene, "open", sort="age")) == [first[1], second[1]]
    assert cases(page(scene, "open", sort="newest")) == [second[1], first[1]]
    assert cases(page(scene, "open", sort="last")) == [second[1], first[1]]
    assert cases(page(scene, "open", sort="number")) == by_number
    assert cases(page(scene, "open", sort="priority")) == [first[1], second[1]]


@pytest.mark.parametrize("sort", ["", "age", "newest", "last", "priority", "number"])
@pytest.mark.parametrize("name", ["waiting", "open"])
def test_pages_hold_each_case_once(scene: RuleScene, name: str, sort: str) -> None:
    there = {comes(scene)[1] for _ in range(2 * PAGE + 3)}

    found, cursor = [], ""
    while True:
        one = page(scene, name, sort=sort, cursor=cursor)
        found += cases(one)
        if one.next is None:
            break
        cursor = one.next

    assert len(found) == len(set(found))
    assert set(found) == there


@pytest.mark.parametrize("name", ["waiting", "open", "snoozed", "followed", "mentions"])
def test_a_page_costs_three_requests_whatever_the_size(scene: RuleScene, name: str) -> None:
    store = scene.world.store
    assert isinstance(store, CountingStore)
    asked = []
    for more in (3, 60):
        for _ in range(more):
            named, at = comes(scene), scene.world.clock()
            case, customer = named[1], named[0]
            notice = Notice("one", case, MENTION, at, customer, case, customer, 1, "one", at + HOUR)
            store.commit(Put(Follow("one", case, customer, at)), Put(notice, over=ABSENT))
        store.forget()
        page(scene, name, queue="main" if name == "waiting" else "")
        asked.append(store.requests)

    assert max(asked) <= 3
    assert asked[0] == asked[1]


def test_there_is_no_other_list(scene: RuleScene) -> None:
    assert set(LISTS) == {"waiting", "open", "snoozed", "followed", "mentions"}
    with pytest.raises(Refused, match="no_list"):
        page(scene, "all")
