"""The timeline is the outbox: what was written is handed on, never the other way round."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from shared.domain.change import Put
from shared.domain.channel.commands import Due, FetchPart, Send, Wake
from shared.domain.errors import ChannelOff, Conflict
from shared.domain.ids import digest
from shared.domain.routing.wrap_up import WRAP
from shared.domain.timeline.bus_facts import Fact, facts, state_facts
from shared.domain.timeline.content import Part, PartState, waiting
from shared.domain.timeline.entry import RELEASE, Delivery, Entry
from shared.domain.timeline.kinds import MOVES_CALL, OUTBOUND
from shared.ports import Clock, Outbox, Store

Pair = tuple[Entry | None, Entry]
CHANNEL_OFF = "channel_off"


@dataclass(frozen=True, slots=True)
class PublishEntries:
    """Keys to the senders and the media fetcher, wakes to the assigner, timers, and facts onto the bus: each
    in batches.

    Calling it twice with the same entries is harmless: everybody behind it knows a repeat. `calls` names the
    channels of telephone calls: what moves one of theirs goes to their operator, and what was recorded once
    it lies in our bucket.
    """

    outbox: Outbox
    store: Store
    clock: Clock
    calls: frozenset[str] = frozenset()

    def __call__(self, pairs: Sequence[Pair]) -> None:
        new = [after for before, after in pairs if before is None]
        released = [after for before, after in pairs if before and before.delivery is Delivery.HELD]
        leaving = _outbound([*new, *released])
        moved = [*(entry for entry in new if entry.kind in MOVES_CALL), *_fetched(pairs)]
        moving = [entry for entry in moved if entry.channel in self.calls]
        for channel, entries in _by_channel([*leaving, *moving]).items():
            self._send(channel, entries)
        self.outbox.fetch([FetchPart(e.timeline, e.seq, n) for e in new for n in waiting(e.content)])
        self.outbox.wake(wakes_of(new))
        self.outbox.arm([due for entry in new for due in _dues(entry)], self.clock())
        self.outbox.announce(list(_facts(pairs)))

    def _send(self, channel: str, entries: Sequence[Entry]) -> None:
        commands = [Send(entry.timeline, entry.seq) for entry in entries]
        try:
            self.outbox.send(channel, commands, [self._group(entry) for entry in entries])
        except ChannelOff:
            for entry in _outbound(entries):
                self._fail(entry)

    def _group(self, entry: Entry) -> str:
        """What is done one after another: messages to one address, and all that is about one call."""
        told = entry.interaction_id if entry.channel in self.calls else entry.way.reply_to
        return digest(entry.channel, told)

    def _fail(self, entry: Entry) -> None:
        """Nobody will ever send it. Where its state is another by now, somebody has seen to it already:
        we ourselves, the time before, or a sender while its channel was still on.
        """
        failed = replace(
            entry, delivery=Delivery.FAILED, delivery_reason=CHANNEL_OFF, version=entry.version + 1
        )
        with suppress(Conflict):
            self.store.commit(Put(failed, over=entry.version))


def _outbound(entries: Iterable[Entry]) -> list[Entry]:
    return [e for e in entries if e.kind in OUTBOUND and e.delivery is Delivery.QUEUED]


def _fetched(pairs: Sequence[Pair]) -> Iterator[Entry]:
    """Entries that were there, and of which a file is stored since now."""
    for before, after in pairs:
        if before and len(_stored(after)) > len(_stored(before)):
            yield after


def _stored(entry: Entry) -> list[Part]:
    return [part for part in entry.content.parts if part.state is PartState.STORED]


def _by_channel(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """In seq order: the order replies leave in does not depend on the stream's."""
    channels = defaultdict(list)
    for entry in sorted(entries, key=lambda e: e.seq):
        channels[entry.channel].append(entry)
    return channels


def wakes_of(entries: Iterable[Entry]) -> list[Wake]:
    """One of each class of a pool, in the rank of its first; and one of each agent."""
    told = sorted((e.signals for e in entries if e.signals.wake), key=lambda signals: signals.rank)
    classes = {(one.wake, one.queue, one.klass, one.agent): one.rank for one in reversed(told)}
    return sorted(
        (Wake(pool, queue, klass, rank, agent) for (pool, queue, klass, agent), rank in classes.items()),
        key=lambda wake: (wake.pool, wake.queue, wake.klass, wake.agent),
    )


def _dues(entry: Entry) -> Iterator[Due]:
    if entry.due:
        named = entry.facts.get("agent" if entry.due_for == WRAP else "offer_id")
        reference = str(named or entry.interaction_id)
        yield Due(entry.due, entry.due_for, entry.timeline, entry.case_id, reference)
    for timer in entry.timers:
        reference = str(entry.seq) if timer.what == RELEASE else entry.interaction_id
        yield Due(timer.at, timer.what, entry.timeline, entry.case_id, reference)


def _facts(pairs: Iterable[Pair]) -> Iterator[Fact]:
    for before, after in pairs:
        yield from facts(after) if before is None else state_facts(before, after)
