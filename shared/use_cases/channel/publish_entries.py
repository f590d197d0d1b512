"""The timeline is the outbox: what was written is handed on, never the other way round."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shared.domain.channel.commands import Due, Send, Wake
from shared.domain.ids import digest
from shared.domain.timeline.bus_facts import Fact, facts, state_facts
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.kinds import OUTBOUND
from shared.ports import Clock, Outbox

Pair = tuple[Entry | None, Entry]


@dataclass(frozen=True, slots=True)
class PublishEntries:
    """Keys to the senders, wakes to the assigner, timers, and facts onto the bus: each in batches.

    Calling it twice with the same entries is harmless: everybody behind it knows a repeat.
    """

    outbox: Outbox
    clock: Clock

    def __call__(self, pairs: Sequence[Pair]) -> None:
        new = [after for before, after in pairs if before is None]
        for channel, entries in _outbound(new).items():
            commands = [Send(entry.timeline, entry.seq) for entry in entries]
            self.outbox.send(channel, commands, [digest(channel, entry.way.reply_to) for entry in entries])
        self.outbox.wake([Wake(pool) for pool in _pools(new)])
        self.outbox.arm([due for entry in new if (due := _due(entry))], self.clock())
        self.outbox.announce(list(_facts(pairs)))


def _outbound(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """By channel, in seq order: the order replies leave in does not depend on the stream's."""
    channels = defaultdict(list)
    for entry in sorted(entries, key=lambda e: e.seq):
        if entry.kind in OUTBOUND and entry.delivery is Delivery.QUEUED:
            channels[entry.channel].append(entry)
    return channels


def _pools(entries: Iterable[Entry]) -> list[str]:
    return sorted({entry.signals.wake for entry in entries if entry.signals.wake})


def _due(entry: Entry) -> Due | None:
    if entry.due is None:
        return None
    reference = str(entry.facts.get("offer_id") or entry.interaction_id)
    return Due(entry.due, entry.due_for, entry.timeline, entry.case_id, reference)


def _facts(pairs: Iterable[Pair]) -> Iterator[Fact]:
    for before, after in pairs:
        yield from facts(after) if before is None else state_facts(before, after)
