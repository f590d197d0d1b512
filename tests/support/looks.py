"""Looks at a pool, made at random: settings, agents, contacts that wait; their pages are read on demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from random import Random

from shared.domain.centre import Centre
from shared.domain.customer.head import Decline
from shared.domain.queue import AGENT_ORDER, Need, Queue, Ring
from shared.domain.roster import Roster, roster
from shared.domain.routing.class_waits import ROWS, Wanted
from shared.domain.routing.match import Matching
from shared.domain.routing.pool import Waiting, class_of, rank
from shared.domain.routing.seats import OpenClass, Seat
from shared.domain.staffing import Member, Profile, Rule, Skill, When, member_key

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SKILLS = ("english", "korean", "billing", "refunds")
CHANNELS = ("sms", "chat", "voice")
AGENTS = tuple(f"agent-{n:02}" for n in range(12))


def login(agent_id: str) -> str:
    return f"{agent_id}@example.test"


@dataclass(frozen=True)
class Pool:
    """What waits and who is free, in one place. `reads` are the pages asked for."""

    rows: tuple[Waiting, ...]
    seats: tuple[Seat, ...]
    roster: Roster
    opened: tuple[OpenClass, ...]
    at: datetime = AT

    def matched(self, told: Callable[[Wanted, int], None] = lambda wanted, n: None) -> Matching:
        """The look carried out; `told` hears of each page and how many rows it had."""
        matching = Matching(self.opened, self.seats, self.roster, self.at)
        while wanted := matching.wanted():
            page = self.page(wanted)
            told(wanted, len(page))
            matching.found(wanted, page)
        return matching

    def page(self, wanted: Wanted) -> list[Waiting]:
        mine = (row for row in self.rows if row.queue == wanted.queue and class_key(row) == kind(wanted))
        keys = {f"{row.rank}#{row.interaction_id}": row for row in mine}
        return [keys[key] for key in sorted(keys) if key > wanted.after][:ROWS]


def kind(one: Wanted | OpenClass) -> tuple[str, str]:
    return one.queue, one.klass


def class_key(row: Waiting) -> tuple[str, str]:
    return row.queue, class_of(row.channel, row.needs)


def waiting(
    n: int,
    queue: str = "main",
    channel: str = "sms",
    needs: tuple[Need, ...] = (),
    age: float = 0,
    **told: object,
) -> Waiting:
    """Contact number n, which has waited so many seconds."""
    since, place = AT - timedelta(seconds=age), (f"i{n:05}", f"customer-{n}", f"case-{n}")
    return Waiting("main", queue, rank(since, 5), *place, channel, since, 5, needs=needs, **told)  # type: ignore[arg-type]


def seat(
    agent_id: str, free: float = 0, channels: tuple[str, ...] = CHANNELS, own: tuple[str, ...] = ()
) -> Seat:
    """An agent who has been free for so many seconds."""
    since = AT - timedelta(seconds=free)
    return Seat("main", 0, agent_id, since, member_key(login(agent_id)), channels, own)


def bounds(rows: Sequence[Waiting]) -> tuple[OpenClass, ...]:
    """The classes of these rows, each from its head on."""
    ordered = sorted(rows, key=lambda row: (class_key(row), row.rank))
    return tuple(OpenClass(*key, next(found).rank) for key, found in groupby(ordered, class_key))


def pool(rows: Sequence[Waiting], seats: Sequence[Seat], of: Roster | None = None) -> Pool:
    return Pool(tuple(rows), tuple(seats), of or roster(Centre(), ()), bounds(rows))


def random_pool(chance: Random) -> Pool:
    """Any of these may be: bounds that are too low, classes that are empty, ties, rests, rings, owners."""
    staff = _roster(chance)
    queues = [queue.name for queue in staff.centre.queues]
    rows = [_row(chance, n, queues) for n in range(chance.choice((0, 1, 2, 3, 5, 8, 12, 12, 25)))]
    seats = [_seat(chance, id) for id in chance.sample(AGENTS, chance.randrange(len(AGENTS) + 1))]
    opened = {kind(one): one for one in _empty(chance, queues)} | {kind(one): one for one in bounds(rows)}
    lowered = [_lowered(chance, one) for one in opened.values()]
    return Pool(tuple(rows), tuple(seats), staff, tuple(lowered))


def _roster(chance: Random) -> Roster:
    names = [f"queue-{n}" for n in range(chance.randrange(1, 4))]
    profiles = tuple(
        Profile(f"profile-{n}", tuple(chance.sample(names, chance.randrange(1, len(names) + 1))))
        for n in range(3)
    )
    rules = tuple(
        Rule((When("channel", ("sms",)),), "", _needs(chance, 2)) for _ in range(chance.randrange(3))
    )
    centre = Centre(
        queues=tuple(_queue(chance, name) for name in names),
        skills=tuple(Skill(name) for name in SKILLS[: chance.choice((2, 4, 4))]),
        profiles=profiles,
        rules=rules,
    )
    members = [Member(login(id), chance.choice(profiles).name, _needs(chance, 4)) for id in AGENTS[2:]]
    return roster(centre, members if chance.random() < 0.9 else ())


def _queue(chance: Random, name: str) -> Queue:
    order = list(AGENT_ORDER)
    chance.shuffle(order)
    order = order[: chance.randrange(6)] if chance.random() < 0.3 else list(AGENT_ORDER)
    rings = tuple(
        Ring(
            after,
            tuple(chance.sample(SKILLS, chance.randrange(3))),
            tuple(chance.sample(PROFILES, chance.randrange(2))),
        )
        for after in sorted(chance.sample((10, 20, 60, 120), chance.randrange(3)))
    )
    return Queue(name, needs=_needs(chance, 1), rings=rings, agent_order=tuple(order))


PROFILES = ("profile-0", "profile-1", "profile-2")


def _needs(chance: Random, most: int) -> tuple[Need, ...]:
    return tuple(
        Need(name, chance.randrange(1, 6)) for name in chance.sample(SKILLS, chance.randrange(most + 1))
    )


def _row(chance: Random, n: int, queues: list[str]) -> Waiting:
    alone = chance.random() < 0.1
    queue = f"@{chance.choice(AGENTS)}" if alone else chance.choice(queues)
    needs = chance.choice(
        ((), (), (Need("english", 2),), (Need("korean", 1), Need("billing", 3)), (Need("refunds", 4),))
    )
    declines = tuple(
        Decline(chance.choice(AGENTS), AT + timedelta(seconds=chance.choice((-1, 0, 5, 30))))
        for _ in range(chance.choice((0, 0, 0, 1, 3)))
    )
    owner = chance.choice(("", "", *AGENTS[:6]))
    preferred = chance.choice(("", "", *AGENTS[:6]))
    age = chance.choice((0, 1, 5, 10, 10, 19.999, 20, 60, 61, 300))
    told = {"declines": declines, "owner": owner, "preferred": preferred}
    return waiting(n, queue, chance.choice(CHANNELS), needs, age, **told)


def _seat(chance: Random, agent_id: str) -> Seat:
    some = tuple(chance.sample(CHANNELS, chance.randrange(len(CHANNELS) + 1)))
    own = ("voice",) if chance.random() < 0.3 else ()
    return seat(agent_id, chance.choice((0, 1, 1, 30, 600)), chance.choice((CHANNELS, some)), own)


def _empty(chance: Random, queues: list[str]) -> list[OpenClass]:
    classes = ("sms", "chat+english.2", "voice+korean.1")
    return [
        OpenClass(chance.choice(queues), chance.choice(classes), rank(AT, 5))
        for _ in range(chance.randrange(3))
    ]


def _lowered(chance: Random, one: OpenClass) -> OpenClass:
    """A bound as an earlier look left it."""
    earlier = rank(AT - timedelta(seconds=chance.choice((300, 400, 900))), 5)
    return one if chance.random() < 0.5 else OpenClass(one.queue, one.klass, earlier)
