"""A week of synthetic past for the demo centre: lived through by the real use cases in memory, then copied.

It ends with yesterday. Figures, the ledger's outcomes and raw partitions are made here by the same folding as
every day's, and what came in is counted as doors count it: timeline, figures and ledger say the same. Its
entries are imported ones, which nobody announces.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from infra.local.demo.demo_people import FIRST_NUMBER
from infra.local.demo.demo_week import Week
from infra.twins.world import World
from shared.domain.change import ANY, Put, Ref
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Tally
from shared.domain.customer.evidence import AddressOwner, Link, Profile
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.desk.found import FindRow, FoundKeys
from shared.domain.report.figures import Figure
from shared.domain.routing.staff import Agent
from shared.domain.timeline.bus_facts import Fact, facts, state_facts
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.kinds import OUTBOUND
from shared.domain.timeline.once import RequestKey
from shared.ports import Clock, Files, Store
from shared.use_cases.desk.keep_found import KeepFound
from shared.use_cases.report.count_facts import CountFacts

# Rows of the pools, heartbeats and receipts are the day's business.
OF_CUSTOMERS = (Head, Profile, Entry, Case, Interaction, Link, AddressOwner, FindRow, FoundKeys)
KEPT = (*OF_CUSTOMERS, RequestKey, Agent, Figure, Tally)
Doors = Callable[[Sequence[Raw]], None]
AT_ONCE = 100  # items of one transaction


def seed_demo(store: Store, files: Files, doors: Doors, clock: Clock, agents: Mapping[str, str]) -> int:
    """Write the week before `clock`; `agents` are names by id, `doors` counts what was accepted. The answer
    is the number of items.

    Twice is once: a centre that has its first customer is left alone.
    """
    if store.get(Ref(AddressOwner, FIRST_NUMBER)):
        return 0
    past = World()
    week = Week(past, clock())
    week.live(agents)
    CountFacts(past.store, files, past.settings)(list(_told(past)))
    KeepFound(past.store, past.now)(list(_told(past)))
    items = [_settled(item) for item in past.store.items.values() if _lasts(item)]
    for start in range(0, len(items), AT_ONCE):
        store.commit(*(Put(item, over=ANY) for item in items[start : start + AT_ONCE]))
    doors(week.arrived)
    return len(items)


def _told(past: World) -> Iterator[Fact]:
    for before, after in past.store.stream:
        yield from facts(_quiet(after)) if before is None else state_facts(before, _quiet(after))


def _lasts(item: object) -> bool:
    """Of the request keys those that say a closed case was asked about already."""
    return isinstance(item, KEPT) and (not isinstance(item, RequestKey) or item.actor == "survey")


def _quiet(entry: Entry) -> Entry:
    """Without timers and wakes: all that is over."""
    told = {name: value for name, value in entry.facts.items() if name != "wake"}
    return replace(entry, facts=told, due=None, due_for="")


def _settled(item: Any) -> Any:
    if not isinstance(item, Entry):
        return item
    quiet = replace(_quiet(item), imported=True)
    if item.kind not in OUTBOUND:
        return quiet
    return replace(quiet, delivery=Delivery.DELIVERED, provider_id=f"demo-{item.id}", version=3)
