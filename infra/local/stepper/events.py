"""The events Lambda hands to functions, as AWS makes them."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from infra.local.stepper.values import PSEUDO

REGION, ACCOUNT = PSEUDO["AWS::Region"], PSEUDO["AWS::AccountId"]


@dataclass(frozen=True, slots=True)
class Context:
    """The part of Lambda's context that handlers may look at."""

    function_name: str
    aws_request_id: str
    memory_limit_in_mb: int = 256
    log_group_name: str = ""

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        return 20_000_000


def of_queue(messages: Sequence[Mapping[str, Any]], arn: str, again: int = 0) -> dict[str, Any]:
    """`again` is how many times these messages were delivered without being counted."""
    return {"Records": [_queue_record(message, arn, again) for message in messages]}


def _queue_record(message: Mapping[str, Any], arn: str, again: int) -> dict[str, Any]:
    attributes = dict(message["Attributes"])
    attributes["ApproximateReceiveCount"] = str(int(attributes["ApproximateReceiveCount"]) + again)
    told = message.get("MessageAttributes", {})
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": attributes,
        "messageAttributes": {n: _lower(one) for n, one in told.items()},
        "md5OfBody": message.get("MD5OfBody", ""),
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": REGION,
    }


def _lower(attribute: Mapping[str, Any]) -> dict[str, Any]:
    return {name[0].lower() + name[1:]: value for name, value in attribute.items()}


def of_stream(records: Sequence[Mapping[str, Any]], arn: str) -> dict[str, Any]:
    return {"Records": [{**record, "eventSourceARN": arn} for record in records]}


def of_schedule(name: str, at: datetime) -> dict[str, Any]:
    """EventBridge Scheduler hands over an empty input unless one is given; ours give none."""
    return {}


@dataclass(frozen=True, slots=True)
class Asked:
    """An HTTP request as a browser or provider makes it."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] | None = None
    body: bytes = b""


def of_door(asked: Asked, route: str, request_id: str) -> dict[str, Any]:
    """HTTP API, payload 2.0: bodies that are no UTF-8 come as base64."""
    try:
        body, encoded = asked.body.decode(), False
    except UnicodeDecodeError:
        body, encoded = b64encode(asked.body).decode(), True
    return {
        "version": "2.0",
        "routeKey": route,
        "rawPath": asked.path,
        "rawQueryString": asked.query,
        "headers": {name.lower(): value for name, value in (asked.headers or {}).items()},
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "doors",
            "http": {"method": asked.method, "path": asked.path, "sourceIp": "127.0.0.1"},
            "requestId": request_id,
            "routeKey": route,
            "stage": "$default",
        },
        "body": body,
        "isBase64Encoded": encoded,
    }


def of_staff(
    asked: Asked, route: str, values: Mapping[str, str], claims: Mapping[str, Any], request_id: str
) -> dict[str, Any]:
    """REST API with a Cognito authorizer: `values` are those of the path's places."""
    query = parse_qs(asked.query, keep_blank_values=True)
    return {
        "resource": route,
        "path": asked.path,
        "httpMethod": asked.method,
        "headers": dict(asked.headers or {}),
        "multiValueHeaders": {name: [value] for name, value in (asked.headers or {}).items()},
        "queryStringParameters": {name: told[-1] for name, told in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": dict(values) or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": route,
            "httpMethod": asked.method,
            "path": f"/api{asked.path}",
            "requestId": request_id,
            "stage": "api",
            "authorizer": {"claims": _claims(claims)},
        },
        "body": asked.body.decode() if asked.body else None,
        "isBase64Encoded": False,
    }


def _claims(claims: Mapping[str, Any]) -> dict[str, str]:
    """API Gateway hands claims on as texts, a list as its members with commas between."""
    return {n: ",".join(told) if isinstance(told, list) else str(told) for n, told in claims.items()}


def of_socket(
    api: str, route: str, connection: str, request_id: str, body: object = None, **opening: Any
) -> dict[str, Any]:
    """`opening` holds what only $connect knows: headers and queryStringParameters."""
    kinds = {"$connect": "CONNECT", "$disconnect": "DISCONNECT"}
    context = {
        "routeKey": route,
        "eventType": kinds.get(route, "MESSAGE"),
        "connectionId": connection,
        "requestId": request_id,
        "apiId": api,
        "stage": "live",
        "domainName": f"{api}.execute-api.{REGION}.amazonaws.com",
    }
    event: dict[str, Any] = {"requestContext": context, "isBase64Encoded": False, **opening}
    if body is not None:
        event["body"] = body if isinstance(body, str) else json.dumps(body)
    return event
