"""The samples of a channel as it is laid out: a payload each, and the request in which one comes."""

import json
from collections.abc import Mapping

SAMPLES = {
    "hello": {"id": "m1", "from": "customer-1", "text": "Hello"},
    "hangul": {"id": "m2", "from": "customer-1", "text": "안녕하세요"},
    "long": {"id": "m3", "from": "customer-1", "text": "a" * 400},
    "empty": {"id": "m4", "from": "customer-1", "text": ""},
    "card": {"id": "m5", "from": "customer-1", "text": "my card: **** **** **** ****"},
}


def samples(name: str) -> dict[str, str]:
    payloads = {f"events/{name}/{one}.json": _pretty(told) for one, told in SAMPLES.items()}
    return payloads | {f"events/{name}_webhook/message.json": _pretty(_request(name))}


def _request(name: str) -> dict[str, object]:
    """As API Gateway hands it on (payload format 2.0), with a secret that nobody has."""
    path = f"/webhooks/{name}"
    http = {
        "method": "POST",
        "path": path,
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "provider",
    }
    return {
        "version": "2.0",
        "routeKey": f"POST {path}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", f"x-{name}-secret": "made-up"},
        "requestContext": {"http": http, "requestId": "r1", "stage": "$default"},
        "body": json.dumps(SAMPLES["hello"]),
        "isBase64Encoded": False,
    }


def _pretty(told: Mapping[str, object]) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
