"""Cases and interactions as they are kept: what the history and the reports show."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.address.address import Address


@dataclass(frozen=True, slots=True)
class Case:
    """One problem of a customer, above every channel. `customer_id` is the member it began with. `answered`:
    an agent wrote to them in it, before it was closed. `tags` are codes of the settings, `steps` the codes of
    the guided steps that are done.
    """

    customer_id: str
    id: str
    number: str
    opened_at: datetime
    queue: str
    opened_channel: str
    owner: str = ""
    closed_at: datetime | None = None
    disposition: str = ""
    reopened: int = 0
    score: int | None = None
    version: int = 1
    answered: bool = False
    tags: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interaction:
    """One exchange on one channel inside a case. `ended_by` is customer, agent, silence or case."""

    customer_id: str
    case_id: str
    id: str
    channel: str
    address: Address
    started_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""
    version: int = 1
