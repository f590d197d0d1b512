"""ULIDs and the short numbers people read. Time and chance are arguments."""

from datetime import datetime
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(at: datetime, randomness: bytes) -> str:
    """A ULID: 48 bits of milliseconds and 80 random bits, 26 characters, sortable by time.

    Source: github.com/ulid/spec. `randomness` must be 10 bytes.
    """
    if len(randomness) != 10:
        raise ValueError("a ULID takes 10 random bytes")
    number = int(at.timestamp() * 1000) << 80 | int.from_bytes(randomness, "big")
    return _base32(number, 26)


def case_number(case_id: str) -> str:
    """The 6 characters by which people call a case: its id hashed, so that neighbours differ."""
    return _base32(int.from_bytes(sha256(case_id.encode()).digest()[:4], "big") >> 2, 6)


def digest(*parts: str) -> str:
    """A stable name without the parts in it: message groups, deduplication ids, derived ids."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:40]


def short(*parts: str) -> str:
    """As digest, in 8 characters (40 bits): for names that are compared within an hour's others."""
    return _base32(int(digest(*parts)[:10], 16), 8)


def _base32(number: int, length: int) -> str:
    characters = []
    for _ in range(length):
        number, rest = divmod(number, 32)
        characters.append(ALPHABET[rest])
    return "".join(reversed(characters))
