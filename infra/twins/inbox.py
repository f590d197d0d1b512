"""The door's queues in memory: first come first out, a repeated acceptance is one message."""

from collections.abc import Sequence

from shared.domain.channel.commands import Raw
from shared.domain.errors import TryAgain


class MemoryInbox:
    """`events` and `states` lie in order of arrival; the next `refusing` puts fail."""

    def __init__(self) -> None:
        self.events: list[Raw] = []
        self.states: list[Raw] = []
        self.refusing = 0
        self._seen: set[str] = set()

    def put(self, events: Sequence[Raw], states: Sequence[Raw]) -> None:
        if self.refusing:
            self.refusing -= 1
            raise TryAgain("the queue did not answer")
        for event in events:
            if event.acceptance not in self._seen:
                self._seen.add(event.acceptance)
                self.events.append(event)
        self.states.extend(states)
