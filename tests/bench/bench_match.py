"""CPU of matching: ten agents freed among twenty classes, and a look while ten thousand are free. The floor
is what any matcher has to do: put the seats in order of time.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from random import Random
from statistics import median

from shared.domain.centre import Centre
from shared.domain.queue import Need, Queue
from shared.domain.roster import Roster, roster
from shared.domain.routing.class_waits import Wanted
from shared.domain.routing.match import Matching
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import Seat
from shared.domain.staffing import Member, Profile, Skill
from tests.bench.measure import ratio, taking_turns, tell, within
from tests.support.looks import AT, Pool, bounds, login, seat, waiting

FREED, FREE, CLASSES, KINDS = 10, 10_000, 20, 500
OFFER_LIMIT, LOOK_LIMIT = 30.0, 2.0
SKILLS = tuple(f"skill-{n}" for n in range(8))
QUEUES = tuple(f"queue-{n}" for n in range(4))


def bench_matching() -> None:
    ten, many = _pool(FREED, _crowd()), _pool(FREE, [waiting(1, "queue-1", needs=(Need("skill-1", 1),))])
    runs = {
        "ten": _look(ten, FREED),
        "sort ten": _sort(ten),
        "many": _look(many, 1),
        "sort many": _sort(many),
    }

    told = taking_turns(runs, repeats=5)
    offer = [seconds / FREED for seconds in told["ten"]]

    rows = [
        f"| an offer, ten agents freed, {CLASSES} classes wait | {median(offer) * 1e6:.0f} µs "
        f"| {1 / median(offer):,.0f} offers a second |",
        f"| a look with {FREE:,} free | {median(told['many']) * 1e3:.1f} ms | one contact waits |",
    ]
    tell("match", "\n".join(("| matching | CPU | |", "| --- | --- | --- |", *rows)) + "\n")
    within("ten offers, against sorting ten seats", ratio(told["ten"], told["sort ten"]) / FREED, OFFER_LIMIT)
    within("a look, against sorting its seats", ratio(told["many"], told["sort many"]), LOOK_LIMIT)


def _crowd() -> list[Waiting]:
    """Twenty classes with ten contacts each."""
    asked: list[tuple[str, tuple[Need, ...]]] = [
        (queue, (Need(skill, 2),)) for queue in QUEUES for skill in SKILLS[:4]
    ]
    asked += [(queue, (Need(SKILLS[4], 1), Need(SKILLS[5], 1))) for queue in QUEUES]
    return [waiting(n, *_class(asked[n % CLASSES]), age=10 * CLASSES - n) for n in range(10 * CLASSES)]


def _class(asked: tuple[str, tuple[Need, ...]]) -> tuple[str, str, tuple[Need, ...]]:
    return asked[0], "sms", asked[1]


def _pool(agents: int, rows: Sequence[Waiting]) -> Pool:
    seats = [seat(f"agent-{n}", free=n * 7919 % 3600) for n in range(agents)]
    return Pool(tuple(rows), tuple(seats), _roster(agents), bounds(rows))


def _roster(agents: int) -> Roster:
    """Each agent has two queues and three skills; there are at most 500 kinds of agents."""
    chance = Random("bench")
    profiles = tuple(Profile(f"p{n}", (QUEUES[n], QUEUES[(n + 1) % 4])) for n in range(4))
    centre = Centre(queues=tuple(map(Queue, QUEUES)), skills=tuple(map(Skill, SKILLS)), profiles=profiles)
    kinds = [_skills(chance) for _ in range(KINDS)]
    members = [Member(login(f"agent-{n}"), f"p{n % 4}", kinds[n % KINDS]) for n in range(agents)]
    return roster(centre, members)


def _skills(chance: Random) -> tuple[Need, ...]:
    return tuple(Need(skill, chance.randrange(2, 6)) for skill in chance.sample(SKILLS, 3))


def _look(pool: Pool, offers: int) -> Callable[[], object]:
    """The matching alone: its pages lie ready."""
    asked: list[Wanted] = []
    pool.matched(lambda wanted, _: asked.append(wanted))
    pages = {wanted: pool.page(wanted) for wanted in asked}

    def run() -> None:
        matching = Matching(pool.opened, pool.seats, pool.roster, AT)
        while wanted := matching.wanted():
            matching.found(wanted, pages[wanted])
        assert len(matching.pairs) == offers

    return run


def _sort(pool: Pool) -> Callable[[], list[Seat]]:
    return lambda: sorted(pool.seats, key=attrgetter("since", "agent_id"))
