"""The seats of a bench, an attribute each: an agent comes and goes by one update that reads no other seat.

A bench of 16 has to stay under 1 KB, the unit that each of its updates is billed by. So the attribute's name
is the agent (a login's UUID in 22 characters), and its value the moment, the member and the channels:
8 characters, 8 or none, and names between semicolons.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shared.adapters.packing import EPOCH, MILLISECOND
from shared.domain.routing.seats import Bench, Seat

PLAIN, BY_UUID = "@", "~"  # how the name of a seat's attribute begins


def attributes(bench: Bench) -> dict[str, dict[str, str]]:
    """The bench's seats as they are stored."""
    return {name_of(seat.agent_id): {"S": packed(seat)} for seat in bench.seats}


def seats(image: Mapping[str, Any]) -> tuple[Seat, ...]:
    """The seats in a stored bench, longest available first."""
    pool, n = image["pool"]["S"], int(image["n"]["N"])
    named = ((name, told["S"]) for name, told in image.items() if name[0] in (PLAIN, BY_UUID))
    return in_order(_seat(pool, n, name, text) for name, text in named)


def in_order(seated: Any) -> tuple[Seat, ...]:
    return tuple(sorted(seated, key=lambda seat: (seat.since, seat.agent_id)))


def name_of(agent_id: str) -> str:
    """The attribute that an agent's seat lies in."""
    try:
        known = UUID(agent_id)
    except ValueError:
        return PLAIN + agent_id
    return BY_UUID + _text(known.bytes) if str(known) == agent_id else PLAIN + agent_id


def packed(seat: Seat) -> str:
    since = ((seat.since - EPOCH) // MILLISECOND).to_bytes(6)
    own = f";{','.join(seat.own)}" if seat.own else ""
    return f"{_text(since)}{_text(bytes.fromhex(seat.member))};{','.join(seat.channels)}{own}"


def _seat(pool: str, n: int, name: str, text: str) -> Seat:
    who, channels, *own = text.split(";")
    since = EPOCH + int.from_bytes(_bytes(who[:8])) * MILLISECOND
    agent_id = name[1:] if name[0] == PLAIN else str(UUID(bytes=_bytes(name[1:])))
    return Seat(pool, n, agent_id, since, _bytes(who[8:]).hex(), _names(channels), _names(*own))


def _names(text: str = "") -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def _text(some: bytes) -> str:
    return urlsafe_b64encode(some).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
