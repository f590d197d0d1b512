"""The token with which an agent's browser is a telephone at the carrier.

https://www.twilio.com/docs/iam/access-tokens
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from shared.domain.address.rung import client_name

LIFE = timedelta(hours=1)
HEADER = {"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"}
NAMED = ("account_sid", "api_key_sid", "api_key_secret")


def has_key(secret: Mapping[str, str]) -> bool:
    """Whether the secret of the channel holds an API key, without which no token can be made."""
    return all(secret.get(name) for name in NAMED)


def phone_token(secret: Mapping[str, str], agent_id: str, now: datetime) -> str:
    """A JWT by which this agent alone is rung for an hour. They place no calls by it, unless the secret names
    the account's application for that (`twiml_app_sid`).
    """
    begins = int(now.timestamp())
    key = secret["api_key_sid"]
    claims = {
        "jti": f"{key}-{begins}",
        "iss": key,
        "sub": secret["account_sid"],
        "iat": begins,
        "nbf": begins,
        "exp": begins + int(LIFE.total_seconds()),
        "grants": {"identity": client_name(agent_id), "voice": _grant(secret.get("twiml_app_sid", ""))},
    }
    told = f"{_packed(HEADER)}.{_packed(claims)}"
    proof = hmac.new(secret["api_key_secret"].encode(), told.encode(), sha256).digest()
    return f"{told}.{_text(proof)}"


def _grant(application: str) -> dict[str, object]:
    outgoing = {"outgoing": {"application_sid": application}} if application else {}
    return {"incoming": {"allow": True}, **outgoing}


def _packed(told: Mapping[str, object]) -> str:
    return _text(json.dumps(told, separators=(",", ":")).encode())


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
