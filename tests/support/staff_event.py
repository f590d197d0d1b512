"""A request of somebody who is signed in, as API Gateway hands it to a handler of the staff's."""

import json
from collections.abc import Mapping
from typing import Any


def asked_by_staff(
    handler: Any,
    method: str,
    path: str,
    claims: Mapping[str, str],
    *,
    body: Any = None,
    query: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    language: str = "en",
) -> tuple[int, Any]:
    """The status and the answer. `path` is the resource, whose places `values` fill."""
    event = {
        "headers": {"accept-language": language, "content-type": "application/json"},
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()} or None,
        "pathParameters": dict(values or {}) or None,
        "stageVariables": None,
        "body": None if body is None else json.dumps(body),
        "requestContext": {
            "resourcePath": path,
            "httpMethod": method,
            "requestId": "r1",
            "authorizer": {"claims": {"token_use": "id"} | dict(claims)},
        },
    }
    answer = handler(event, None)
    return answer["statusCode"], json.loads(answer["body"])
