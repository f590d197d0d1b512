"""Time, chance, settings and channels, handed to every decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.centre import Centre
from shared.domain.queue_state import NO_STATES, QueueStates
from shared.domain.roster import Roster, roster
from shared.domain.traits import NO_CHANNELS, Channels


@dataclass(frozen=True, slots=True)
class Now:
    """`at` is the moment of the decision; `new_id` gives a new ULID; `centre` the settings in force;
    `channels` what each channel says of itself.
    """

    at: datetime
    new_id: Callable[[], str]
    centre: Centre
    channels: Channels = NO_CHANNELS
    staff: Callable[[], Roster] | None = None
    states: Callable[[], QueueStates] | None = None

    @property
    def roster(self) -> Roster:
        """Who can serve what; read when it is asked for, as most decisions are about no agent."""
        return self.staff() if self.staff else roster(self.centre, ())

    @property
    def queue_states(self) -> QueueStates:
        """What supervisors did to queues; read where a contact begins to wait."""
        return self.states() if self.states else NO_STATES
