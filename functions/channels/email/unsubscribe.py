"""One click that ends a list's mails: https://www.rfc-editor.org/rfc/rfc8058

Mail servers fetch every link to look at it, so a GET only asks. A POST ends it, whatever its body: the
program that sends it has no cookies, follows no redirect, and some leave the body out.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from shared.domain.address.address import Address
from shared.domain.ids import short

TOKEN = re.compile(r"([A-Z0-9]{1,40})\.([A-Z0-9]{8})\.([\w-]{27})", re.ASCII)
PATH = "/public/unsubscribe/"
SIGNED = 27  # characters of base64: 160 bits


class Act(Enum):
    """What a request at the address does: end the mails, show the page that asks, or nothing at all."""

    END = "end"
    ASK = "ask"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whose mails end: `address` is the short hash of an address of theirs. The link shows neither."""

    customer_id: str
    address: str


def headers(url: str, token: str) -> Mapping[str, str]:
    """For a mail that a program began; `url` is where customers reach us. Never beside SES's own lists."""
    link = f"<{url.rstrip('/')}{PATH}{token}>"
    return {"List-Unsubscribe": link, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def token(customer_id: str, address: Address, key: str) -> str:
    named = f"{customer_id}.{short(str(address))}"
    return f"{named}.{_signature(named, key)}"


def recipient(token: str, keys: Iterable[str]) -> Recipient | None:
    """Whom a token names that we signed with one of these keys; None for any other."""
    found = TOKEN.fullmatch(token)
    named = f"{found[1]}.{found[2]}" if found else ""
    if not found or not any(hmac.compare_digest(_signature(named, key), found[3]) for key in keys):
        return None
    return Recipient(found[1], found[2])


def act(method: str, known: Recipient | None) -> Act:
    if not known:
        return Act.NOTHING
    return {"POST": Act.END, "GET": Act.ASK, "HEAD": Act.ASK}.get(method.upper(), Act.NOTHING)


def _signature(named: str, key: str) -> str:
    made = hmac.digest(key.encode(), f"patchbay unsubscribe v1 {named}".encode(), sha256)
    return urlsafe_b64encode(made).decode()[:SIGNED]
