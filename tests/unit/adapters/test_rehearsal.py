"""A rehearsed request stays in the process, and the one after it goes out."""

import pytest

from shared.adapters.clients import client
from shared.adapters.rehearsal import rehearsal
from tests.bench.loopback import Loopback

MESSAGE = {"QueueUrl": "https://sqs.ap-northeast-2.amazonaws.com/1/inbound", "MessageBody": "hello"}


def test_nothing_leaves_in_a_rehearsal_and_everything_after_it() -> None:
    with Loopback() as outside:
        sqs = client("sqs", outside.url)
        told = {**MESSAGE, "QueueUrl": f"{outside.url}/1/inbound"}

        with rehearsal(sqs):
            sqs.send_message(**told)
        rehearsed = len(outside.calls)
        sqs.send_message(**told)

        assert (rehearsed, len(outside.calls)) == (0, 1)


def test_a_rehearsal_that_breaks_is_over_as_well() -> None:
    with Loopback() as outside:
        sqs = client("sqs", outside.url)

        with pytest.raises(RuntimeError), rehearsal(sqs):
            raise RuntimeError
        sqs.send_message(**{**MESSAGE, "QueueUrl": f"{outside.url}/1/inbound"})

        assert len(outside.calls) == 1
