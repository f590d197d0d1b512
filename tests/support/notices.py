"""What AWS says, as a queue brings it to a door."""

import json
from typing import Any

from tests.support.sqs import batch, record


def envelope(message: str, topic: str, queue: str, id: str = "e1") -> dict[str, Any]:
    """A topic's message: docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html"""
    told = {
        "Type": "Notification",
        "MessageId": "00000000-0000-4000-8000-000000000001",
        "TopicArn": topic,
        "Subject": "Amazon SES notification",
        "Message": message,
        "Timestamp": "2026-01-05T09:00:00.000Z",
        "SignatureVersion": "1",
    }
    return batch(record(id, json.dumps(told)) | {"eventSourceARN": queue})
