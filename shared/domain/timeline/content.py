"""What a message holds."""

from dataclasses import dataclass
from enum import StrEnum


class PartState(StrEnum):
    """WAITING: known by reference alone. STORED: it lies under its key. REFUSED, GONE: it will never come."""

    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came or goes with a message. `type` is its MIME type, `size` its bytes (0: unknown)."""

    name: str = ""
    type: str = ""
    size: int = 0
    state: PartState = PartState.WAITING
    key: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """`text` is the whole text, or the beginning of a body that lies in the bucket at `body_key`; `quoted` is
    what the writer repeated of earlier messages.
    """

    text: str = ""
    parts: tuple[Part, ...] = ()
    subject: str = ""
    body_key: str = ""
    quoted: str = ""


NO_CONTENT = Content()
