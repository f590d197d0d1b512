"""Answers of AWS without AWS: in process by a `before-send` hook, or over loopback (see loopback.py)."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from botocore.awsrequest import AWSRequest, AWSResponse

SERVICES = ("sqs", "events", "dynamodb", "secretsmanager", "s3", "cloudwatch", "logs", "cognito-idp", "sesv2")
Table = dict[tuple[str, str], dict[str, Any]]
HEADERS: Any = {"content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "canned"}


class _Raw:
    """The part of a urllib3 response that botocore reads."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_: object, **__: object) -> list[bytes]:
        return [self._body]


class Canned:
    """`table` holds the items that reads find; `seen` counts the requests by operation."""

    def __init__(self, table: Table | None = None, secret: str = "{}") -> None:
        self.table, self.secret = table or {}, secret
        self.seen: dict[str, int] = {}

    def __call__(self, request: AWSRequest, **_: object) -> AWSResponse:
        target = request.headers.get("X-Amz-Target", b"")
        target = target.decode() if isinstance(target, bytes) else target
        operation = target.rpartition(".")[2]
        self.seen[operation] = self.seen.get(operation, 0) + 1
        answer = json.dumps(self.answer(operation, json.loads(request.body or "{}"))).encode()
        return AWSResponse(str(request.url), 200, HEADERS, _Raw(answer))

    def attach(self, client: Callable[..., Any]) -> None:
        """Make every client of our adapters answer from here."""
        for service in SERVICES:
            client(service).meta.events.register_first("before-send.*.*", self)

    def answer(self, operation: str, told: dict[str, Any]) -> dict[str, Any]:
        """What a service of AWS's JSON protocols says; nothing in particular to what is not listed."""
        answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "SendMessage": lambda t: {"MessageId": "m", "MD5OfMessageBody": _md5(t["MessageBody"])},
            "SendMessageBatch": _sent,
            "PutEvents": lambda t: {"FailedEntryCount": 0, "Entries": [{"EventId": "e"}] * len(t["Entries"])},
            "GetItem": lambda t: {"Item": item} if (item := self._item(t["Key"])) else {},
            "BatchGetItem": self._batch,
            "Query": self._query,
            "Scan": lambda t: {"Items": []},
            "ListMetrics": lambda t: {"Metrics": []},
            "GetSecretValue": lambda t: {"SecretString": self.secret},
        }
        answer = answers.get(operation)
        return answer(told) if answer else {}

    def _item(self, key: dict[str, Any]) -> dict[str, Any] | None:
        return self.table.get((key["pk"]["S"], key["sk"]["S"]))

    def _batch(self, told: dict[str, Any]) -> dict[str, Any]:
        found = {
            name: [item for key in asked["Keys"] if (item := self._item(key))]
            for name, asked in told["RequestItems"].items()
        }
        return {"Responses": found, "UnprocessedKeys": {}}

    def _query(self, told: dict[str, Any]) -> dict[str, Any]:
        found = list(self._found(told))[: told.get("Limit", 100)]
        return {"Items": found, "Count": len(found), "ScannedCount": len(found)}

    def _found(self, told: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Of a partition, the kind the filter names; the range of the sort key is not looked at."""
        values = {name: value.get("S") for name, value in told["ExpressionAttributeValues"].items()}
        (partition,) = re.findall(r"= (:\d+)", told["KeyConditionExpression"])
        kinds = {values[name] for name in re.findall(r":\d+", told.get("FilterExpression", ""))}
        for (pk, _), item in sorted(self.table.items()):
            if pk == values[partition] and (not kinds or item["type"]["S"] in kinds):
                yield item


def _sent(told: dict[str, Any]) -> dict[str, Any]:
    entries = told["Entries"]
    answers = [{"Id": e["Id"], "MessageId": "m", "MD5OfMessageBody": _md5(e["MessageBody"])} for e in entries]
    return {"Successful": answers, "Failed": []}


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
