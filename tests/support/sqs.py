"""SQS batches as Lambda hands them over."""

from typing import Any

FIFO = "arn:aws:sqs:ap-northeast-2:000000000000:inbound.fifo"
STANDARD = "arn:aws:sqs:ap-northeast-2:000000000000:delivery"


def record(id: str, body: str = "{}", group: str = "", receives: int = 1) -> dict[str, Any]:
    attributes = {"ApproximateReceiveCount": str(receives), "SentTimestamp": "1767603600000"}
    if group:
        attributes["MessageGroupId"] = group
    return {
        "messageId": id,
        "receiptHandle": f"receipt-{id}",
        "body": body,
        "attributes": attributes,
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": FIFO if group else STANDARD,
        "awsRegion": "ap-northeast-2",
    }


def batch(*records: dict[str, Any]) -> dict[str, Any]:
    return {"Records": list(records)}


def failures(answer: dict[str, Any]) -> list[str]:
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
