"""SQS: the door's queues, and those the publisher feeds."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from shared.adapters import codec, refusals
from shared.adapters.bus import Bus
from shared.adapters.clients import FAILURES
from shared.adapters.rehearsal import rehearsal
from shared.domain.change import ANY, Put
from shared.domain.channel.commands import Due, FetchPart, Pointer, Raw, Send, Wake, delayed, due_row, in_row
from shared.domain.errors import ChannelOff, Malformed, TryAgain
from shared.domain.ids import digest
from shared.domain.timeline.bus_facts import Fact
from shared.ports import Files, Ids, Store

BATCH = 10
BATCH_BYTES = 900_000  # SQS takes 1 MiB a request; the rest is for attributes
MOST_EVENTS = 40
ABSENT = {
    "AWS.SimpleQueueService.NonExistentQueue",
    "QueueDoesNotExist",
}  # the older and the newer protocol's word

# A queue takes no message with these characters, which a text may hold; in JSON they can be escaped.
UNFIT = re.compile("[\ufffe\uffff]")

Message = dict[str, Any]


class NoQueue(TryAgain):
    """There is no such queue: for most of them a mistake in the settings that somebody has to mend."""


class Queue:
    """One SQS queue. `url` is asked when the first message goes."""

    def __init__(self, client: Callable[[], Any], url: Callable[[], str]) -> None:
        self._client, self._url = client, url

    def put(self, messages: Sequence[Message]) -> None:
        """Enqueue all or raise TryAgain (NoQueue), or Malformed for what no queue takes; some may be in
        then, and whoever reads knows a repeat by its id. Each body is JSON.
        """
        for batch in _batches([_fit(message) for message in messages]):
            self._send(batch)

    def rehearse(self) -> None:
        with rehearsal(self._client()):
            self._client().send_message(QueueUrl=self._url(), MessageBody="{}")
            self._client().send_message_batch(QueueUrl=self._url(), Entries=[])

    def _send(self, batch: Sequence[Message]) -> None:
        try:
            if len(batch) == 1:
                self._client().send_message(QueueUrl=self._url(), **batch[0])
                return
            left = self._failed([batch[int(failure["Id"])] for failure in self._failed(batch)])
        except FAILURES as error:
            if refusals.code_of(error) in ABSENT:
                raise NoQueue("there is no such queue") from error
            raise refusals.meaning(error, "the queue did not answer") from error
        if left:
            told = f"the queue refused {len(left)} of {len(batch)} messages"
            raise refusals.of(any(map(refusals.blames_us, left)), told)

    def _failed(self, batch: Sequence[Message]) -> Sequence[Mapping[str, Any]]:
        """One request; what the service names in Failed[] is to be tried once more."""
        if not batch:
            return ()
        entries = [{"Id": str(i), **message} for i, message in enumerate(batch)]
        failed: Sequence[Mapping[str, Any]] = (
            self._client().send_message_batch(QueueUrl=self._url(), Entries=entries).get("Failed", ())
        )
        return failed


def _fit(message: Message) -> Message:
    body = message["MessageBody"]
    if body.isascii() or not UNFIT.search(body):
        return message
    return message | {"MessageBody": UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", body)}


def _batches(messages: Sequence[Message]) -> Iterator[Sequence[Message]]:
    batch: list[Message] = []
    size = 0
    for message in messages:
        length = len(message["MessageBody"].encode())
        if batch and (len(batch) == BATCH or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += length
    if batch:
        yield batch


class SqsInbox:
    """The only thing a webhook writes to: inbound.fifo for events, the delivery queue for states."""

    def __init__(self, inbound: Queue, delivery: Queue, files: Callable[[], Files]) -> None:
        self._inbound, self._delivery, self._files = inbound, delivery, files

    def put(self, events: Sequence[Raw], states: Sequence[Raw]) -> None:
        """What the queue refuses for good goes into a file: it is authentic, and nobody sends it again."""
        try:
            self._inbound.put(self._pointed([_inbound(event) for event in events], events))
        except Malformed:
            self._inbound.put([self._pointer(events)])
        self._delivery.put([{"MessageBody": codec.encode(state)} for state in states])

    def rehearse(self) -> None:
        self._inbound.rehearse()

    def _pointed(self, messages: list[Message], events: Sequence[Raw]) -> list[Message]:
        """Too many or too large for the queue: into a file, and one message that points to it."""
        if (
            len(messages) <= MOST_EVENTS
            and sum(len(m["MessageBody"].encode()) for m in messages) <= BATCH_BYTES
        ):
            return messages
        return [self._pointer(events)]

    def _pointer(self, events: Sequence[Raw]) -> Message:
        first = events[0]
        key = f"inbound/{first.channel}/{digest(first.acceptance)}.json"
        self._files().put(key, codec.encode(events).encode(), "application/json")
        return _fifo(codec.encode(Pointer(key)), digest("pointer", key), first.acceptance)


def _inbound(event: Raw) -> Message:
    return _fifo(codec.encode(event), event.group, event.acceptance)


def _fifo(body: str, group: str, id: str) -> Message:
    return {"MessageBody": body, "MessageGroupId": group, "MessageDeduplicationId": id}


class SqsOutbox:
    """What the publisher hands on. A FIFO message gets a new id each time it is handed on deliberately:
    content-based deduplication would swallow the same reply tried again within five minutes.
    """

    def __init__(
        self,
        queues: Mapping[str, Queue],
        sender: Callable[[str], Queue],
        bus: Bus,
        store: Callable[[], Store],
        ids: Ids,
    ) -> None:
        """`queues` holds routing, timers, media and unannounced; `sender` the queue of a channel."""
        self._queues, self._sender, self._bus, self._store, self._ids = queues, sender, bus, store, ids

    def send(self, channel: str, commands: Sequence[Send], groups: Sequence[str]) -> None:
        pairs = zip(commands, groups, strict=True)
        messages = [_fifo(codec.encode(command), group, self._ids()) for command, group in pairs]
        try:
            self._sender(channel).put(messages)
        except NoQueue as error:
            raise ChannelOff(f"{channel} is switched off") from error

    def fetch(self, commands: Sequence[FetchPart]) -> None:
        self._queues["media"].put([{"MessageBody": codec.encode(command)} for command in commands])

    def wake(self, wakes: Sequence[Wake]) -> None:
        self._queues["routing"].put([_fifo(codec.encode(wake), wake.pool, self._ids()) for wake in wakes])

    def arm(self, dues: Sequence[Due], now: datetime) -> None:
        """What must be in time to the second is a delayed message, all else a row that the round reads."""
        self._queues["timers"].put([_delayed(due, now) for due in dues if delayed(due, now)])
        for due in dues:
            if in_row(due, now):
                self._store().commit(Put(due_row(due, now), ANY))

    def announce(self, facts: Sequence[Fact]) -> None:
        self._bus.put(facts)

    def rehearse(self) -> None:
        self._queues["routing"].rehearse()
        self._bus.rehearse()

    def park(self, record: str, reason: str) -> None:
        attributes = {"reason": {"DataType": "String", "StringValue": reason or "unknown"}}
        self._queues["unannounced"].put([{"MessageBody": record, "MessageAttributes": attributes}])


def _delayed(due: Due, now: datetime) -> Message:
    seconds = max(0, -((now - due.at) // timedelta(seconds=1)))
    return {"MessageBody": codec.encode(due), "DelaySeconds": seconds}
