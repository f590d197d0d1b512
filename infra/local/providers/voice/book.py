"""The book of calls: every leg that was ever on the line."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from infra.local.providers.voice.call import Call, new_sid

if TYPE_CHECKING:
    from infra.local.providers.voice.phones import Phone


class Book:
    def __init__(self) -> None:
        self._calls: dict[str, Call] = {}

    def add(self, phone: "Phone", sender: str, to: str, direction: str, **more: Any) -> Call:
        sid = more.pop("sid", "") or new_sid("CA")
        call = Call(len(self._calls) + 1, sid, sender, to, direction, phone, **more)
        self._calls[sid] = call
        return call

    def get(self, sid: str) -> Call | None:
        return self._calls.get(sid)

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls.values()))

    def asked_for(self, query: Mapping[str, str]) -> list[Call]:
        """Newest first, those that fit."""
        return [call for call in reversed(list(self)) if _fits(call, query) and _then(call, query)]


def _fits(call: Call, query: Mapping[str, str]) -> bool:
    has = {"To": call.to, "From": call.sender, "Status": call.status}
    return all(query.get(name, value) == value for name, value in has.items())


def _then(call: Call, query: Mapping[str, str]) -> bool:
    """Twilio writes StartTime>=2026-03-01: the name of the parameter ends with the sign."""
    since, until = query.get("StartTime>", ""), query.get("StartTime<", "")
    return (not since or call.at >= _moment(since)) and (not until or call.at <= _moment(until))


def _moment(told: str) -> datetime:
    at = datetime.fromisoformat(told.replace("Z", "+00:00"))
    return at if at.tzinfo else at.replace(tzinfo=UTC)
