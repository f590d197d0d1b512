"""A week of synthetic past for the demo centre: lived through by the real use cases in memory, then copied.

Nothing of it came through a door, so the ledger knows nothing of it. It ends with yesterday.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from infra.local.demo_week import FIRST_NUMBER, Week
from infra.twins.world import World
from shared.domain.case import Case, Interaction
from shared.domain.change import ANY, Put, Ref
from shared.domain.customer import AddressOwner, Head, Link, Profile
from shared.domain.entry import OUTBOUND, Delivery, Entry
from shared.domain.facts import Fact, facts
from shared.domain.figures import Figure, Folded
from shared.domain.session import RequestKey
from shared.domain.staff import Agent
from shared.domain.times import local_day
from shared.ports import Clock, Files, Store
from shared.use_cases.fold_facts import FoldFacts

# Rows of the market, heartbeats, receipts and tallies are the day's business; request keys stay, for
# they say that a closed case was asked about already.
KEPT = (Head, Profile, Entry, Case, Interaction, Link, AddressOwner, RequestKey, Agent, Figure, Folded)
AT_ONCE = 100  # items of one transaction


def seed_demo(store: Store, files: Files, clock: Clock, agents: Mapping[str, str]) -> int:
    """Write the week before `clock`; `agents` are names by id. The answer is the number of items.

    Twice is once: a centre that has its first customer is left alone.
    """
    if store.get(Ref(AddressOwner, FIRST_NUMBER)):
        return 0
    past = lived(clock(), agents)
    items = [_settled(item) for item in past.store.items.values() if isinstance(item, KEPT)]
    for chunk in _chunks(items):
        store.commit(*(Put(item, over=ANY) for item in chunk))
    for key, body in past.files.bodies.items():
        files.put(key, body, past.files.types[key])
    return len(items)


def lived(until: datetime, agents: Mapping[str, str]) -> World:
    """The world after the week, its facts folded into figures."""
    world = World()
    Week(world, until).live(agents)
    zone = world.settings.centre().zone
    told = [fact for before, entry in world.store.stream if before is None for fact in facts(_quiet(entry))]
    days: dict[object, list[Fact]] = {}
    for fact in told:
        days.setdefault(local_day(fact.at, zone), []).append(fact)
    for of_day in days.values():
        FoldFacts(world.store, world.files, world.settings)(of_day)
    return world


def _quiet(entry: Entry) -> Entry:
    """Without the door it did not come through, and without timers: all that is over."""
    told = {name: value for name, value in entry.facts.items() if name not in ("door", "wake")}
    return replace(entry, facts=told, due=None, due_for="")


def _settled(item: Any) -> Any:
    if not isinstance(item, Entry):
        return item
    quiet = _quiet(item)
    if item.kind not in OUTBOUND:
        return quiet
    return replace(quiet, delivery=Delivery.DELIVERED, provider_id=f"demo-{item.id}", version=3)


def _chunks(items: list[Any]) -> Iterator[Iterable[Any]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
