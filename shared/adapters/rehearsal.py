"""A client's first request without a network: what is slow only once is done before anybody waits.

Rules of the endpoint, credentials, signature and parser: three quarters of a first request's CPU.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPMessage
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse

from shared.adapters import tls

BEFORE_SEND = "before-send"


class _Body(BytesIO):
    """What botocore reads of urllib3's answer."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


@contextmanager
def rehearsal(client: Any, answer: bytes = b"{}") -> Iterator[None]:
    """Within it, nothing that is asked of this client leaves the process: `answer` comes back instead.

    The context of TLS is read as well, which a request that does not leave would not need.
    """

    def reply(request: Any, **_: Any) -> AWSResponse:
        headers: Any = HTTPMessage()
        return AWSResponse(request.url, 200, headers, _Body(answer))

    tls.context(True)
    "host".encode("idna")  # the codec of host names, which the first connection imports
    client.meta.events.register_first(BEFORE_SEND, reply)
    try:
        yield
    finally:
        client.meta.events.unregister(BEFORE_SEND, reply)
