"""Every entry of the table, for the nightly check: page by page, in parts that can be read at once."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from shared.adapters.clients import FAILURES
from shared.adapters.table import from_image
from shared.adapters.threads import in_threads, ready
from shared.domain.errors import TryAgain
from shared.domain.report.checkpoint import Page
from shared.domain.timeline.entry import Entry
from shared.domain.times import iso


class TableCensus:
    """A scan reads all items whatever the filter says: half a read unit per 4 KB, eventually consistent.

    Straight through the client, which threads may share: PynamoDB's models hold one connection for all.
    """

    def __init__(self, table_name: str, client: Callable[[], Any]) -> None:
        self._table_name, self._client = table_name, client

    together = staticmethod(in_threads)
    rehearse = staticmethod(ready)

    def page(self, since: datetime, until: datetime, part: int, of: int, after: str) -> Page:
        asked = {
            "TableName": self._table_name,
            "Segment": part,
            "TotalSegments": of,
            "FilterExpression": "#type = :entry AND #at BETWEEN :since AND :until",
            "ExpressionAttributeNames": {"#type": "type", "#at": "at"},
            "ExpressionAttributeValues": {
                ":entry": {"S": Entry.__name__},
                ":since": {"S": iso(since)},
                ":until": {"S": iso(until)},
            },
        }
        if after:
            asked["ExclusiveStartKey"] = json.loads(after)
        try:
            answer = self._client().scan(**asked)
        except FAILURES as error:
            raise TryAgain("the table did not answer") from error
        last = answer.get("LastEvaluatedKey")
        return Page(tuple(map(from_image, answer["Items"])), json.dumps(last) if last else "")
