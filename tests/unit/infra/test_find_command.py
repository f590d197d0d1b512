"""patchbay find --rebuild: customers and texts from before there was a search are found afterwards."""

from argparse import Namespace
from dataclasses import replace

import pytest

from infra.cli.commands import find
from infra.local.demo.demo import seed_demo
from infra.local.demo.demo_people import FIRST_NUMBER
from infra.twins.world import World
from shared.domain.change import Put, Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.kept import Case
from shared.domain.desk.found import FindRow, FoundKeys
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.searched import TextKey, indexed, is_searched
from shared.edge import wiring
from shared.use_cases.desk.find import Find


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    seed_demo(world.store, world.files, lambda raws: None, world.clock, {"a": "Ana", "b": "Ben"})
    wiring.use(world.ports())
    monkeypatch.setattr(find, "find_place", lambda given: None)
    return world


def found(world: World) -> dict[tuple[str, str], object]:
    return {key: item for key, item in world.store.items.items() if isinstance(item, FindRow | FoundKeys)}


def test_the_demos_past_is_found_by_number_and_by_case(world: World) -> None:
    owner = world.store.get(Ref(AddressOwner, FIRST_NUMBER))
    assert owner is not None
    search = Find(world.store, world.settings)

    by_number = [one.customer_id for one in search(FIRST_NUMBER.value).items]
    case = next(one for one in world.store.items.values() if isinstance(one, Case))

    assert by_number == [owner.root]
    assert case.id in [one.case_id for one in search(case.number).items]


def test_a_table_without_rows_gets_those_it_should_have(world: World) -> None:
    before = found(world)
    world.store.items = {k: v for k, v in world.store.items.items() if k not in before}

    answer = find.run(Namespace(rebuild=True, stack=None))

    told = answer.document
    assert answer.yes and isinstance(told, dict) and told["timelines"] > 20
    assert found(world) == before


def test_a_second_rebuild_changes_no_row(world: World) -> None:
    find.run(Namespace(rebuild=True, stack=None))
    before = found(world)

    find.run(Namespace(rebuild=True, stack=None))

    assert found(world) == before


def test_texts_from_before_are_found_by_their_words_in_the_order_of_time(world: World) -> None:
    assert world.finder.parts() == ()

    find.run(Namespace(rebuild=True, stack=None))

    (month, *_) = world.finder.parts()
    lines = [(one.timeline, one.seq) for one in world.finder.read(month).lines]
    entries = [world.store.get(Ref(Entry, *line)) for line in lines]
    times = [one.at for one in entries if one is not None]
    assert len(times) == len(lines) > 50
    assert times == sorted(times)


def test_a_line_that_came_while_the_table_was_read_stays_and_each_stands_once(world: World) -> None:
    find.run(Namespace(rebuild=True, stack=None))
    month = world.finder.parts()[0]
    before = list(world.finder.read(month).lines)
    entry = next(one for one in world.store.items.values() if isinstance(one, Entry) and is_searched(one))
    new = replace(entry, seq=entry.seq + 10_000)
    key = world.store.get(Ref(TextKey))
    assert key is not None
    world.finder.add(month, [indexed(new, key)])
    world.store.commit(Put(new))

    find.run(Namespace(rebuild=True, stack=None))
    find.run(Namespace(rebuild=True, stack=None))

    lines = [(one.timeline, one.seq) for one in world.finder.read(month).lines]
    assert len(lines) == len({*lines}) == len(before) + 1
    assert (new.timeline, new.seq) in lines
