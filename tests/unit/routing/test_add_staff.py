"""An agent is known by their login, by which the settings name them."""

from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import Ref
from shared.domain.queue import Queue
from shared.domain.routing.staff import Agent
from shared.domain.staffing import Member, Profile
from shared.use_cases.routing.add_staff import AddStaff


def add(world: World, login: str = "") -> Agent:
    return AddStaff(world.store, world.now)("one", "Agent One", login=login)


def test_a_new_agent_has_the_login_they_came_with() -> None:
    assert add(World(), "one@example.test").login == "one@example.test"


def test_an_agent_of_before_gets_the_login_once() -> None:
    world = World()
    before = add(world)

    after, again = add(world, "one@example.test"), add(world, "one@example.test")

    assert (after.login, after.version) == ("one@example.test", before.version + 1)
    assert again == after == world.store.get(Ref(Agent, "one"))


def test_a_login_that_changed_is_followed_and_one_that_is_not_known_changes_nothing() -> None:
    world = World()
    add(world, "old@example.test")

    assert add(world, "new@example.test").login == "new@example.test"
    assert add(world).login == "new@example.test"


def test_a_phone_is_noted_once_and_the_agents_own_stays() -> None:
    world = World()
    add(world, "one@example.test")
    hire = AddStaff(world.store, world.now)

    hire("one", "Agent One", phone="+821055500201")
    again = hire("one", "Agent One", phone="+821055500299")

    assert again.phone == "+821055500201"
    assert hire("two", "Agent Two", phone="sip:two@example.test").phone == "sip:two@example.test"


def test_a_new_agent_begins_in_the_pool_of_their_profile() -> None:
    from infra.twins.settings import FixedSettings

    centre = Centre(
        queues=(Queue(), Queue("night", "night")),
        profiles=(Profile("days", ("main",)), Profile("nights", ("night",))),
    )
    world = World(settings=FixedSettings(centre, members=[Member("owl@example.test", "nights")]))

    assert (add(world, "Owl@example.test").pool, AddStaff(world.store, world.now)("two", "Two").pool) == (
        "night",
        "main",
    )
