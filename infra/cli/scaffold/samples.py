"""The samples of a channel as it is laid out: a payload each, the request in which one comes, and a call."""

import json
from collections.abc import Mapping

SAMPLES = {
    "hello": {"id": "m1", "from": "customer-1", "text": "Hello"},
    "hangul": {"id": "m2", "from": "customer-1", "text": "안녕하세요"},
    "long": {"id": "m3", "from": "customer-1", "text": "a" * 400},
    "empty": {"id": "m4", "from": "customer-1", "text": ""},
    "unknown_kind": {"id": "m6", "from": "customer-1", "type": "poll"},
    "card": {"id": "m5", "from": "customer-1", "text": "my card: **** **** **** ****"},
}


def samples(name: str) -> dict[str, str]:
    payloads = {f"events/{name}/{one}.json": _pretty(told) for one, told in SAMPLES.items()}
    request = {f"events/{name}_webhook/message.json": _pretty(_request(name))}
    return payloads | request | {f"events/{name}/curl/message.sh": _call(name)}


def _call(name: str) -> str:
    """As a person tries it; the secret is the one that tests/contract/test_curl.py knows."""
    return f"""#!/bin/sh
# A customer's message. Put here the address of the provider's page about it.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{{http_code}}' "$CENTRE/webhooks/{name}" \\
  --header 'Content-Type: application/json' \\
  --header 'X-{name}-Secret: made-up' \\
  --data '{json.dumps(SAMPLES["hello"])}'
"""


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
