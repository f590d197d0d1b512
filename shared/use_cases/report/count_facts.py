"""Facts into figures, each exactly once, and into raw partitions from which other figures can be made."""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.change import ABSENT, Add, Put, Write
from shared.domain.channel.receipt import Tally
from shared.domain.errors import Conflict, Rejected
from shared.domain.report.count_fact import count_fact, together
from shared.domain.report.figures import Figure, Folded
from shared.domain.report.raw_files import of_facts
from shared.domain.shards import shard_of
from shared.domain.timeline.bus_facts import Fact
from shared.domain.times import iso, local_day, local_hour
from shared.ports import Files, Settings, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict

KEPT = timedelta(days=40)
HOPELESS = (Rejected, ValueError, ArithmeticError)  # also a time that is none, or one beyond all calendars
MOST_ACTIONS = 100  # of one transaction


@dataclass(frozen=True, slots=True)
class Counted:
    """A fact, the marker that remembers it, and what it adds."""

    fact: Fact
    marker: Folded
    adds: tuple[Add, ...]


@dataclass(frozen=True, slots=True)
class CountedFacts:
    """How many facts were new, and which ones cannot be counted, with the reason."""

    counted: int
    hopeless: tuple[tuple[Fact, str], ...]


class CountFacts:
    def __init__(self, store: Store, files: Files, settings: Settings) -> None:
        self._store, self._files, self._settings = store, files, settings

    def __call__(self, facts: Sequence[Fact]) -> CountedFacts:
        """Count a batch. Raises TryAgain, whereupon the whole batch may come again: nothing counts twice.

        The file is written first: were it written last, a crash between the two could lose a line for good.
        """
        known, hopeless = self._understood(facts)
        self._keep([counted.fact for counted in known])
        counts = [self._count(chunk) for chunk in _chunks([c for c in known if c.adds])]
        return CountedFacts(sum(counts), hopeless)

    def _understood(self, facts: Sequence[Fact]) -> tuple[list[Counted], tuple[tuple[Fact, str], ...]]:
        """Each fact once, with what it adds; one that makes no sense does not hold up the others."""
        known: dict[tuple[str, int, str], Counted] = {}
        hopeless: list[tuple[Fact, str]] = []
        centre = self._settings.centre()
        for fact in facts:
            try:
                marker = Folded(fact.customer_id, fact.seq, fact.name, fact.at + KEPT)
                known[fact.customer_id, fact.seq, fact.name] = Counted(fact, marker, count_fact(fact, centre))
            except HOPELESS as error:
                hopeless.append((fact, str(error)))
        return list(known.values()), tuple(hopeless)

    def _count(self, chunk: Sequence[Counted]) -> int:
        """Markers and figures in one transaction; those whose marker stands already are left out."""
        left = list(chunk)

        def once() -> int:
            nonlocal left
            try:
                self._store.commit(*_writes(left))
            except Conflict as conflict:
                left = [counted for i, counted in enumerate(left) if i not in conflict.failed]
                if left:
                    raise
            return len(left)

        return retry_on_conflict(once)

    def _keep(self, facts: Sequence[Fact]) -> None:
        """One file per day and batch, named by the facts in it. When facts come again in another batch, their
        lines stand in two files: readers take each value of `line` once.
        """
        zone = self._settings.centre().zone
        days: dict[str, list[Fact]] = {}
        for fact in facts:
            days.setdefault(local_day(fact.at, zone).isoformat(), []).append(fact)
        for day, of_day in days.items():
            key = of_facts(day, map(_name, of_day))
            self._files.put(key, _lines(of_day, zone), "application/gzip")


def _writes(chunk: Sequence[Counted]) -> tuple[Write, ...]:
    """The markers come first, so that a failed position is a fact's position. All that one transaction adds
    lies in one shard: which, does not matter to the sums.
    """
    markers = (Put(counted.marker, over=ABSENT) for counted in chunk)
    shard = shard_of(*(_name(counted.fact) for counted in chunk))
    adds = together(add for counted in chunk for add in counted.adds)
    return (*markers, *(_in_shard(add, shard) for add in adds))


def _in_shard(add: Add, shard: str) -> Add:
    assert isinstance(add.item, (Figure, Tally))  # noqa: S101  # says what is counted
    return Add(replace(add.item, shard=shard), add.amounts)


def _chunks(known: Iterable[Counted]) -> Iterator[list[Counted]]:
    """As few transactions as the limit allows: a marker each, and one Add per figure they share."""
    chunk: list[Counted] = []
    items: set[object] = set()
    for counted in known:
        with_it = items | {add.item for add in counted.adds}
        if len(chunk) + 1 + len(with_it) > MOST_ACTIONS:
            yield chunk
            chunk, with_it = [], {add.item for add in counted.adds}
        chunk.append(counted)
        items = with_it
    if chunk:
        yield chunk


def _lines(facts: Sequence[Fact], zone: str) -> bytes:
    lines = (json.dumps(_line(fact, zone), separators=(",", ":"), sort_keys=True) for fact in facts)
    return gzip.compress("".join(f"{line}\n" for line in sorted(lines)).encode(), mtime=0)


def _line(fact: Fact, zone: str) -> dict[str, object]:
    """Ids and measures only, as on the bus; flat, so that any reader takes it as a table."""
    return {
        **fact.data,
        "line": _name(fact),
        "name": fact.name,
        "at": iso(fact.at),
        "day": local_day(fact.at, zone).isoformat(),
        "hour": local_hour(fact.at, zone),
        "zone": zone,
        "customer_id": fact.customer_id,
        "seq": fact.seq,
        "case_id": fact.case_id,
        "interaction_id": fact.interaction_id,
        "channel": fact.channel,
        "actor": fact.actor,
        "v": fact.v,
    }


def _name(fact: Fact) -> str:
    return f"{fact.customer_id}.{fact.seq}.{fact.name}"
