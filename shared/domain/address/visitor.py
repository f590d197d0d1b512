"""The visitor of a chat: an id that a browser keeps, signed so that nobody can take another's.

A token is `v1.<id>.<HMAC-SHA256 of both>`. It says "the same browser as before" and nothing more.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from hashlib import sha256

from shared.domain.address.address import Address

KIND = "visitor"
TOKEN = re.compile(r"v1\.([0-9A-Za-z]{10,40})\.([0-9A-Za-z_-]{43})")


def visitor_address(visitor: str) -> Address:
    return Address(KIND, visitor)


def sign(visitor: str, key: str) -> str:
    """The token of a visitor. Raises ValueError for an empty key: anybody could sign with that."""
    return f"v1.{visitor}.{_proof(visitor, key)}"


def visitor_of(token: str, key: str) -> str:
    """The visitor in a token made with this key, else "". Takes the same time whatever is wrong with it."""
    found = TOKEN.fullmatch(token)
    if found is None:
        return ""
    visitor, proof = found.groups()
    return visitor if hmac.compare_digest(_proof(visitor, key).encode(), proof.encode()) else ""


def _proof(visitor: str, key: str) -> str:
    if not key:
        raise ValueError("a visitor's token takes a key")
    mac = hmac.new(key.encode(), f"patchbay visitor v1 {visitor}".encode(), sha256)
    return urlsafe_b64encode(mac.digest()).decode().rstrip("=")
