"""SQS: when a delivery that failed comes again."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from shared.adapters.clients import FAILURES

BATCH = 10  # of one ChangeMessageVisibilityBatch


class SqsPostpone:
    """Sets the visibility of deliveries that failed, so that each has its own back-off."""

    def __init__(self, client: Callable[[], Any]) -> None:
        self._client = client

    def __call__(self, queue: str, receipts: Sequence[str], seconds: int) -> None:
        for start in range(0, len(receipts), BATCH):
            entries = [
                {"Id": str(i), "ReceiptHandle": receipt, "VisibilityTimeout": seconds}
                for i, receipt in enumerate(receipts[start : start + BATCH])
            ]
            with suppress(*FAILURES):
                self._client().change_message_visibility_batch(QueueUrl=self._url(queue), Entries=entries)

    def _url(self, arn: str) -> str:
        """A queue's address follows from its ARN; asking for it would be a request more."""
        account, name = arn.split(":")[-2:]
        return f"{self._client().meta.endpoint_url}/{account}/{name}"
