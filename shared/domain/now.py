"""Time, chance and settings, handed to every decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.centre import Centre


@dataclass(frozen=True, slots=True)
class Now:
    """`at` is the moment of the decision; `new_id` gives a new ULID; `centre` the settings in force."""

    at: datetime
    new_id: Callable[[], str]
    centre: Centre
