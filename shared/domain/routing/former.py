"""A pool's rows as the release before laid them: found for one release more, and moved by the sweep."""

from dataclasses import dataclass
from datetime import datetime

WAITED, WAS_FREE, WAS_SEEN = "WAIT", "FREE", "SEEN"


@dataclass(frozen=True, slots=True)
class Former:
    """`what` and `place` are the row's key; the rest is told as far as a row of that kind knew it."""

    pool: str
    what: str
    place: str
    queue: str = ""
    interaction_id: str = ""
    customer_id: str = ""
    case_id: str = ""
    agent_id: str = ""
    seen_at: datetime | None = None
    expires_at: datetime | None = None
