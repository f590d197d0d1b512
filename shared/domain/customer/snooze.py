"""An open case that is to be left alone for a while."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Snooze:
    """The case sleeps until then, or until the customer writes, whichever is first. `by` is the agent."""

    until: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A case that an agent snoozed, in their own list. It is written and removed with the head."""

    agent_id: str
    case_id: str
    customer_id: str
    until: datetime
