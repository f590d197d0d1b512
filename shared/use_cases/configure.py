"""New settings for the centre: a version that is never changed, and the pointer to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import ABSENT, ANY, Put
from shared.domain.difference import Difference
from shared.domain.errors import Refused
from shared.domain.queue import Queue
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Heartbeat
from shared.domain.settings.check import problems
from shared.domain.settings.diff import differences
from shared.domain.settings.document import Document, with_calendar
from shared.domain.settings.problem import Problem, problem
from shared.domain.settings.said import told_difference, told_problem
from shared.domain.traits import Channels
from shared.ports import Clock, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.settings.versions import Version, Versions, parts_of

COUNTED = 100  # of who waits in a queue
KEPT = 10  # differences that a version tells of itself; the others can be worked out


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: an actor, and what colleagues call them."""

    actor: str = "operator"
    name: str = ""


OPERATOR = Author()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What saving would do to version `n`: what stands in its way, what would change, and what has changed
    since the version that the writer began from.
    """

    n: int
    problems: tuple[Problem, ...]
    differences: tuple[Difference, ...]
    meanwhile: tuple[Difference, ...]


class NotApplied(Refused):
    """Nothing was written: `wrong_settings` (422), `pool_in_use` (409) or `stale_settings` (409)."""

    def __init__(self, code: str, status: int, outlook: Outlook) -> None:
        told = [told_problem(one) for one in outlook.problems]
        told += [told_difference(one) for one in outlook.meanwhile if not outlook.problems]
        super().__init__(code, f"The settings are as before: {' '.join(told)}", status)
        self.outlook = outlook


@dataclass(frozen=True, slots=True)
class Configure:
    store: Store
    clock: Clock
    channels: Channels

    def __call__(
        self, told: Document, based_on: int | None = None, author: Author = OPERATOR, of: int = 0
    ) -> int:
        """Returns the version that holds now; the same settings again make no new one. `based_on` is the
        version that the writer began from, None for over whatever holds. Raises NotApplied and, for a version
        that never was, Refused `no_version`.
        """
        return retry_on_conflict(lambda: self._configure(told, based_on, author, of))

    def look(self, told: Document, based_on: int | None = None) -> Outlook:
        """What saving would do; nothing is written. Raises Refused `no_version`."""
        now = Versions(self.store).current()
        return self._outlook(now, with_calendar(told, self.clock().year), based_on)

    def roll_back(self, n: int, based_on: int | None = None, author: Author = OPERATOR) -> int:
        """A new version with the settings of version `n`. Raises as a save."""
        return self(Versions(self.store).of(n).document, based_on, author, of=n)

    def _configure(self, told: Document, based_on: int | None, author: Author, of: int) -> int:
        """All parts in one transaction: whoever sees the pointer finds what it points to."""
        now, wanted = Versions(self.store).current(), with_calendar(told, self.clock().year)
        if now.n and now.document == wanted:
            return now.n
        outlook = self._outlook(now, wanted, based_on)
        _refuse(outlook)
        n, kept = now.n + 1, outlook.differences[:KEPT] if now.n else ()
        parts = parts_of(n, wanted)
        config = Config(
            n,
            wanted.centre,
            tuple(parts),
            self.clock(),
            author.actor,
            of,
            author.name,
            kept,
            len(outlook.differences) if now.n else 0,
        )
        written = (Put(part, over=ABSENT) for part in parts.values())
        self.store.commit(Put(config, over=ABSENT), *written, Put(ConfigPointer(n), over=ANY))
        return n

    def _outlook(self, now: Version, wanted: Document, based_on: int | None) -> Outlook:
        found = problems(wanted, self.channels) or tuple(self._left(now.document.centre, wanted.centre))
        meanwhile: tuple[Difference, ...] = ()
        if based_on is not None and based_on != now.n:
            meanwhile = differences(Versions(self.store).of(based_on).document, now.document)
        return Outlook(now.n, found, differences(now.document, wanted), meanwhile)

    def _left(self, before: Centre, after: Centre) -> Iterator[Problem]:
        """Contacts and agents that would be left where nobody looks any more."""
        for queue in before.queues:
            moves = after.pool_of(queue.name) != queue.pool
            if (moves or not _followed(queue.name, after)) and (count := self._waiting(queue)):
                code = "queue_moves" if moves else "queue_waits"
                yield problem(("queues",), code, queue=queue.name, pool=queue.pool, count=count)
        for pool in before.pools:
            if pool not in after.pools and self.store.find(Heartbeat, pool, limit=1):
                yield problem(("queues",), "pool_works", pool=pool)

    def _waiting(self, queue: Queue) -> str:
        """How many wait there, "" for nobody; above COUNTED "100+"."""
        count = self.store.count(Waiting, queue.pool, queue.name, limit=COUNTED + 1)
        return f"{COUNTED}+" if count > COUNTED else str(count or "")


LEFT = ("queue_moves", "queue_waits", "pool_works")


def _followed(name: str, after: Centre) -> bool:
    """Whether the queue is still there, or another one succeeds it."""
    return any(name in (one.name, *one.succeeds) for one in after.queues)


def _refuse(outlook: Outlook) -> None:
    if codes := _codes(outlook.problems):
        left = all(code in LEFT for code in codes)
        raise NotApplied("pool_in_use", 409, outlook) if left else NotApplied("wrong_settings", 422, outlook)
    if outlook.meanwhile:
        raise NotApplied("stale_settings", 409, outlook)


def _codes(found: Sequence[Problem]) -> list[str]:
    return [one.code for one in found]
