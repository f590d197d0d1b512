"""What a message holds."""

from dataclasses import dataclass, replace
from enum import StrEnum


class PartState(StrEnum):
    """WAITING: known by reference alone. STORED: it lies under its key. REFUSED: we did not take it.
    GONE: the provider has it no more. All but WAITING are final.
    """

    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came or goes with a message. `type` is its MIME type, `size` its bytes (0: unknown).

    `reason` is a stable word where it was refused. `source` is where a waiting file is: an address at the
    provider, or the place of an upload. `sha256` is the sum the provider declared, in hex. `link` is the
    secret end of the address under which the customer gets a file that goes out as a link. `cid` is how the
    HTML body of the message names a picture that came with it.
    """

    name: str = ""
    type: str = ""
    size: int = 0
    state: PartState = PartState.WAITING
    key: str = ""
    reason: str = ""
    source: str = ""
    sha256: str = ""
    link: str = ""
    cid: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """`text` is the whole text, or the beginning of a body that lies in the bucket at `body_key`; `quoted` is
    what the writer repeated of earlier messages. `problems` are stable words for what could not be read.
    """

    text: str = ""
    parts: tuple[Part, ...] = ()
    subject: str = ""
    body_key: str = ""
    quoted: str = ""
    problems: tuple[str, ...] = ()

    @property
    def html_key(self) -> str:
        """Where its HTML lies, made safe; "" where it has none, or is too odd to be shown."""
        return self.body_key if self.body_key.endswith(".html") else ""


NO_CONTENT = Content()


def waiting(content: Content) -> tuple[int, ...]:
    """The numbers of the parts that are still to be fetched."""
    return tuple(n for n, part in enumerate(content.parts) if part.state is PartState.WAITING)


def with_part(content: Content, n: int, part: Part) -> Content:
    """The content with this part in the place of its n-th."""
    return replace(content, parts=(*content.parts[:n], part, *content.parts[n + 1 :]))
