"""The rows that customers and open cases are found by follow the table, whatever becomes of the facts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.change import ANY, Delete, Put, Ref, Write
from shared.domain.customer.evidence import FieldValue, Link, Profile
from shared.domain.customer.head import Head
from shared.domain.desk.found import FindRow, FoundKeys, OpenRow
from shared.domain.errors import TryAgain
from shared.domain.ids import case_number
from shared.domain.timeline.bus_facts import Fact, facts
from shared.use_cases.desk.keep_found import KeepFound
from tests.support.facts import a_fact
from tests.support.found import CENTRE, ids
from tests.support.rule_scene import NUMBER, RuleScene


class Dying(MemoryStore):
    """Dies at its commit number `at` (from 0), before it writes anything."""

    at = -1

    def commit(self, *writes: Write) -> None:
        self.at -= 1
        if self.at == -1:
            raise TryAgain("died")
        super().commit(*writes)


class Finding(RuleScene):
    """A centre whose finder hears of everything when it is asked to look."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        super().__init__(World(store=store or MemoryStore(), settings=FixedSettings(CENTRE)))
        self.heard = 0

    @property
    def store(self) -> MemoryStore:
        return self.world.store

    def news(self) -> list[Fact]:
        told = [entry for before, entry in self.store.stream[self.heard :] if before is None]
        self.heard = len(self.store.stream)
        return [fact for entry in told for fact in facts(entry)]

    def looks(self, *told: Fact) -> None:
        KeepFound(*self.needs)(told or self.news())

    def changes(self, **told: Any) -> Fact:
        """What is known of the customer becomes this; the fact that says so."""
        head = self.head()
        known = self.store.get(Ref(Profile, head.customer_id)) or Profile(head.customer_id)
        self.store.commit(Put(replace(known, **told), over=ANY))
        return a_fact("ProfileChanged", customer_id=head.customer_id)

    def rows(self) -> dict[tuple[str, str], FindRow]:
        return {(row.what, row.rest): row for row in self.all(FindRow)}

    def kinds(self) -> list[str]:
        return sorted(row.what.partition("#")[0] for row in self.all(FindRow))


def written(scene: RuleScene, since: int) -> list[Write]:
    assert all(len(commit) == 1 for commit in scene.world.store.commits[since:]), "plain writes only"
    return [commit[0] for commit in scene.world.store.commits[since:]]


def as_new(scene: Finding) -> dict[tuple[str, str], FindRow]:
    """The rows as they are in a table that had none, cases' numbers aside."""
    store = MemoryStore()
    store.items = {k: v for k, v in scene.store.items.items() if not isinstance(v, FindRow | FoundKeys)}
    KeepFound(store, scene.world.now)([a_fact("ProfileChanged", customer_id=scene.head().customer_id)])
    return {(one.what, one.rest): one for one in store.items.values() if isinstance(one, FindRow)}


def by_customer(scene: Finding) -> dict[tuple[str, str], FindRow]:
    return {key: row for key, row in scene.rows().items() if not row.case_id}


# ---------------------------------------------------------------------- how many writes


def test_a_new_customer_with_a_number_is_four_plain_writes_and_a_line_in_the_list() -> None:
    scene = Finding()
    scene.sms("Hello")
    before = len(scene.store.commits)

    scene.looks()

    kinds = sorted(type(write.item).__name__ for write in written(scene, before))
    assert kinds == ["FindRow", "FindRow", "FindRow", "FoundKeys", "OpenRow"]
    assert scene.kinds() == ["case", "tail", "tel"]


def everything(scene: Finding) -> Fact:
    """A number, a mail address, a Korean name, a tag and an order."""
    head = scene.head()
    address = Address("email", "minsu@shop.example.test")
    (number,) = scene.store.find(Link, head.customer_id)
    scene.store.commit(Put(replace(number, address=address)))
    return scene.changes(name="김민수", tags=("vip",), fields=(FieldValue("order", "A-77"),))


def test_a_new_customer_with_everything_is_twelve_writes_at_most() -> None:
    scene = Finding()
    scene.sms("Hello")
    everything(scene)
    before = len(scene.store.commits)

    scene.looks()

    made = [w for w in written(scene, before) if not isinstance(w.item, OpenRow)]
    assert scene.kinds() == sorted(
        ["case", "tail", "tel", "mail", "dom", "name", "name", "cho", "cho", "tag", "field"]
    )
    assert len(made) == 12


def test_what_is_right_already_is_not_written_again() -> None:
    scene = Finding()
    scene.sms("Hello")
    told = scene.news()
    scene.looks(*told)
    before = len(scene.store.commits)

    scene.looks(*(fact for fact in told if fact.name != "CaseOpened"))
    scene.looks(*told)

    again = written(scene, before)
    assert [getattr(write.item, "case_id", "") for write in again] == [scene.head().cases[0].id]


def test_a_batch_looks_at_each_customer_once() -> None:
    scene = Finding()
    scene.sms("Hello")
    told = scene.news()

    assert KeepFound(*scene.needs)([*told, *told, *told]) == 1


# ---------------------------------------------------------------------- what changes


def test_a_change_removes_the_old_rows_and_no_others() -> None:
    scene = Finding()
    scene.sms("Hello")
    scene.looks(*scene.news(), scene.changes(name="김민수", tags=("vip",)))
    scene.sms("Hello", "+821098764711")
    scene.looks()

    scene.looks(scene.changes(name="이영희", tags=()))

    assert ids(scene.store, "김민수") == ids(scene.store, "#vip") == []
    assert ids(scene.store, "이영희") == ids(scene.store, "ㅇㅇㅎ") == [scene.head().customer_id]
    assert ids(scene.store, "4711") == [scene.head("+821098764711").customer_id]
    assert scene.rows().keys() >= as_new(scene).keys()


def test_a_link_that_ended_is_a_number_that_finds_nobody() -> None:
    scene = Finding()
    scene.sms("Hello")
    scene.looks()
    (link,) = scene.store.find(Link, scene.head().customer_id)

    scene.store.commit(Put(replace(link, ended_at=scene.world.clock()), over=ANY))
    scene.looks(a_fact("AddressLinked", customer_id=scene.head().customer_id))

    assert ids(scene.store, NUMBER[-4:]) == []
    assert scene.kinds() == ["case"]


def test_the_month_of_the_newest_contact_is_written_once_a_month() -> None:
    scene = Finding()
    scene.sms("Hello")
    scene.looks(*scene.news(), scene.changes(name="김민수"))
    before = scene.rows().keys()
    scene.world.clock.advance(timedelta(days=35).total_seconds())
    scene.sms("And again")

    scene.looks(a_fact("Assigned", customer_id=scene.head().customer_id))
    moved = scene.rows().keys()
    commits = len(scene.store.commits)
    scene.sms("And again")
    scene.looks(a_fact("Assigned", customer_id=scene.head().customer_id))

    assert len(moved) == len(before)
    assert {what for what, _ in moved - before} >= {"tail#5678", "cho#ㄱㅁ"}
    assert not [w for w in scene.store.commits[commits:] if isinstance(w[0].item, FindRow)]


def test_two_customers_who_are_one_are_found_as_the_one() -> None:
    scene = Finding()
    scene.sms("By SMS")
    scene.looks(*scene.news(), scene.changes(name="김민수"))
    member = scene.head().customer_id
    scene.chat("By chat")
    scene.looks()

    scene.proves()
    scene.looks()

    root = scene.head().customer_id
    found = {row.customer_id for row in by_customer(scene).values()}
    assert ids(scene.store, "김민수") == ids(scene.store, NUMBER[-4:]) == [root]
    assert found == {root}
    assert [one.customer_id for one in scene.all(FoundKeys)] == [root]
    assert member != root or len(scene.head().members) == 1


def test_a_customer_who_is_no_more_is_found_no_more() -> None:
    scene = Finding()
    scene.sms("Hello")
    told = scene.news()
    scene.looks(*told, scene.changes(name="김민수"))
    head = scene.head()
    scene.store.commit(Delete(Ref(Head, head.customer_id)))

    scene.looks(*told)

    assert by_customer(scene) == {}
    assert not scene.all(FoundKeys)
    assert not scene.all(OpenRow)


# ---------------------------------------------------------------------- the list of open cases


def test_an_open_case_is_in_the_list_as_it_is_and_leaves_it_with_its_end() -> None:
    scene = Finding()
    case = scene.taken()
    scene.looks(*scene.news(), scene.changes(name="김민수"))

    (row,) = scene.all(OpenRow)
    assert (row.case_id, row.owner, row.number, row.queue) == (case.id, "one", case_number(case.id), "main")
    assert (row.name, row.channel, row.opened_at) == ("김민수", "sms", case.opened_at)

    scene.closes()
    scene.looks()
    assert scene.all(OpenRow) == []


def test_facts_in_any_order_end_with_what_the_table_says() -> None:
    scene = Finding()
    scene.taken()
    opened = scene.news()
    closed = scene.closes()

    for told in (closed, *reversed(opened)):
        scene.looks(told)

    assert scene.all(OpenRow) == []


def test_the_row_of_a_case_whose_end_nobody_told_goes_with_the_next_fact() -> None:
    scene = Finding()
    scene.taken()
    scene.looks()
    scene.closes()

    scene.looks(a_fact("ProfileChanged", customer_id=scene.head().customer_id))

    assert scene.all(OpenRow) == []


def test_a_case_that_came_back_keeps_its_row_by_number() -> None:
    scene = Finding()
    case = scene.taken()
    scene.closes()
    scene.looks()
    scene.sms("One thing more")

    scene.looks()

    (row,) = [row for row in scene.all(FindRow) if row.case_id]
    assert (row.case_id, row.customer_id) == (case.id, case.member)
    assert [row.case_id for row in scene.all(OpenRow)] == [case.id]


# ---------------------------------------------------------------------- whatever goes wrong


def dies_and_goes_on(change: Any) -> Iterator[Finding]:
    """A run dies at its first write, at its second and so on, and another one comes after it."""
    for at in range(60):
        scene = Finding(Dying())
        told = change(scene)
        store: Any = scene.store
        store.at = at
        try:
            scene.looks(*told)
        except TryAgain:
            scene.looks(*told)
            yield scene
        else:
            assert at > 4
            return
    raise AssertionError("it never came to its end")


def appears(scene: Finding) -> list[Fact]:
    scene.sms("Hello")
    everything(scene)
    return scene.news()


def is_renamed(scene: Finding) -> list[Fact]:
    scene.looks(*appears(scene))
    return [scene.changes(name="Sarah O'Neil", tags=("trade",), fields=())]


def is_merged(scene: Finding) -> list[Fact]:
    scene.looks(*appears(scene))
    scene.chat("By chat")
    scene.looks()
    scene.proves()
    return scene.news()


@pytest.mark.parametrize("change", [appears, is_renamed, is_merged])
def test_a_run_that_dies_anywhere_is_made_good_by_the_next(change: Any) -> None:
    for scene in dies_and_goes_on(change):
        assert by_customer(scene) == as_new(scene)


def test_a_run_that_died_leaves_nothing_though_the_customer_changed_meanwhile() -> None:
    for at in range(40):
        scene = Finding(Dying())
        told = is_renamed(scene)
        store: Any = scene.store
        store.at = at
        try:
            scene.looks(*told)
        except TryAgain:
            scene.looks(scene.changes(name="이영희"))
            assert by_customer(scene) == as_new(scene)
        else:
            return
    raise AssertionError("it never came to its end")


@pytest.mark.parametrize("change", [appears, is_renamed])
@pytest.mark.parametrize("at", range(12))
def test_two_runs_at_once_end_with_what_the_table_says(change: Any, at: int) -> None:
    """Before its write number `at`, a slow run is overtaken by another that knows the customer's new name."""
    scene = Finding()
    told, left = change(scene), at

    def overtaken(writes: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            scene.store.before_commit = None
            scene.looks(scene.changes(name="이영희", tags=("vip",)))
        else:
            scene.store.before_commit = overtaken

    scene.store.before_commit = overtaken
    scene.looks(*told)

    assert ids(scene.store, "이영희") == [scene.head().customer_id]
    assert by_customer(scene) == as_new(scene)


STEPS: tuple[Callable[[Finding], object], ...] = (
    Finding.assign,
    Finding.accept,
    Finding.closes,
    lambda scene: scene.sms("I am back"),
)


@pytest.mark.parametrize("first", range(len(STEPS) - 1))
@pytest.mark.parametrize("at", range(3))
def test_a_slow_run_leaves_no_open_case_as_it_was_before_a_faster_one(first: int, at: int) -> None:
    """Before its write number `at`, it is overtaken by a run that has heard of the next step."""
    scene, left = Finding(), at
    scene.hire()
    scene.sms("Hello")
    for step in STEPS[:first]:
        step(scene)
    scene.looks()
    STEPS[first](scene)

    def overtaken(writes: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            STEPS[first + 1](scene)
            scene.looks()
        else:
            scene.store.before_commit = overtaken

    told = scene.news()
    scene.store.before_commit = overtaken
    scene.looks(*told)

    assert [(row.case_id, row.owner) for row in scene.all(OpenRow)] == [
        (case.id, case.owner) for case in scene.head().cases
    ]
