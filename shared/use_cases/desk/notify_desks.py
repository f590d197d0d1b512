"""Frames to the desks: hints that something was written. Customers never get these."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from shared.domain.desk.notices import notices_of
from shared.domain.desk.views import EntryView, entry_view
from shared.domain.session.socket import SocketOf, Watch
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.kinds import KINDS
from shared.ports import AtOnce, Sockets, Store
from shared.use_cases.at_once import one_after_another


@dataclass(frozen=True, slots=True)
class EntryFrame:
    """A new line of a timeline, or the same line with a newer delivery state."""

    entry: EntryView
    type: str = "entry"


@dataclass(frozen=True, slots=True)
class WorkFrame:
    """Offers or cases of this agent changed: ask again."""

    type: str = "work_changed"


@dataclass(frozen=True, slots=True)
class ToldFrame:
    """A line calls this agent by name: a notice lies in their inbox."""

    id: str
    what: str
    customer_id: str
    case_id: str
    seq: int
    by: str
    type: str = "told"


@dataclass(frozen=True, slots=True)
class NotifyDesks:
    """To every desk that watches the customer and to the desk of the case's owner, one frame each; and to
    whoever a line calls by name.

    A connection that is gone takes no further frame; its rows expire. Desks are told `at_once`, each in
    the order of the entries; when the time is `over` the rest is dropped, for a frame is a hint.
    """

    store: Store
    sockets: Sockets
    at_once: AtOnce = one_after_another
    over: Callable[[], bool] = lambda: False

    def __call__(self, entries: Sequence[Entry]) -> int:
        """Returns the number of frames that were taken."""
        customers = sorted({id for e in entries for id in _customers(e)})
        agents = sorted(_agents(entries))
        watching = self.at_once(lambda id: self.store.find(Watch, id), customers)
        living = self.at_once(lambda id: self.store.find(SocketOf, f"agent:{id}"), agents)
        watches = dict(zip(customers, watching, strict=True))
        lives = dict(zip(agents, living, strict=True))
        frames: dict[str, list[object]] = defaultdict(list)
        for entry in entries:
            for connection in _connections(entry, watches, lives):
                if not _answered(entry, connection):
                    frames[connection].append(EntryFrame(entry_view(entry, {})))
        for agent_id in _disturbed(entries):
            for live in lives[agent_id]:
                frames[live.connection_id].append(WorkFrame())
        for agent_id, frame in _called(entries):
            for live in lives[agent_id]:
                frames[live.connection_id].append(frame)
        return sum(self.at_once(lambda each: self._post(*each), list(frames.items())))

    def _post(self, connection: str, frames: Iterable[object]) -> int:
        taken = 0
        for frame in frames:
            if self.over() or not self.sockets.post(connection, frame):
                break
            taken += 1
        return taken


def _answered(entry: Entry, connection: str) -> bool:
    """The desk that wrote it has it already, until its delivery state says something new."""
    first = Delivery.HELD if entry.held_until else Delivery.QUEUED
    return entry.origin == connection and entry.delivery is first


def _connections(
    entry: Entry, watches: dict[str, tuple[Watch, ...]], lives: dict[str, tuple[SocketOf, ...]]
) -> list[str]:
    watching = [watch.connection_id for id in _customers(entry) for watch in watches[id]]
    owning = [live.connection_id for live in lives.get(_owner(entry), ())]
    return list(dict.fromkeys((*watching, *owning)))


def _customers(entry: Entry) -> tuple[str, ...]:
    """Whose watchers are told: of a merge those of the root as well, who cannot know the new member yet."""
    root = entry.signals.root
    return (entry.timeline, root) if root else (entry.timeline,)


def _agents(entries: Iterable[Entry]) -> set[str]:
    told = {notice.person for entry in entries for notice in notices_of(entry)}
    return told | {agent for entry in entries for agent in (_owner(entry), _disturbs(entry)) if agent}


def _called(entries: Iterable[Entry]) -> Iterator[tuple[str, ToldFrame]]:
    for notice in (notice for entry in entries for notice in notices_of(entry)):
        told = (notice.id, notice.what, notice.customer_id, notice.case_id, notice.seq, notice.by)
        yield notice.person, ToldFrame(*told)


def _disturbed(entries: Iterable[Entry]) -> set[str]:
    return {agent for entry in entries if (agent := _disturbs(entry))}


def _owner(entry: Entry) -> str:
    """The owner is told of what the customer does, also while looking at something else."""
    return entry.signals.tell


def _disturbs(entry: Entry) -> str:
    """The agent whose work this entry changes, "" when it changes nobody's."""
    if not KINDS[entry.kind].changes_work:
        return ""
    return str(entry.facts.get("agent") or entry.signals.tell)
