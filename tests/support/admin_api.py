"""The administrators' API as their page asks it: with a login, in a language."""

import json
from typing import Any

from functions.admin_api.app import handler


def ask(
    method: str, path: str, body: Any = None, groups: str = "admin", language: str = "en"
) -> tuple[int, Any]:
    claims = {"sub": "boss", "token_use": "id", "email": "boss@example.test", "name": "Boss"}
    event = {
        "headers": {"accept-language": language, "content-type": "application/json"},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "body": None if body is None else json.dumps(body),
        "requestContext": {
            "resourcePath": path,
            "httpMethod": method,
            "requestId": "r1",
            "authorizer": {"claims": claims | {"cognito:groups": groups}},
        },
    }
    answer = handler(event, None)
    return answer["statusCode"], json.loads(answer["body"])
