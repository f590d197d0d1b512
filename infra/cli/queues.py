"""The SQS queues of a stack and their dead letters, found by the names of its outputs."""

from dataclasses import dataclass
from typing import Any

from infra.cli.place import Place

COUNTS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """`queue` is where they belong; "" for what is parked and belongs nowhere."""

    name: str
    url: str
    queue: str


def dead_letters(place: Place) -> list[DeadLetters]:
    urls = {
        name.removesuffix("QueueUrl"): url for name, url in place.outputs.items() if name.endswith("QueueUrl")
    }
    dead = [
        DeadLetters(n.removesuffix("Dead"), u, urls.get(n.removesuffix("Dead"), ""))
        for n, u in urls.items()
        if n.endswith("Dead")
    ]
    parked = [DeadLetters(name, url, "") for name, url in urls.items() if name == "Unannounced"]
    return sorted(dead + parked, key=lambda one: one.name)


def depth(sqs: Any, url: str) -> int:
    """How many messages lie in a queue, taken and delayed ones included."""
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(COUNTS))["Attributes"]
    return sum(int(counts.get(name, 0)) for name in COUNTS)
