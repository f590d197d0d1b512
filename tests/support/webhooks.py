"""Provider requests as they reach a door, signed like the real ones."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from shared.domain.channel.commands import Raw
from shared.domain.channel.request import Request
from shared.providers import twilio

EVENTS = Path(__file__).parents[2] / "events"
NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
PUBLIC_URL = "https://hooks.example.test"
TOKEN = "t0psecret-token"
ACCOUNT = "AC00000000000000000000000000000001"
SECRET = {"account_sid": ACCOUNT, "auth_token": TOKEN, "from_number": "+15005550006"}
FORM = "application/x-www-form-urlencoded"

Fields = dict[str, str] | Sequence[tuple[str, str]]


def lambda_event(name: str) -> dict[str, Any]:
    """A Lambda event from events/, say sms_webhook/message."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return event


def payload(name: str) -> str:
    """A provider's payload from events/, say sms/hello.txt; line ends as they are in the file."""
    return (EVENTS / name).read_bytes().decode()


def raw(channel: str, payload: str, event_id: str = "E1") -> Raw:
    return Raw(channel, event_id, "acceptance.e0", NOON, payload)


def request(
    body: Fields | bytes | str, path: str = "/webhooks/sms", query: str = "", **headers: str
) -> Request:
    """A form posted to the SMS door, signed unless a signature is given (`x_twilio_signature`)."""
    if not isinstance(body, (bytes, str)):
        body = urlencode(body)
    body = body.encode() if isinstance(body, str) else body
    told = {"content-type": FORM} | {name.replace("_", "-"): value for name, value in headers.items()}
    bare = Request("POST", path, query, told, body, "request-1")
    if "x-twilio-signature" not in told:
        told["x-twilio-signature"] = sign(bare)
    return bare


def sign(request: Request, token: str = TOKEN) -> str:
    return twilio.signature(token.encode(), next(twilio.signed_strings(request, PUBLIC_URL))).decode()


def event_of(request: Request) -> dict[str, Any]:
    """The HTTP API event (payload 2.0) of a request."""
    return {
        "version": "2.0",
        "rawPath": request.path,
        "rawQueryString": request.query,
        "headers": dict(request.headers),
        "requestContext": {"http": {"method": request.method, "path": request.path}, "requestId": request.id},
        "body": request.body.decode("utf-8", "surrogateescape"),
        "isBase64Encoded": False,
    }
