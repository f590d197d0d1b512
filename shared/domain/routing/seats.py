"""What the pool's partition says of the free agents and of the classes that wait: one query reads it all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """An agent who may be offered work now, longest available first. `member` finds them in the roster.
    `channels` have room for one more contact of anybody's; `own` are those of which a contact of a case that
    the agent owns may ring them although they are full.
    """

    pool: str
    bench: int
    agent_id: str
    since: datetime
    member: str = ""
    channels: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


class OfPool:
    """What lies in a pool's partition: its benches, and the classes that wait."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Bench(OfPool):
    """Up to 16 seats in one item, one attribute each, so that agents come and go without reading it."""

    pool: str
    n: int
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenClass:
    """Contacts of this class may wait; none of them has a rank before `bound`. `queue` begins with @ for the
    contacts that wait for one agent alone.
    """

    queue: str
    klass: str
    bound: str


@dataclass(frozen=True, slots=True)
class Open(OfPool):
    """The classes that wait in a pool. Looks write it on its version, as a wake told of a class or a read
    found one empty; and the minute's sweep, which forgets the empty ones that no look reads.
    """

    pool: str
    classes: tuple[OpenClass, ...] = ()
    version: int = 0


def learned(known: Iterable[OpenClass], told: Iterable[OpenClass]) -> tuple[OpenClass, ...]:
    """The classes that may wait, with those one was told of: each once, with its lowest bound."""
    bounds: dict[tuple[str, str], str] = {}
    for one in (*known, *told):
        where = (one.queue, one.klass)
        bounds[where] = min(one.bound, bounds.get(where, one.bound))
    return tuple(OpenClass(queue, klass, bound) for (queue, klass), bound in bounds.items())
