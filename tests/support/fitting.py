"""Who could be offered what now, by the whole table: what a look would do that knew of everything."""

from infra.twins.world import World
from shared.domain.routing.match import Matching, Pair
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import Bench, OpenClass, learned


def fitting(world: World) -> list[Pair]:
    rows = [row for row in world.store.items.values() if isinstance(row, Waiting)]
    benches = [row for row in world.store.items.values() if isinstance(row, Bench)]
    seats = [seat for bench in benches for seat in bench.seats]
    classes = learned((), (OpenClass(row.queue, row.klass, row.rank) for row in rows))
    now = world.now()
    matching = Matching(classes, seats, now.roster, now.at)
    while wanted := matching.wanted():
        matching.found(
            wanted, world.store.find(Waiting, "main", wanted.queue, wanted.klass, after=wanted.after)
        )
    return matching.pairs
