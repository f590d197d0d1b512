"""What all the classes of one look share."""

from datetime import datetime

from shared.domain.queue import Queue
from shared.domain.rings import ring_of, ring_ranks
from shared.domain.roster import Roster
from shared.domain.routing.free_seats import FreeSeats
from shared.domain.routing.seats import OpenClass

ALONE = "@"  # begins the queue name of the contacts that wait for one agent alone


class Look:
    """Settings, free agents and the moment; what follows of a queue is worked out once."""

    def __init__(self, free: FreeSeats, roster: Roster, at: datetime) -> None:
        self.free, self.roster, self.at = free, roster, at
        self._queues: dict[str, tuple[Queue, tuple[str, ...]]] = {}
        self.waiting = 0

    def queue(self, name: str) -> tuple[Queue, tuple[str, ...]]:
        """The queue as the settings have it, and the ranks at which its rings begin."""
        if name not in self._queues:
            queue = self.roster.centre.queue_of(name)
            self._queues[name] = queue, ring_ranks(queue, self.at)
        return self._queues[name]

    def bit(self, opened: OpenClass) -> int:
        """What stands for the class in Reach, in the widest ring it may have; 0 where one agent is meant."""
        if opened.queue.startswith(ALONE):
            return 0
        queue, ranks = self.queue(opened.queue)
        return self.roster.reach.bit(self.roster.centre, queue, opened.klass, ring_of(opened.bound, ranks))
