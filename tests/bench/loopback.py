"""Canned answers over loopback HTTP, for processes of their own; every request is kept as a call that
boto3 can make again.
"""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.bench.canned import Canned

SERVICES = {
    "DynamoDB_20120810": "dynamodb",
    "AmazonSQS": "sqs",
    "AWSEvents": "events",
    "secretsmanager": "secretsmanager",
    "GraniteServiceVersion20100801": "cloudwatch",
    "Logs_20140328": "logs",
    "AWSCognitoIdentityProviderService": "cognito-idp",
}
NO_FILES = b"<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
Call = tuple[str, str, dict[str, Any]]


@dataclass
class Asked:
    """A request as it came, and the call of boto3 it is."""

    method: str
    path: str
    target: str
    body: bytes

    def call(self) -> Call:
        service, _, operation = self.target.rpartition(".")
        if operation:
            return SERVICES[service], operation, json.loads(self.body)
        if self.path.startswith("/@connections/"):
            connection = unquote(self.path.split("/")[2])
            return "apigatewaymanagementapi", "PostToConnection", {"ConnectionId": connection, "Data": "{}"}
        if self.path.startswith("/2010-04-01/"):
            return "http", self.path, {}
        if self.path == "/v2/email/outbound-emails":
            return "sesv2", "SendEmail", json.loads(self.body)
        return self._of_files()

    def _of_files(self) -> Call:
        parts = urlsplit(self.path)
        bucket, _, key = parts.path.strip("/").partition("/")
        if self.method == "PUT":
            return (
                "s3",
                "PutObject",
                {"Bucket": bucket, "Key": unquote(key), "Body": self.body.decode("latin-1")},
            )
        if key:
            return "s3", "GetObject", {"Bucket": bucket, "Key": unquote(key)}
        prefix = parse_qs(parts.query).get("prefix", [""])[0]
        return "s3", "ListObjectsV2", {"Bucket": bucket, "Prefix": prefix}


@dataclass
class Loopback:
    """`canned` may be exchanged between two runs; `calls` holds what was asked since it was cleared."""

    canned: Canned = field(default_factory=Canned)
    calls: list[Call] = field(default_factory=list)

    def __enter__(self) -> "Loopback":
        handler = type("Handler", (_Handler,), {"loopback": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, asked: Asked) -> tuple[str, bytes]:
        service, operation, told = call = asked.call()
        self.calls.append(call)
        if service == "s3":
            return "application/xml", NO_FILES if operation == "ListObjectsV2" else b""
        if service == "sesv2":
            return "application/json", b'{"MessageId": "0100000000000001"}'
        if service == "http":
            return "application/json", NO_MESSAGES if asked.method == "GET" else TAKEN
        return "application/x-amz-json-1.0", json.dumps(self.canned.answer(operation, told)).encode()


# What the provider says: of what came in, and of what we send.
NO_MESSAGES = b'{"messages": [], "next_page_uri": null}'
TAKEN = b'{"sid": "SM00000000000000000000000000000001"}'


class _Handler(BaseHTTPRequestHandler):
    loopback: Loopback
    protocol_version = "HTTP/1.1"

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        asked = Asked(self.command, self.path, self.headers.get("x-amz-target") or "", body)
        kind, answer = self.loopback.answer(asked)
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("etag", '"canned"')  # the version of a file
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_DELETE = _any

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
