"""Performs described requests. Providers have no idempotency key, so what matters is whether it left."""

import threading
import time

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

from shared.adapters import tls
from shared.adapters.authorization import authorization
from shared.domain.channel.carriage import HttpAnswer, HttpCall, NoAnswer, NotSent

TIMEOUT = urllib3.Timeout(connect=2, read=10)
LEAST_IDLE = 5.0
NEVER_LEFT = (ConnectTimeoutError, NewConnectionError, ProxyError, SSLError, LocationValueError)


class PooledHttp:
    """One pool per process. A connection that lay idle is dropped before the next call: the other
    side may have closed it while Lambda was frozen, and we could not tell that from a lost request.
    """

    def __init__(self, timeout: urllib3.Timeout = TIMEOUT) -> None:
        self._pool = urllib3.PoolManager(maxsize=10, timeout=timeout, ssl_context=tls.context(True))
        self._used = 0.0
        self._looking = threading.Lock()

    def __call__(self, call: HttpCall) -> HttpAnswer | NotSent | NoAnswer:
        self._drop_idle()
        try:
            answer = self._pool.request(
                call.method,
                call.url,
                body=call.body or None,
                headers=_headers(call),
                retries=False,
                redirect=False,
            )
        except NEVER_LEFT as error:
            return NotSent(type(error).__name__)
        except HTTPError as error:
            return NoAnswer(type(error).__name__)
        return HttpAnswer(answer.status, answer.data)

    def _drop_idle(self) -> None:
        now = time.monotonic()
        with self._looking:
            if now - self._used > LEAST_IDLE:
                self._pool.clear()
            self._used = max(now, self._used)


def _headers(call: HttpCall) -> dict[str, str]:
    headers = {"user-agent": "Patchbay/1", **call.headers}
    if call.auth:
        headers["authorization"] = authorization(call.auth)
    return headers
