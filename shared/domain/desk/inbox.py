"""What a member of staff is told, follows and has set up for themselves."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.saved_reply import SavedReply

SUPERVISORS = "supervisors"  # whoever supervises: the inbox they share
# What an agent may be told of, and how; "text" lets what was said stand in a desktop notification.
TOLD_OF, TOLD_BY = ("offers", "messages", "mentions", "followed"), ("sound", "desktop")
SWITCHES = frozenset({"text", *(f"{what}.{how}" for what in TOLD_OF for how in TOLD_BY)})
MENTION, ASKED, ASSIGNED, ABUSED, STEPPED_IN = "mention", "asked", "assigned", "abuse", "stepped_in"
REASSIGNED = "reassigned"  # a supervisor gave the agent's case to somebody else


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody is told of a case. `person` is an agent's id or SUPERVISORS, `id` a ULID (newest last), `what`
    one of the words above, `seq` the line of `timeline` that says it, `by` the id of the agent who did it.
    """

    person: str
    id: str
    what: str
    at: datetime
    customer_id: str
    case_id: str
    timeline: str
    seq: int
    by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Follow:
    """An agent wants to hear of a case that is not theirs."""

    agent_id: str
    case_id: str
    customer_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list with its filters, as it stands in the address of the page."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class DeskOf:
    """How an agent has set up their desk. `told` are those of SWITCHES that are on (None: as the desk
    has them at first). `seen_at`: the notices until then were looked at.
    """

    agent_id: str
    views: tuple[SavedView, ...] = ()
    told: tuple[str, ...] | None = None
    seen_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class OwnReply:
    """A saved reply of one agent's own."""

    agent_id: str
    code: str
    reply: SavedReply
