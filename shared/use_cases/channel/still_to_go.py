"""What must leave up to a message, to the same address and in the order of the numbers."""

from collections.abc import Sequence

from shared.domain.channel.commands import Send
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.outbound import same_way
from shared.ports import Store

LOOK_BACK = 8  # lines of a read: about one read unit
MOST_READS = 25  # of one command, whatever lies behind

ON_THE_WAY = (Delivery.QUEUED, Delivery.SENDING)
STILL_TO_GO = (*ON_THE_WAY, Delivery.HELD)
NEVER_LEFT = (*STILL_TO_GO, Delivery.WITHDRAWN)


def still_to_go(store: Store, command: Send) -> Sequence[Entry]:
    """The message of the command with whatever is still here before it; nothing where it has left. One query
    finds it, and usually all of them.
    """
    near = _lines(store, command.timeline, command.seq)
    asked = next((e for e in near if e.seq == command.seq), None)
    return _up_to(store, asked, near) if asked and asked.delivery in ON_THE_WAY else ()


def _up_to(store: Store, asked: Entry, near: Sequence[Entry]) -> Sequence[Entry]:
    """Commands may come in any order, for many hands read the stream at once. So we look back until a message
    that has left this way: it left in order too, and everything before it with it. One that was taken back
    says nothing about those before it.
    """
    found = [e for e in near if same_way(e, asked)]
    last, reads = asked.seq - LOOK_BACK, 1
    while last > 0 and reads < MOST_READS and all(e.delivery in NEVER_LEFT for e in found):
        found = [*(e for e in _lines(store, asked.timeline, last) if same_way(e, asked)), *found]
        last, reads = last - LOOK_BACK, reads + 1
    return [e for e in found if e.delivery in STILL_TO_GO]


def _lines(store: Store, timeline: str, last: int) -> Sequence[Entry]:
    after = f"{max(0, last - LOOK_BACK):012}"
    found = store.find(Entry, timeline, after=after, limit=LOOK_BACK)
    return [entry for entry in found if entry.seq <= last]
