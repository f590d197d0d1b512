"""A request that comes twice is done once: its maker's key is remembered, with what it was used for."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.errors import Malformed, Refused
from shared.domain.ids import digest
from shared.domain.timeline.entry import Entry

KEY = re.compile(r"[0-9A-Za-z_-]{8,64}", re.ASCII)
REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RequestKey:
    """A client-made key that was used: the same request again gives the same entry.

    `request` is a digest of all that was asked for; "" where nothing but the key tells two requests apart.
    """

    actor: str
    key: str
    customer_id: str
    seq: int
    expires_at: datetime
    request: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks for under a key of their own."""

    actor: str
    key: str
    request: str

    def remembered(self, entry: Entry) -> RequestKey:
        """The key, used for this entry. It is kept for a day."""
        return RequestKey(
            self.actor, self.key, entry.timeline, entry.seq, entry.at + REMEMBERED, self.request
        )

    def confirm(self, used: RequestKey) -> None:
        """Refused `key_reused` (409) where the key was used for another request."""
        if used.request not in ("", self.request):
            raise Refused("key_reused", status=409)


def must_be_key(key: str) -> None:
    """Raises Malformed."""
    if not KEY.fullmatch(key):
        raise Malformed("a key has 8 to 64 letters, digits and dashes")


def asking(agent_id: str, key: str, *words: str) -> Asking:
    """`words` are all that the request asks for. Raises Malformed for what is no key."""
    must_be_key(key)
    return Asking(f"agent:{agent_id}", key, digest(*words))
