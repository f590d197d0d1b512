"""Recordings: of what a caller leaves, and of whole calls in one or two channels.

https://www.twilio.com/docs/voice/api/recording
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from infra.local.providers.voice.call import API_VERSION, Call, new_sid, rfc2822
from infra.local.providers.voice.pieces import Piece
from infra.local.providers.voice.wave_file import RATE

CALLER, OTHERS = 0, 1
LIVE = frozenset({"in-progress", "paused"})


@dataclass(frozen=True, slots=True)
class Wish:
    """`events` are those that `callback` is told of."""

    source: str
    callback: str = ""
    events: frozenset[str] = frozenset({"completed"})
    channels: int = 1
    transcribe: str = ""


@dataclass(eq=False)
class Recording:
    """`tracks` hold real sound; `pieces` (channel, what) are made into sound when somebody listens."""

    call: Call
    wish: Wish
    sid: str = field(default_factory=lambda: new_sid("RE"))
    status: str = "in-progress"
    skips: bool = False
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    tracks: tuple[bytearray, bytearray] = field(default_factory=lambda: (bytearray(), bytearray()))
    voiced: bool = False
    pieces: list[tuple[int, Piece]] = field(default_factory=list)

    @property
    def spoken(self) -> bool:
        """Whether the caller is in it."""
        return self.voiced or any(channel == CALLER for channel, _ in self.pieces)

    @property
    def seconds(self) -> int:
        real = max(map(len, self.tracks)) / 2 / RATE
        made = sum(piece.seconds for _, piece in self.pieces)
        return max(1, math.ceil(max(real, made)))

    @property
    def words(self) -> str:
        return " ".join(piece.text for channel, piece in self.pieces if channel == CALLER and piece.text)

    def fields(self, account: str, url: str) -> dict[str, str]:
        """What a callback says."""
        error = {"ErrorCode": "16102"} if self.status == "absent" else {}
        return {
            "AccountSid": account,
            "CallSid": self.call.sid,
            "RecordingChannels": str(self.wish.channels),
            "RecordingDuration": str(0 if self.status == "absent" else self.seconds),
            "RecordingSid": self.sid,
            "RecordingSource": self.wish.source,
            "RecordingStartTime": rfc2822(self.at),
            "RecordingStatus": self.status,
            "RecordingTrack": "both",
            "RecordingUrl": url,
        } | error

    def resource(self, account: str) -> dict[str, Any]:
        """Twilio's Recording resource."""
        done = self.status == "completed"
        return {
            "account_sid": account,
            "api_version": API_VERSION,
            "call_sid": self.call.sid,
            "channels": self.wish.channels,
            "conference_sid": None,
            "date_created": rfc2822(self.at),
            "date_updated": rfc2822(datetime.now(UTC)),
            "duration": str(self.seconds) if done else "-1",
            "error_code": 16102 if self.status == "absent" else None,
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "source": self.wish.source,
            "start_time": rfc2822(self.at),
            "status": self.status,
            "track": "both",
            "uri": f"/{API_VERSION}/Accounts/{account}/Recordings/{self.sid}.json",
        }

    def shown(self) -> dict[str, Any]:
        shown = {"sid": self.sid, "call_sid": self.call.sid, "state": self.status, "seconds": self.seconds}
        return shown | {"path": f"/recordings/{self.sid}.wav"}


class Recordings:
    """`told` is called with each change of state; `absent` says of which call nothing is kept."""

    def __init__(self, told: Callable[[Recording], None], absent: Callable[[Call], bool]) -> None:
        self._told, self._absent = told, absent
        self._kept: dict[str, Recording] = {}
        self._live: list[Recording] = []

    def __iter__(self) -> Iterator[Recording]:
        return iter(list(self._kept.values()))

    def get(self, sid: str) -> Recording | None:
        return self._kept.get(sid)

    def live(self, call: Call) -> list[Recording]:
        self._live = [one for one in self._live if one.status in LIVE]
        return [one for one in self._live if one.call is call]

    def begin(self, call: Call, wish: Wish) -> Recording:
        made = Recording(call, wish)
        self._kept[made.sid] = made
        self._live.append(made)
        self._told(made)
        return made

    def finish(self, one: Recording) -> None:
        if one.status in LIVE:
            empty = self._absent(one.call) or (one.wish.source == "RecordVerb" and not one.spoken)
            one.status = "absent" if empty else "completed"
            self._told(one)

    def finish_all(self, call: Call) -> None:
        for one in self.live(call):
            self.finish(one)

    def remove(self, one: Recording) -> None:
        one.status = "deleted"
        del self._kept[one.sid]

    def spoke(self, call: Call, piece: Piece) -> None:
        self._add(call, CALLER, piece)

    def heard(self, call: Call, piece: Piece) -> None:
        self._add(call, OTHERS, piece)

    def sound(self, call: Call, channel: int, samples: bytes, loud: bool) -> None:
        """Real sound; in a pause that does not skip, silence in its place."""
        for one in self.live(call):
            one.voiced |= loud and channel == CALLER
            if one.status == "in-progress":
                one.tracks[channel].extend(samples)
            elif not one.skips:
                one.tracks[channel].extend(bytes(len(samples)))

    def _add(self, call: Call, channel: int, piece: Piece) -> None:
        for one in self.live(call):
            if one.status == "in-progress" and (channel == CALLER or one.wish.source != "RecordVerb"):
                one.pieces.append((channel, piece))
