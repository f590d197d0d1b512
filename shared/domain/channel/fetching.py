"""A file to be fetched and what became of it; and a place where a browser may put one."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.channel.carriage import Basic, Bearer
from shared.domain.traits import LONGEST_FILE


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address that nobody has checked. `hosts` get the credentials, and no other; `own` are hosts that
    need not be public; more than `longest` bytes are not taken, and more than `seconds` are not spent.
    """

    url: str
    auth: Basic | Bearer | None = None
    hosts: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    longest: int = LONGEST_FILE
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Fetched:
    body: bytes


@dataclass(frozen=True, slots=True)
class Unfetchable:
    """It will not be fetched, however often we try; the reason is a stable word."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """The provider does not have it: deleted, or where not `for_good` perhaps not there yet."""

    for_good: bool


@dataclass(frozen=True, slots=True)
class NotFetched:
    """This time; the next time it may be."""

    reason: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A form that a browser fills with one file and posts there: `fields` come before the file."""

    url: str
    fields: Mapping[str, str]
