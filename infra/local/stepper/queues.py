"""A model of SQS in memory, spoken to as to botocore's client, under a clock of our own.

What it keeps of the real one: visibility, receive counts, redrive, delays; on FIFO queues order within a
group, a group that waits while one of its messages is out, and five minutes of deduplication.
docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import md5
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

from infra.local.stepper.plan import QueuePlan
from shared.ports import Clock

REMEMBERED = timedelta(minutes=5)
ENDPOINT = "http://sqs.model"
ACCOUNT = "000000000000"


@dataclass
class Message:
    """`out_until` is when it can be received: later than now while it is delayed or out."""

    id: str
    body: str
    group: str
    dedup: str
    attributes: Mapping[str, Any]
    sent_at: datetime
    out_until: datetime
    receives: int = 0
    receipt: str = ""


@dataclass
class Lying:
    """A queue: its plan, its messages in order of arrival, and the ids it remembers."""

    plan: QueuePlan
    messages: list[Message] = field(default_factory=list)
    remembered: dict[tuple[str, str], datetime] = field(default_factory=dict)


class ModelSqs:
    """`refuse` names entries of a batch that end in Failed[]; the next `failing` sends do not answer.

    With `chance` a standard queue gives its messages, and a FIFO queue its groups, in any order.
    """

    def __init__(self, plans: Mapping[str, QueuePlan], clock: Clock) -> None:
        self.queues: dict[str, Lying] = {}
        for plan in plans.values():
            self.add(plan)
        self.meta = SimpleNamespace(endpoint_url=ENDPOINT)
        self.refuse: Callable[[str, Mapping[str, Any]], bool] = lambda queue, entry: False
        self.failing = 0
        self.chance: random.Random | None = None
        self._clock, self._made = clock, 0

    def add(self, plan: QueuePlan) -> None:
        self.queues[plan.name] = Lying(plan)

    # ------------------------------------------------------------------ what senders ask

    def send_message(self, QueueUrl: str, MessageBody: str, **more: Any) -> dict[str, Any]:
        self._maybe_fail()
        return self._take(self._queue(QueueUrl), MessageBody, **more)

    def send_message_batch(self, QueueUrl: str, Entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        self._maybe_fail()
        if len(Entries) > 10:
            raise _error("TooManyEntriesInBatchRequest")
        queue = self._queue(QueueUrl)
        answer: dict[str, list[dict[str, Any]]] = {"Successful": [], "Failed": []}
        for entry in Entries:
            if self.refuse(queue.plan.name, entry):
                answer["Failed"].append({"Id": entry["Id"], "Code": "InternalError", "SenderFault": False})
                continue
            told = self._take(queue, **{k: v for k, v in entry.items() if k != "Id"})
            answer["Successful"].append({"Id": entry["Id"], **told})
        return answer

    # ------------------------------------------------------------------ what consumers ask

    def receive_message(
        self, QueueUrl: str, MaxNumberOfMessages: int = 1, VisibilityTimeout: int | None = None, **_: Any
    ) -> dict[str, Any]:
        queue, now = self._queue(QueueUrl), self._clock()
        seconds = queue.plan.visibility if VisibilityTimeout is None else VisibilityTimeout
        out_until = now + timedelta(seconds=seconds)
        ready = list(self._ready(queue, now))[:MaxNumberOfMessages]
        given = [self._given(queue, message, out_until) for message in ready]
        return {"Messages": [told for told in given if told]} if any(given) else {}

    def delete_message(self, QueueUrl: str, ReceiptHandle: str) -> dict[str, Any]:
        """With an outdated handle a standard queue keeps the message, a FIFO queue says so."""
        queue = self._queue(QueueUrl)
        found = self._held(queue, ReceiptHandle)
        if found is None and queue.plan.fifo:
            raise _error("InvalidParameterValue")
        if found:
            queue.messages.remove(found)
        return {}

    def change_message_visibility(
        self, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int
    ) -> dict[str, Any]:
        found = self._held(self._queue(QueueUrl), ReceiptHandle)
        if found is None:
            raise _error("MessageNotInflight")
        found.out_until = self._clock() + timedelta(seconds=VisibilityTimeout)
        return {}

    def change_message_visibility_batch(
        self, QueueUrl: str, Entries: Sequence[Mapping[str, Any]]
    ) -> dict[str, Any]:
        for entry in Entries:
            self.change_message_visibility(QueueUrl, entry["ReceiptHandle"], entry["VisibilityTimeout"])
        return {"Successful": [{"Id": entry["Id"]} for entry in Entries], "Failed": []}

    def get_queue_attributes(self, QueueUrl: str, **_: Any) -> dict[str, Any]:
        now, lying = self._clock(), self._queue(QueueUrl).messages
        delayed = [m for m in lying if m.out_until > now and not m.receives]
        out = [m for m in lying if m.out_until > now and m.receives]
        numbers = {"": len(lying) - len(delayed) - len(out), "NotVisible": len(out), "Delayed": len(delayed)}
        return {"Attributes": {f"ApproximateNumberOfMessages{name}": str(n) for name, n in numbers.items()}}

    # ------------------------------------------------------------------ what the stepper asks

    def receivable(self, url: str) -> int:
        """How many could be received now: behind a message that is out, none of its group."""
        return len(list(self._ready(self._queue(url), self._clock())))

    def next_moment(self) -> datetime | None:
        """When the next message that is delayed or out can be received."""
        now = self._clock()
        later = [m.out_until for q in self.queues.values() for m in q.messages if m.out_until > now]
        return min(later, default=None)

    def url(self, name: str) -> str:
        return f"{ENDPOINT}/{ACCOUNT}/{self.queues[name].plan.on_aws}"

    def _take(self, queue: Lying, MessageBody: str, **more: Any) -> dict[str, Any]:
        group, dedup = more.get("MessageGroupId", ""), more.get("MessageDeduplicationId", "")
        if queue.plan.fifo and not (group and dedup):
            raise _error("MissingParameter")
        told = {"MD5OfMessageBody": md5(MessageBody.encode(), usedforsecurity=False).hexdigest()}
        if self._repeated(queue, group, dedup):
            return {"MessageId": f"repeated-{dedup}", **told}
        now, self._made = self._clock(), self._made + 1
        visible = now + timedelta(seconds=int(more.get("DelaySeconds", 0)))
        made = Message(
            f"m{self._made}", MessageBody, group, dedup, more.get("MessageAttributes", {}), now, visible
        )
        queue.messages.append(made)
        return {"MessageId": made.id, **told}

    def _repeated(self, queue: Lying, group: str, dedup: str) -> bool:
        if not queue.plan.fifo:
            return False
        scope = (group if queue.plan.scope == "messageGroup" else "", dedup)
        seen = queue.remembered.get(scope)
        if seen is not None and self._clock() - seen < REMEMBERED:
            return True
        queue.remembered[scope] = self._clock()
        return False

    def _ready(self, queue: Lying, now: datetime) -> Iterator[Message]:
        """In the order they may be received."""
        waiting = {m.group for m in queue.messages if m.group and m.out_until > now}
        ready = [m for m in queue.messages if m.out_until <= now and m.group not in waiting]
        if self.chance is None:
            return iter(ready)
        groups = {m.group or m.id: self.chance.random() for m in ready}
        return iter(sorted(ready, key=lambda m: groups[m.group or m.id]))

    def _given(self, queue: Lying, message: Message, out_until: datetime) -> dict[str, Any] | None:
        """As it is handed out; None for what was received too often and goes to the dead letters now."""
        if queue.plan.dead and message.receives >= queue.plan.receives:
            queue.messages.remove(message)
            self.queues[queue.plan.dead].messages.append(message)
            return None
        message.receives += 1
        message.receipt = f"{message.id}.{message.receives}"
        message.out_until = out_until
        return _handed_out(message)

    def _held(self, queue: Lying, receipt: str) -> Message | None:
        now = self._clock()
        return next((m for m in queue.messages if m.receipt == receipt and m.out_until > now), None)

    def _queue(self, url: str) -> Lying:
        name = url.rsplit("/", 1)[1]
        for queue in self.queues.values():
            if queue.plan.on_aws == name:
                return queue
        raise _error("QueueDoesNotExist")

    def _maybe_fail(self) -> None:
        if self.failing:
            self.failing -= 1
            raise _error("ServiceUnavailable")


def _handed_out(message: Message) -> dict[str, Any]:
    attributes = {
        "ApproximateReceiveCount": str(message.receives),
        "SentTimestamp": str(int(message.sent_at.timestamp() * 1000)),
    }
    if message.group:
        attributes |= {"MessageGroupId": message.group, "MessageDeduplicationId": message.dedup}
    return {
        "MessageId": message.id,
        "ReceiptHandle": message.receipt,
        "Body": message.body,
        "Attributes": attributes,
        "MessageAttributes": dict(message.attributes),
    }


def _error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}, "ResponseMetadata": {}}, "Sqs")  # type: ignore[typeddict-item]  # as much as our adapters read
