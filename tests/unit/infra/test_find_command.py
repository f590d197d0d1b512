"""patchbay find --rebuild: customers from before there was a search are found afterwards."""

from argparse import Namespace

import pytest

from infra.cli.commands import find
from infra.local.demo.demo import seed_demo
from infra.local.demo.demo_people import FIRST_NUMBER
from infra.twins.world import World
from shared.domain.change import Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.kept import Case
from shared.domain.desk.found import FindRow, FoundKeys
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
