"""What comes to a channel's door, and what the door answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.ids import digest

LONGEST_NAME = 256  # characters


@dataclass(frozen=True, slots=True)
class Request:
    """What came to a door, before any trust: header names in lower case, `body` as raw bytes."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    id: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What AWS brought: `source` is the topic or the bucket it comes from, `body` what was written there;
    `key` names an object of the bucket that belongs to it ("" for none), and `file` is that object.
    `secrets` are the versions of the channel's secret that something in it may be signed with, each fetched
    when it is asked for.
    """

    source: str
    body: str
    key: str = ""
    file: bytes = b""
    secrets: Iterable[Mapping[str, str]] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class HttpReply:
    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Piece:
    """One provider event cut out of a request: `event_id` is the provider's name for it, `sender` the
    address as written (events of one sender stay in order), `payload` its words, masked. `sent_at` is when
    it was sent, for one that never came by itself and was found in the provider's list.
    """

    event_id: str
    sender: str
    payload: str
    sent_at: datetime | None = None

    @property
    def name(self) -> str:
        """The event's id as our receipts have it: a longer one could be no key."""
        return self.event_id if len(self.event_id) <= LONGEST_NAME else digest(self.event_id)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that the door puts into our bucket before it enqueues what names it; twice is harmless."""

    key: str
    body: bytes = field(repr=False)
    type: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A proven request in pieces: what customers did, and what became of our own messages."""

    events: tuple[Piece, ...] = ()
    states: tuple[Piece, ...] = ()
    files: tuple[Kept, ...] = ()
