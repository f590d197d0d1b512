"""The customer's card as the desk gets it. Field names are the API's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.domain.desk.line_view import LineView
from shared.domain.desk.profile_view import ProfileView
from shared.domain.desk.step_view import StepView
from shared.domain.queue import Need

NO_PROFILE = ProfileView(0)


@dataclass(frozen=True, slots=True)
class AddressView:
    """`stopped` is why we may not write there, "" when we may: a word of customer/suppression.py."""

    kind: str
    value: str
    display: str
    strength: str
    evidence: str
    reachable: bool
    stopped: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InteractionView:
    id: str
    channel: str
    started_at: str
    ended_at: str | None
    ended_by: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """`owner` is an agent's id, `owner_name` what people call them. `needs` are those of its contact while
    it is open, `steps` its guided work. `stepped_in` are supervisors who may answer as well, names by id.
    `call` is set while one goes on.
    """

    case_id: str
    number: str
    state: str
    queue: str
    owner: str
    owner_name: str
    opened_at: str
    closed_at: str | None
    disposition: str
    channels: tuple[str, ...]
    score: int | None
    interactions: tuple[InteractionView, ...]
    needs: tuple[Need, ...] = ()
    tags: tuple[str, ...] = ()
    snoozed_until: str | None = None
    steps: tuple[StepView, ...] = ()
    stepped_in: Mapping[str, str] = field(default_factory=dict)
    call: LineView | None = None


@dataclass(frozen=True, slots=True)
class WayView:
    """One way to answer; `address` is what a reply names it by, `reason` says why it is not allowed. `last`:
    the customer's last message came by it. `window` is what may go out there (open,
    human_only, template_only, never), up to `until` where that ends. `to`, `cc` and `subject`
    are of a reply that has such things.
    """

    channel: str
    address: str
    display: str
    allowed: bool
    reason: str
    last: bool = False
    window: str = "open"
    until: str | None = None
    to: str = ""
    cc: tuple[str, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Who the customer is, on all their addresses. `version` is the last seq, `tier` what they are to the
    centre.
    """

    customer_id: str
    version: int
    name: str
    language: str
    addresses: tuple[AddressView, ...]
    cases: tuple[CaseView, ...]
    reply_channels: tuple[WayView, ...]
    tier: str = ""
    profile: ProfileView = NO_PROFILE
