"""The door for Voice: POST /webhooks/voice."""

from typing import Any

from functions.channels.voice import inbound
from shared.edge import webhook
from shared.edge.early import early
from shared.edge.self_check import answers_self_check


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return webhook.receive("voice", inbound, event)


early("inbox", "secrets")
