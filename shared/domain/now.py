"""Time, chance, settings and channels, handed to every decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.centre import Centre
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
