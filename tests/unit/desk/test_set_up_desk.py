"""How an agent has set up their desk: parts change apart from each other, and no window loses another's."""

from datetime import timedelta

import pytest

from infra.twins.world import World
from shared.domain.change import Ref
from shared.domain.desk.inbox import DeskOf, SavedView
from shared.domain.errors import Malformed, Refused
from shared.use_cases.desk.set_up_desk import SetUp, SetUpDesk

WAITING = SavedView("Waiting", "list=waiting")


def sets(world: World, agent_id: str = "one", **wanted: object) -> DeskOf:
    return SetUpDesk(world.store, world.clock)(agent_id, SetUp(**wanted))  # type: ignore[arg-type]


def test_a_part_that_is_not_named_stays_as_it_is() -> None:
    world = World()
    sets(world, views=(WAITING,))

    sets(world, told=("offers.sound", "text", "text"))

    kept = world.store.get(Ref(DeskOf, "one"))
    assert kept
    assert (kept.views, kept.told, kept.version) == ((WAITING,), ("offers.sound", "text"), 2)


def test_every_switch_may_be_off() -> None:
    world = World()

    assert sets(world, told=()).told == ()


def test_a_switch_that_is_none_is_not_kept() -> None:
    world = World()

    with pytest.raises(Malformed):
        sets(world, told=("offers.smell",))

    assert world.store.get(Ref(DeskOf, "one")) is None


def test_what_was_looked_at_is_never_unseen_again_nor_seen_before_it_is_there() -> None:
    world = World()
    now = world.clock()

    sets(world, seen_at=now)
    sets(world, seen_at=now - timedelta(hours=1))
    future = sets(world, seen_at=now + timedelta(days=1))

    assert future.seen_at == now


def test_an_old_version_is_refused_and_a_lost_race_without_one_is_decided_again() -> None:
    world = World()
    first = sets(world, views=())

    def meanwhile(_: object) -> None:
        sets(world, told=("text",))

    world.store.before_commit = meanwhile
    after = sets(world, views=(WAITING,))
    with pytest.raises(Refused) as old:
        sets(world, views=(), version=first.version)

    assert (after.views, after.told, after.version) == ((WAITING,), ("text",), 3)
    assert (old.value.code, old.value.status) == ("desk_changed", 409)


@pytest.mark.parametrize(
    "views",
    [(WAITING, WAITING), (SavedView(" ", ""),), (SavedView("x" * 61, ""),), (SavedView("x", "q" * 501),)],
)
def test_saved_views_have_short_names_of_their_own(views: tuple[SavedView, ...]) -> None:
    world = World()

    with pytest.raises(Malformed):
        sets(world, views=views)

    assert world.store.get(Ref(DeskOf, "one")) is None
