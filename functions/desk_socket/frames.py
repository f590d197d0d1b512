"""What a desk may say on its socket."""

from dataclasses import dataclass
from typing import Any

from shared.adapters import codec
from shared.domain.errors import Malformed
from shared.edge import asked


@dataclass(frozen=True, slots=True)
class Watching:
    """watch and unwatch."""

    customer_id: str


@dataclass(frozen=True, slots=True)
class Beat:
    """heartbeat: nothing but the word."""


@dataclass(frozen=True, slots=True)
class Typing:
    """The agent writes to the customer of this case."""

    customer_id: str
    case_id: str


@dataclass(frozen=True, slots=True)
class Replying:
    """As the HTTP route's body, with the case in it."""

    key: str
    case_id: str
    customer_id: str
    channel: str
    text: str
    address: str | None = None
    version: int = 0


Said = Watching | Beat | Typing | Replying
KINDS: dict[str, type] = {
    "watch": Watching,
    "unwatch": Watching,
    "heartbeat": Beat,
    "typing": Typing,
    "reply": Replying,
}


def read(text: str) -> tuple[str, Said]:
    """The action and what it is about. Raises Malformed."""
    frame = codec.decode(text, dict[str, Any])
    action = frame.get("action")
    if not isinstance(action, str) or action not in KINDS:
        raise Malformed("no such action")
    asked.ids({name: str(frame[name]) for name in ("customer_id", "case_id") if name in frame})
    return action, codec.convert(frame, KINDS[action])


def key_in(text: str) -> str:
    """The key of a frame that could not be read, so that the page knows which one it was."""
    try:
        key = codec.decode(text, dict[str, Any]).get("key")
    except Malformed:
        return ""
    return key if isinstance(key, str) else ""
