"""A model of EventBridge in memory: facts onto the bus, and through rules into queues."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from infra.local.stepper.patterns import matches
from infra.local.stepper.plan import RulePlan
from infra.local.stepper.queues import ACCOUNT
from infra.local.stepper.values import PSEUDO
from shared.domain.times import iso


class Queues(Protocol):
    """What a bus asks of SQS."""

    def url(self, name: str) -> str: ...

    def send_message(self, QueueUrl: str, MessageBody: str) -> Any: ...


class ModelBus:
    """Spoken to as to botocore's client; the next `refusing` entries are not taken. `events` keeps all."""

    def __init__(self, rules: Mapping[str, RulePlan], sqs: Queues) -> None:
        self.events: list[dict[str, Any]] = []
        self.refusing = 0
        self.rules, self._sqs = rules, sqs

    def put_events(self, Entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        answers = [self._put(entry) for entry in Entries]
        return {"FailedEntryCount": sum("ErrorCode" in a for a in answers), "Entries": answers}

    def _put(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        if self.refusing:
            self.refusing -= 1
            return {"ErrorCode": "ThrottlingException", "ErrorMessage": "slower, please"}
        event = self._event(entry)
        self.events.append(event)
        for rule in self.rules.values():
            if matches(rule.pattern, event):
                self._sqs.send_message(self._sqs.url(rule.queue), json.dumps(event, ensure_ascii=False))
        return {"EventId": event["id"]}

    def _event(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "version": "0",
            "id": f"event-{len(self.events) + 1}",
            "detail-type": entry["DetailType"],
            "source": entry["Source"],
            "account": ACCOUNT,
            "time": iso(entry["Time"])[:19] + "Z",
            "region": PSEUDO["AWS::Region"],
            "resources": [],
            "detail": json.loads(entry["Detail"]),
        }
