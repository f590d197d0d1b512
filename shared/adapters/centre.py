"""The centre's settings: an immutable version, and a pointer looked at every 10 seconds at most.

What belongs to a version besides (flows, templates) is read when it is asked for, and kept: it never changes.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import Ref
from shared.domain.flow.flow import FlowVersion, flow_part
from shared.domain.queue_state import NO_STATES, QueueStates
from shared.domain.roster import Roster, roster
from shared.domain.saved_reply import REPLIES, SavedReplies, SavedReply
from shared.domain.staffing import STAFF, Member, StaffPart
from shared.domain.template import TEMPLATES, Template, Templates
from shared.ports import Clock, Store

LOOK = timedelta(seconds=10)
MOST_PARTS = 50  # kept at once; the oldest go first


class StoredSettings:
    def __init__(self, store: Callable[[], Store], clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._looked: datetime | None = None
        self._config = Config(0, Centre())
        self._roster: tuple[int, Roster] | None = None
        self._stood: tuple[datetime, QueueStates] | None = None
        self._parts: dict[tuple[object, ...], Any] = {}

    def centre(self) -> Centre:
        """The settings that hold; the demo centre's where none were ever written. Raises TryAgain."""
        now = self._clock()
        if self._looked is None or now - self._looked >= LOOK:
            self._look()
            self._looked = now
        return self._config.centre

    def flow(self, name: str, n: int = 0) -> FlowVersion | None:
        if not n and flow_part(name) not in self._now().parts:
            return None
        found: FlowVersion | None = self._part(FlowVersion, n or self._config.n, name)
        return found

    def templates(self) -> tuple[Template, ...]:
        config = self._now()
        found: Templates | None = self._part(Templates, config.n) if TEMPLATES in config.parts else None
        return found.all if found else ()

    def saved_replies(self) -> tuple[SavedReply, ...]:
        config = self._now()
        found: SavedReplies | None = self._part(SavedReplies, config.n) if REPLIES in config.parts else None
        return found.all if found else ()

    def roster(self) -> Roster:
        config = self._now()
        if self._roster is None or self._roster[0] != config.n:
            self._roster = config.n, roster(config.centre, tuple(self._members(config)), config.n)
        return self._roster[1]

    def queue_states(self) -> QueueStates:
        """As they were 10 seconds ago at the most."""
        now = self._clock()
        if self._stood is None or now - self._stood[0] >= LOOK:
            self._stood = now, self._store().get(Ref(QueueStates)) or NO_STATES
        return self._stood[1]

    def _members(self, config: Config) -> Iterator[Member]:
        named = [part for part in config.parts if part.startswith(f"{STAFF}#")]
        for k in range(len(named)):
            part = self._store().get(Ref(StaffPart, config.n, k))
            yield from part.members if part else ()

    def _now(self) -> Config:
        self.centre()
        return self._config

    def _part(self, kind: type[Any], *by: object) -> Any:
        if (kind, *by) not in self._parts:
            self._parts[kind, *by] = self._store().get(Ref(kind, *by))
            if len(self._parts) > MOST_PARTS:
                oldest, *_ = self._parts
                self._parts.pop(oldest)
        return self._parts[kind, *by]

    def _look(self) -> None:
        pointer = self._store().get(Ref(ConfigPointer))
        if pointer is None or pointer.n == self._config.n:
            return
        self._config = self._store().get(Ref(Config, pointer.n)) or self._config
