"""Open WebSockets through API Gateway's @connections."""

from collections.abc import Callable
from typing import Any

from shared.adapters import codec, refusals
from shared.adapters.clients import FAILURES
from shared.adapters.rehearsal import rehearsal
from shared.domain.errors import Rejected, TryAgain

GONE = (400, 410)  # 400: that is no connection's id


class GatewaySockets:
    def __init__(self, client: Callable[[], Any]) -> None:
        self._client = client

    def post(self, connection_id: str, frame: object) -> bool:
        """Send a frame; False when the connection is gone. Raises TryAgain, or Rejected if too large."""
        try:
            self._client().post_to_connection(ConnectionId=connection_id, Data=codec.encode(frame).encode())
        except FAILURES as error:
            return _understand(error)
        return True

    def close(self, connection_id: str) -> None:
        try:
            self._client().delete_connection(ConnectionId=connection_id)
        except FAILURES as error:
            _understand(error)

    def rehearse(self) -> None:
        with rehearsal(self._client()):
            self.post("rehearsal", {})


def _understand(error: Exception) -> bool:
    status = refusals.status_of(error)
    if status in GONE:
        return False
    if status == refusals.TOO_LARGE:
        raise Rejected("frame_too_large") from error
    raise TryAgain("the socket did not answer") from error
