"""Put dead letters back where they came from, once the cause is mended: redrive Inbound

Without a name it lists them. Every message goes back under a new deduplication id, in its old group.
"""

import uuid
from argparse import ArgumentParser, Namespace
from typing import Any

from infra.cli.answer import Answer, WrongUse
from infra.cli.place import Place, add_place, find_place
from infra.cli.queues import DeadLetters, dead_letters, depth
from infra.cli.table import table

HIDDEN = 30  # seconds a taken message stays hidden: long enough to send it on


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("queue", nargs="?", help="Inbound, Routing, SmsOutbound …")
    add_place(parser)


def run(given: Namespace) -> Answer:
    place = find_place(given)
    all_of_them = dead_letters(place)
    if given.queue is None:
        return _listed(place, all_of_them)
    chosen = [one for one in all_of_them if one.queue and one.name.lower() == given.queue.lower()]
    if not chosen:
        names = ", ".join(one.name for one in all_of_them if one.queue)
        raise WrongUse(f"There is no queue {given.queue} with dead letters; there are {names}.")
    moved = _moved(place.client("sqs"), chosen[0])
    return Answer({"queue": chosen[0].name, "moved": moved}, f"{moved} put back into {chosen[0].name}.")


def _listed(place: Place, all_of_them: list[DeadLetters]) -> Answer:
    sqs = place.client("sqs")
    counts = {one.name: depth(sqs, one.url) for one in all_of_them}
    return Answer({"dead_letters": counts}, table(("queue", "dead letters"), counts.items()))


def _moved(sqs: Any, dead: DeadLetters) -> int:
    """Receive, send, delete: a crash in between leaves a message in both, which is harmless."""
    moved = 0
    while messages := _taken(sqs, dead.url):
        for message in messages:
            sqs.send_message(QueueUrl=dead.queue, MessageBody=message["Body"], **_ordering(message))
            sqs.delete_message(QueueUrl=dead.url, ReceiptHandle=message["ReceiptHandle"])
        moved += len(messages)
    return moved


def _taken(sqs: Any, url: str) -> list[dict[str, Any]]:
    answer = sqs.receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=10,
        VisibilityTimeout=HIDDEN,
        AttributeNames=["All"],
        WaitTimeSeconds=1,
    )
    return list(answer.get("Messages", []))


def _ordering(message: dict[str, Any]) -> dict[str, str]:
    group = message.get("Attributes", {}).get("MessageGroupId")
    return {"MessageGroupId": group, "MessageDeduplicationId": uuid.uuid4().hex} if group else {}
