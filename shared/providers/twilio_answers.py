"""What Twilio answers to a request of ours, the same for messages and for calls."""

import json
from typing import Any

from shared.domain.channel.carriage import Failed, Later, NoAnswer, Sent
from shared.providers.twilio import refusal


def interpret(status: int, body: bytes) -> Sent | Failed | Later | NoAnswer:
    """What Twilio's answer to a request means: taken, under this sid, or not."""
    told = document(body)
    if 200 <= status < 300:
        return Sent(str(told.get("sid") or ""))
    return refusal(status, str(told.get("code") or ""))


def document(body: bytes) -> dict[str, Any]:
    """Its answer as JSON; empty for what is none."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
