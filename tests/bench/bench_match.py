"""CPU of matching: ten agents freed among many classes, and a look while ten thousand are free. The floor is
what any matcher has to do: put the seats in order of time.
"""

from collections.abc import Callable
from datetime import timedelta
from operator import attrgetter
from random import Random
from statistics import median

from shared.domain.centre import Centre
from shared.domain.queue import Need, Queue
from shared.domain.roster import Roster, roster
from shared.domain.routing.seats import Seat
from shared.domain.staffing import Member, Profile, Skill
from tests.bench.measure import ratio, taking_turns, tell, within
from tests.support.looks import AT, Pool, bounds, login, seat, waiting

CLASSES, FREE = 40, 10_000
A_LOOK, AN_OFFER = 10.0, 0.05  # milliseconds, on the machine where the limits below were found
LOOK_LIMIT, OFFER_LIMIT = 4.0, 12.0


def bench_matching() -> None:
    ten, many = _ten_freed(), _ten_thousand_free()
    runs: dict[str, Callable[[], object]] = {
        "an offer with ten freed": ten,
        "sorting ten seats": _sorting(10),
        "a look with 10,000 free": many,
        "sorting 10,000 seats": _sorting(FREE),
    }
    told = taking_turns(runs, repeats=5)
    per_offer = [seconds / 10 for seconds in told["an offer with ten freed"]]

    rows = [
        f"| an offer with ten freed | {median(per_offer) * 1e6:.0f} µs | {1 / median(per_offer):,.0f} offers/s |",
        f"| a look with 10,000 free | {median(told['a look with 10,000 free']) * 1e3:.1f} ms | |",
    ]
    tell("match", "\n".join(("| matching | CPU | |", "| --- | --- | --- |", *rows)) + "\n")
    within("an offer, against sorting ten seats", ratio(per_offer, told["sorting ten seats"]), OFFER_LIMIT)
    floor = told["sorting 10,000 seats"]
    within("a look, against sorting its seats", ratio(told["a look with 10,000 free"], floor), LOOK_LIMIT)


def _ten_freed() -> Callable[[], object]:
    """Ten agents against as many classes as there are agents' skills twice over, ten rows in each."""
    staff = _staff(10)
    rows = [
        waiting(n, f"queue-{n % 4}", ("sms", "chat")[n % 2], _asked(n // 8), age=10 * CLASSES - n)
        for n in range(10 * CLASSES)
    ]
    pool = Pool(tuple(rows), tuple(_seats(10)), staff, bounds(rows))
    pages = {wanted: pool.page(wanted) for wanted in _wanted(pool)}

    def run() -> None:
        matching = pool.begun()
        while wanted := matching.wanted():
            matching.found(wanted, pages[wanted])
        assert len(matching.pairs) == 10

    return run


def _ten_thousand_free() -> Callable[[], object]:
    rows = [waiting(1, "queue-1", needs=(Need("skill-1", 1),))]
    pool = Pool(tuple(rows), tuple(_seats(FREE)), _staff(FREE), bounds(rows))
    return lambda: pool.matched().pairs[0]
