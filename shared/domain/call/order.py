"""What the operator asks the carrier for, one at a time."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.customer.call import Leg


class Act(StrEnum):
    """DIAL rings somebody. ROOM, QUEUE, HOLD and GOODBYE put the customer there; ROOM with a leg lets that
    supervisor be heard as they wish now. HANG_UP ends a leg. RECORD, PAUSE, RESUME and DELETE are about the
    recording. FORGET asks nobody: a leg that is over leaves the call.
    """

    DIAL = "dial"
    ROOM = "room"
    QUEUE = "queue"
    HOLD = "hold"
    GOODBYE = "goodbye"
    HANG_UP = "hang_up"
    RECORD = "record"
    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Order:
    """`leg` is the one it is about; of DIAL the one to be made."""

    act: Act
    leg: Leg | None = None
