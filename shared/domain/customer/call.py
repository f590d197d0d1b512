"""A telephone call: its legs, as the carrier told of them, and what staff wish beside what the case says.

Who should be on the line follows from the contact (its state, its agent, its colleague) and from the wishes
kept here. Who is there is what the legs say. The operator (use_cases/call) makes the one like the other.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class LegRole(StrEnum):
    """CUSTOMER: who called or is called. AGENT has the contact, a COLLEAGUE is asked, a SUPERVISOR listens, a
    NUMBER is somebody outside who was added."""

    CUSTOMER = "customer"
    AGENT = "agent"
    COLLEAGUE = "colleague"
    SUPERVISOR = "supervisor"
    NUMBER = "number"


class LegState(StrEnum):
    """CLAIMED: the carrier is being asked to dial. UNKNOWN: asked, and no answer was heard. DIALLED and
    RINGING: nobody picked up yet. TALKING: picked up. ENDED and FAILED are final: FAILED never talked."""

    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    DIALLED = "dialled"
    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"
    FAILED = "failed"


OVER = frozenset({LegState.ENDED, LegState.FAILED})


class Spot(StrEnum):
    """Where the customer's leg is: in the menu, in the queue's music, in the room with staff, on hold, at the
    survey, on the voicemail, or saying goodbye."""

    MENU = "menu"
    QUEUE = "queue"
    ROOM = "room"
    HOLD = "hold"
    SURVEY = "survey"
    VOICEMAIL = "voicemail"
    GOODBYE = "goodbye"


class RecordingState(StrEnum):
    """OFF: none was asked for. The others are Twilio's words, the last four are final."""

    OFF = "off"
    CLAIMED = "claimed"
    IN_PROGRESS = "in-progress"
    PAUSED = "paused"
    STOPPED = "stopped"
    PROCESSING = "processing"
    COMPLETED = "completed"
    ABSENT = "absent"
    FAILED = "failed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Leg:
    """One telephone of a call. `id` is our name for it (a ULID), `sid` the carrier's, "" until it is known.

    `who` is the login's agent id, or "" for the customer and outside numbers; `to` is what is dialled, as the
    carrier takes it (E.164 or sip:), "" for a caller. `sequence` is the carrier's number of the last word we
    heard of it (-1: none): an older word changes nothing. `until`: when a claim is over. `seconds` it talked.
    `listens`: listen, whisper or join, of a supervisor. `rung_at`: when we had it rung, None for a caller.
    """

    id: str
    role: LegRole
    state: LegState
    at: datetime
    sid: str = ""
    who: str = ""
    to: str = ""
    sequence: int = -1
    until: datetime | None = None
    reason: str = ""
    seconds: int = 0
    listens: str = ""
    rung_at: datetime | None = None

    @property
    def over(self) -> bool:
        return self.state in OVER


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one customer, an interaction of their case. `customer_id` is the member it lies under.

    Wishes of staff: `held`, `listeners` (supervisors, with how), `numbers` outside to be added, `paused`: the
    recording is, `ending`: the customer is to be let go. `spot` is where the carrier was last told to put the
    customer, `own_side` our number in this call, `language` what the caller hears. `recording_sid` is the
    carrier's name of the recording in progress, `stored`: its file lies in our bucket. `outbound`: we placed
    it, to `number`. `ordered` is what the operator asks the carrier for just now (an order's act), and nobody
    else does anything until `ordered_until`. `version` counts every change.
    """

    customer_id: str
    interaction_id: str
    case_id: str
    started_at: datetime
    legs: tuple[Leg, ...] = ()
    spot: Spot = Spot.MENU
    held: bool = False
    paused: bool = False
    ending: bool = False
    listeners: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()
    recording: RecordingState = RecordingState.OFF
    recording_sid: str = ""
    announced: bool = False
    outbound: bool = False
    own_side: str = ""
    language: str = ""
    version: int = 1
    stored: bool = False
    number: str = ""
    ordered: str = ""
    ordered_until: datetime | None = None

    @property
    def customer(self) -> Leg | None:
        """The customer's leg that goes on; None before we dialled them, and when they have hung up."""
        return next((leg for leg in self.legs if leg.role is LegRole.CUSTOMER and not leg.over), None)

    def leg(self, id: str) -> Leg | None:
        return next((leg for leg in self.legs if leg.id == id), None)

    def staff(self) -> tuple[Leg, ...]:
        """Legs of others than the customer that go on."""
        return tuple(leg for leg in self.legs if leg.role is not LegRole.CUSTOMER and not leg.over)


@dataclass(frozen=True, slots=True)
class CallOf:
    """Where the call lies that the carrier calls `sid`: of this customer (member), in this interaction. Both
    are "" where its caller hung up before we knew of the call; `seconds` is how long it was then.
    """

    channel: str
    sid: str
    expires_at: datetime
    customer_id: str = ""
    interaction_id: str = ""
    seconds: int = 0

    @property
    def began(self) -> bool:
        return bool(self.interaction_id)


def with_leg(call: Call, leg: Leg) -> Call:
    """The call with this leg in the place of its former self, or added."""
    others = tuple(one for one in call.legs if one.id != leg.id)
    return replace(call, legs=(*others, leg))
