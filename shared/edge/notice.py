"""A door that AWS itself feeds through a queue: unwrap, prove, cut into events, enqueue each raw.

Two wrappings are known: "sns" (a topic's message in the queue) and "s3" (the news that an object was
written). Mail received by SES is either: its notice lies in a topic, the mail itself in the bucket.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol
from urllib.parse import unquote_plus

from shared.adapters import codec
from shared.domain.channel.request import Cut, Notice
from shared.domain.errors import Malformed, Untrusted
from shared.edge import batch, door
from shared.edge.batch import AGAIN, Delivered
from shared.edge.deadline import Deadline, endless
from shared.edge.observability import correlate, frames, logger
from shared.edge.settings import environment
from shared.edge.wiring import ports

WRAPPINGS = ("sns", "s3")


class Inbound(Protocol):
    """What the inbound.py of such a channel brings; a module with these names is one. Its PROOF is "aws".

    There is no signature to look at: that a notice is genuine follows from where it lies, for AWS lets
    nobody but the named sources write there. So the queue and the source are compared with what the
    template says, for every notice.

    One more name, for a module that needs it: `key(notice) -> str` names the object that belongs to a
    notice which does not name it in its wrapping.
    """

    WRAPPING: str

    def cut(self, notice: Notice) -> Cut:
        """The events in a proven notice, masked. Raises Malformed or Untrusted."""


def receive(
    channel: str, inbound: Inbound, event: Mapping[str, Any], deadline: Deadline = endless
) -> dict[str, Any]:
    """The whole procedure, notice by notice. What is not proven is logged, counted and thrown away. What
    nobody understands comes again until the dead letters take it, and hinders none of the others. So does
    what there was no time for.
    """

    def failed(records: Sequence[Delivered]) -> list[Delivered]:
        return [record for record in records if deadline() or not _done(channel, inbound, record)]

    return batch.consume_together(event, failed)


def _done(channel: str, inbound: Inbound, record: Delivered) -> bool:
    """Whether the record is settled. Each receive is an acceptance of its own: the ledger counts both."""
    request = f"{record.id}.{record.receives}"
    correlate(request)
    try:
        for number, notice in enumerate(_proven(inbound, record)):
            known = replace(_with_file(inbound, notice), secrets=_secrets(channel))
            door.accept(channel, inbound.cut(known), f"{request}.{number}")
    except Untrusted as error:
        logger().warning("notice_refused", channel=channel, record=record.id, reason=str(error))
        ports().meter.count("NoticesRefused")
    except AGAIN as error:
        logger().warning("notice_postponed", channel=channel, record=record.id, reason=str(error))
        return False
    except Exception as error:
        logger().error("notice_not_understood", channel=channel, record=record.id, frames=frames(error))
        ports().meter.count("NoticesNotUnderstood", channel=channel)
        return False
    return True


def _proven(inbound: Inbound, record: Delivered) -> Iterator[Notice]:
    """The notices in a record. Raises Untrusted before anything of a record is taken."""
    if record.queue != environment.notice_queue_arn:
        raise Untrusted("it came through another queue")
    notices = _unwrapped(inbound.WRAPPING, record.body)
    sources = environment.notice_sources.split(",")
    if any(notice.source not in sources for notice in notices):
        raise Untrusted("it comes from another source")
    yield from notices


def _unwrapped(wrapping: str, body: str) -> tuple[Notice, ...]:
    told = codec.decode(body, dict[str, Any])
    try:
        return (_of_topic(told),) if wrapping == "sns" else tuple(_of_bucket(told))
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed("not the wrapping it should have") from error


def _of_topic(told: Mapping[str, Any]) -> Notice:
    """docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html; a request to confirm a subscription, or
    one that has ended, is refused: ours are made by the template.
    """
    if told["Type"] != "Notification":
        raise Untrusted("it is no notification")
    return Notice(str(told["TopicArn"]), str(told["Message"]))


def _of_bucket(told: Mapping[str, Any]) -> Iterator[Notice]:
    """docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html; the first word of a
    new subscription is a test without records.
    """
    for one in () if told.get("Event") == "s3:TestEvent" else told["Records"]:
        s3 = one["s3"]
        yield Notice(s3["bucket"]["name"], codec.encode(one), unquote_plus(s3["object"]["key"]))


def _secrets(channel: str) -> Iterator[Mapping[str, str]]:
    yield from ports().secrets.candidates(environment.secret_id(channel))


def _with_file(inbound: Inbound, notice: Notice) -> Notice:
    find = getattr(inbound, "key", None)
    key = notice.key or (find(notice) if find else "")
    if not key:
        return notice
    file = ports().notice_files.get(key)
    if file is None:
        raise Malformed("the object it names is not there")
    return replace(notice, key=key, file=file)
