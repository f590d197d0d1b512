"""One leg: what it heard, what it waits for, and how Twilio describes it."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from infra.local.providers.voice.hearing import Hearing
from infra.local.providers.voice.pace import Pace

if TYPE_CHECKING:
    from infra.local.providers.voice.phones import Phone
    from infra.local.providers.voice.rooms import Room

API_VERSION = "2010-04-01"
COUNTRIES = {"+82": "KR", "+15": "US"}
LAST = frozenset({"completed", "busy", "no-answer", "canceled", "failed"})


@dataclass(frozen=True, slots=True)
class Key:
    digit: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass
class Call:
    """One leg. `waits_for` says what the line listens to now: keys, speech, "keys speech", word, or nothing.
    `keys_ahead` are pressed one group at each question (an empty group presses nothing), `words_ahead` are
    spoken where only speech is understood.
    """

    n: int
    sid: str
    sender: str
    to: str
    direction: str
    phone: "Phone"
    parent: str = ""
    pace: Pace = field(default_factory=Pace)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    status: str = "queued"
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    heard: Hearing = field(default_factory=Hearing)
    input: asyncio.Queue[Key | Words] = field(default_factory=asyncio.Queue)
    picked_up: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    refused: str = ""
    keys_ahead: list[str] = field(default_factory=list)
    words_ahead: list[str] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    waits_for: str = ""
    queue: str = ""
    room: "Room | None" = None

    @property
    def ended(self) -> bool:
        return self.status in LAST

    @property
    def number(self) -> str:
        """The number, or address, of the telephone at this end."""
        return self.sender if self.direction == "inbound" else self.to

    @property
    def rings(self) -> bool:
        """Whether somebody has to pick up."""
        return self.status in ("queued", "initiated", "ringing") and self.direction != "inbound"

    @property
    def seconds(self) -> int:
        if self.answered_at is None:
            return 0
        return max(1, round(((self.ended_at or datetime.now(UTC)) - self.answered_at).total_seconds()))

    def answer(self) -> None:
        self.status, self.answered_at = "in-progress", datetime.now(UTC)
        self.phone.answered()

    def end(self, status: str) -> None:
        self.status, self.ended_at, self.waits_for = status, datetime.now(UTC), ""
        self.over.set()

    def refuse(self, status: str) -> None:
        """Nobody picks up: busy, no-answer, failed or canceled."""
        self.refused = self.refused or status
        self.picked_up.set()

    def between(self) -> tuple[str, ...]:
        return self.sender, self.to

    def fields(self, account: str) -> dict[str, str]:
        """What every request about a call says."""
        told = {
            "AccountSid": account,
            "ApiVersion": API_VERSION,
            "CallSid": self.sid,
            "CallStatus": self.status,
            "Called": self.to,
            "Caller": self.sender,
            "Direction": self.direction,
            "From": self.sender,
            "To": self.to,
        }
        return told | _geography(self) | ({"ParentCallSid": self.parent} if self.parent else {})

    def shown(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "call_sid": self.sid,
            "from": self.sender,
            "to": self.to,
            "direction": self.direction,
            "state": self.status,
            "rings": self.rings,
            "waits_for": self.waits_for,
            "queue": self.queue,
            "room": self.room.name if self.room else "",
            "errors": list(self.errors),
            "heard": [one.shown() for one in self.heard.items],
        }

    def resource(self, account: str) -> dict[str, Any]:
        """Twilio's Call resource."""
        return {
            "account_sid": account,
            "answered_by": None,
            "api_version": API_VERSION,
            "caller_name": None,
            "date_created": rfc2822(self.at),
            "date_updated": rfc2822(self.ended_at or self.answered_at or self.at),
            "direction": self.direction,
            "duration": str(self.seconds) if self.ended else None,
            "end_time": rfc2822(self.ended_at) if self.ended_at else None,
            "forwarded_from": None,
            "from": self.sender,
            "from_formatted": self.sender,
            "parent_call_sid": self.parent or None,
            "phone_number_sid": None,
            "price": None,
            "price_unit": "USD",
            "queue_time": "0",
            "sid": self.sid,
            "start_time": rfc2822(self.at),
            "status": self.status,
            "to": self.to,
            "to_formatted": self.to,
            "uri": f"/{API_VERSION}/Accounts/{account}/Calls/{self.sid}.json",
        }


def _geography(call: Call) -> dict[str, str]:
    """Mostly blank, and signed all the same."""
    ends = {"Caller": call.sender, "Called": call.to, "From": call.sender, "To": call.to}
    blank = {f"{end}{part}": "" for end in ends for part in ("City", "State", "Zip")}
    return blank | {f"{end}Country": COUNTRIES.get(number[:3], "") for end, number in ends.items()}


def rfc2822(at: datetime) -> str:
    return format_datetime(at, usegmt=True).replace("GMT", "+0000")


def new_sid(prefix: str) -> str:
    return f"{prefix}{secrets.token_hex(16)}"
