"""How a function gets its batches, and what becomes of them: from a queue, or from the table's stream."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from infra.local.stepper import events
from infra.local.stepper.faults import Crash, Fault, Twice
from infra.local.stepper.ground import Ground
from infra.local.stepper.plan import SourcePlan
from infra.local.stepper.stream import Reader, Record, number_of

MOST_RECEIVED = 10  # of one ReceiveMessage
Invoke = Callable[[str, Mapping[str, Any], Fault | None], Any]


@dataclass(frozen=True, slots=True)
class Handled:
    """What a delivery came to: how many records, which of them failed, and the answer (None: it died)."""

    function: str
    records: int
    failed: tuple[str, ...] = ()
    answer: Any = None


class Feed(Protocol):
    plan: SourcePlan

    def waiting(self) -> int:
        """About how many records could be delivered now."""

    def deliver(self, most: int, fault: Fault | None, chance: random.Random | None) -> Handled: ...


class QueueFeed:
    def __init__(self, plan: SourcePlan, ground: Ground, invoke: Invoke) -> None:
        self.plan, self._ground, self._invoke = plan, ground, invoke

    def waiting(self) -> int:
        return self._ground.receivable(self.plan.of)

    def deliver(self, most: int, fault: Fault | None, chance: random.Random | None) -> Handled:
        messages = self._received(most)
        if not messages:
            return Handled(self.plan.function, 0)
        again = 0
        if isinstance(fault, Twice):
            again = 1
            self._invoke(self.plan.function, self._event(messages, 0), None)
        answer = self._invoke(self.plan.function, self._event(messages, again), fault)
        failed = _failed(answer, [str(message["MessageId"]) for message in messages])
        self._settle(messages, failed, fault if answer is None else None)
        return Handled(self.plan.function, len(messages), failed, answer)

    def _event(self, messages: Sequence[Any], again: int) -> dict[str, Any]:
        return events.of_queue(messages, self._ground.arn(self.plan.of), again)

    def _received(self, most: int) -> list[Any]:
        messages: list[Any] = []
        while len(messages) < most:
            answer = self._ground.sqs.receive_message(
                QueueUrl=self._ground.url(self.plan.of),
                MaxNumberOfMessages=min(MOST_RECEIVED, most - len(messages)),
                WaitTimeSeconds=0,
                AttributeNames=["All"],
                MessageAttributeNames=["All"],
            )
            if not answer.get("Messages"):
                break
            messages += answer["Messages"]
        return messages

    def _settle(self, messages: Sequence[Any], failed: Sequence[str], fault: Fault | None) -> None:
        """Lambda deletes what did not fail; the rest comes again when its time has come."""
        url, sqs = self._ground.url(self.plan.of), self._ground.sqs
        for message in messages:
            held = {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]}
            if message["MessageId"] not in failed:
                sqs.delete_message(**held)
            elif isinstance(fault, Crash) and fault.back_after is not None:
                sqs.change_message_visibility(**held, VisibilityTimeout=fault.back_after)


class StreamFeed:
    def __init__(self, plan: SourcePlan, ground: Ground, invoke: Invoke) -> None:
        self.plan, self._ground, self._invoke = plan, ground, invoke
        self.reader = Reader(plan)

    def waiting(self) -> int:
        return len(self.reader.backlog)

    def deliver(self, most: int, fault: Fault | None, chance: random.Random | None) -> Handled:
        batch = self.reader.next(most, chance)
        if not batch:
            return Handled(self.plan.function, 0)
        event = events.of_stream(batch, self._ground.arn(""))
        if isinstance(fault, Twice):
            self._invoke(self.plan.function, event, None)
        answer = self._invoke(self.plan.function, event, fault)
        failed = _failed(answer, [number_of(record) for record in batch])
        done, again = _cut(batch, failed)
        self.reader.done(done)
        self.reader.failed(again)
        return Handled(self.plan.function, len(batch), failed, answer)


def _failed(answer: Any, all_of_them: Sequence[str]) -> tuple[str, ...]:
    """What a batch's answer names; everything when there is none."""
    if answer is None:
        return tuple(all_of_them)
    return tuple(failure["itemIdentifier"] for failure in answer.get("batchItemFailures", ()))


def _cut(batch: Sequence[Record], failed: Sequence[str]) -> tuple[Sequence[Record], Sequence[Record]]:
    """A stream goes on behind the first record that failed: it and all after it come again."""
    first = next((i for i, record in enumerate(batch) if number_of(record) in failed), len(batch))
    return batch[:first], batch[first:]
