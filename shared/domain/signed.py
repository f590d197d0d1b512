"""Values that travel through other hands as a signed text: `<version>.<value>.<HMAC-SHA256 of it>`.

Whoever has such a text can read it, and nobody without the key can make one.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

LONGEST = 2000


def signed(version: str, about: str, parts: Sequence[object], key: str) -> str:
    """`about` says what is signed, so that no text of one kind passes for another. Raises ValueError for an
    empty key: anybody could sign with that.
    """
    body = _encoded(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())
    return f"{version}.{body}.{_proof(body, about, key)}"


def opened(token: str, version: str, about: str, key: str) -> list[Any] | None:
    """The parts of a text made with this key; None for anything else."""
    told, _, rest = token.partition(".")
    body, _, proof = rest.partition(".")
    if told != version or len(token) > LONGEST:
        return None
    if not hmac.compare_digest(_proof(body, about, key).encode(), proof.encode("utf-8", "surrogatepass")):
        return None
    return _parts(body)


def unproven(token: str, version: str) -> list[Any] | None:
    """The parts of a text that was opened before; None for what is none. Raises ValueError for what nobody
    could have signed.
    """
    told, _, rest = token.partition(".")
    return _parts(rest.partition(".")[0]) if told == version else None


def _parts(body: str) -> list[Any]:
    parts: list[Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return parts


def _encoded(body: bytes) -> str:
    return urlsafe_b64encode(body).decode().rstrip("=")


def _proof(body: str, about: str, key: str) -> str:
    if not key:
        raise ValueError("a signed text takes a key")
    mac = hmac.new(key.encode(), f"{about} {body}".encode("utf-8", "surrogatepass"), sha256)
    return _encoded(mac.digest())
