"""Messages that were in somebody's hands when the embedded AWS ended: whoever held them is gone with it.

On AWS they come back after the queue's visibility timeout, and nothing restarts there. Here a message would
be missing for up to six minutes after each start.
"""

from typing import Any

from ministack.services import sqs


def install() -> None:
    """Puts every received message back where it was, at the start."""
    restore = sqs.load_persisted_state

    def restore_and_give_back(data: dict[str, Any] | None) -> None:
        restore(data)
        for queue in sqs._queues._data.values():
            for message in queue["messages"]:
                if message["receive_count"]:
                    message["visible_at"] = message["sent_at"]

    sqs.load_persisted_state = restore_and_give_back
