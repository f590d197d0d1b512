"""The door for SMS: messages at /webhooks/sms, what became of ours at /webhooks/sms/status."""

from typing import Any

from functions.channels.sms import inbound
from shared.edge import webhook
from shared.edge.early import early
from shared.edge.self_check import answers_self_check


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return webhook.receive("sms", inbound, event)


early("inbox", "secrets")
