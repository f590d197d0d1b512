"""An authenticator app: the six digits of this half minute (RFC 6238)."""

import hmac
import time
from base64 import b32decode

STEP = 30


def code_of(secret: str) -> str:
    key = b32decode(secret.upper() + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, int(time.time() // STEP).to_bytes(8), "sha1")
    at = mac[-1] & 15
    return f"{(int.from_bytes(mac[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"
