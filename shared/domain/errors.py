"""The few errors of the house, each with one consequence at the edge."""

from collections.abc import Mapping

NONE: Mapping[str, str] = {}


class PatchbayError(Exception):
    """Base of all errors that carry a sentence for the person who can mend the cause."""


class Untrusted(PatchbayError):
    """The proof of origin failed: 401 at a provider's door, 403 at a socket; nothing is stored."""


class Malformed(PatchbayError):
    """The sender broke the contract: 400, and trying again cannot help."""


class Rejected(PatchbayError):
    """Authentic but hopeless: written down as rejected with this reason, never tried again."""


class Refused(PatchbayError):
    """A staff request that cannot be done. `code` names it for programs, `status` is the HTTP status.
    `told` fills the places of its sentence; a value is a text, or one for each language.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        status: int = 400,
        told: Mapping[str, str | Mapping[str, str]] = NONE,
    ) -> None:
        super().__init__(message or code)
        self.code, self.status, self.told = code, status, told

    def said(self, language: str) -> dict[str, str]:
        """What fills the places, in this language."""
        return {
            name: value if isinstance(value, str) else value.get(language, "")
            for name, value in self.told.items()
        }


class TryAgain(PatchbayError):
    """A service failed; the queue delivers the record again after its back-off."""


class ChannelOff(PatchbayError):
    """The channel is switched off, so nobody sends for it: its messages are written down as failed."""


class Conflict(PatchbayError):
    """A condition of a transaction did not hold, so nothing of it was written.

    `failed` holds the positions of the writes whose own condition failed; it is empty when
    another transaction held one of the items. What a position means is the caller's business.
    """

    def __init__(self, failed: tuple[int, ...] = ()) -> None:
        super().__init__(f"conditions failed at {failed}" if failed else "another transaction was faster")
        self.failed = failed
