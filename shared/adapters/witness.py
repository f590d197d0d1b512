"""The ledger's witnesses outside the table: the doors' own count, and what lies in their queues."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from shared.adapters.clients import FAILURES
from shared.adapters.rehearsal import rehearsal
from shared.domain.errors import TryAgain

METRIC = "Accepted"
PERIOD = 300  # a day of any zone is made of whole 5 minutes; CloudWatch keeps them 63 days
MOST_QUERIES = 500
NO_METRICS = b'{"Metrics": [], "MetricDataResults": []}'
LYING = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)
Dimensions = Sequence[Mapping[str, str]]


class AwsWitness:
    """CloudWatch and SQS. Both are told a moment late: a ledger of the last minutes may not add up yet."""

    def __init__(
        self,
        cloudwatch: Callable[[], Any],
        sqs: Callable[[], Any],
        queues: Callable[[], Sequence[str]],
        namespace: Callable[[], str],
    ) -> None:
        """`namespace` is the stack's own: the doors of another centre in this account are not asked."""
        self._cloudwatch, self._sqs, self._queues, self._namespace = cloudwatch, sqs, queues, namespace

    def accepted(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        try:
            queries = self._queries()
            found: Counter[str] = Counter()
            for start in range(0, len(queries), MOST_QUERIES):
                found.update(self._sums(queries[start : start + MOST_QUERIES], begin, end))
        except FAILURES as error:
            raise TryAgain("the metrics did not answer") from error
        return {channel: number for channel, number in found.items() if number}

    def waiting(self) -> int:
        """A message that points to a file of many events counts once."""
        try:
            return sum(self._lying(url) for url in self._queues())
        except FAILURES as error:
            raise TryAgain("the queues did not answer") from error

    def rehearse(self) -> None:
        long_ago = datetime.fromtimestamp(0, UTC)
        with rehearsal(self._cloudwatch(), NO_METRICS), rehearsal(self._sqs()):
            self._queries()
            self._sums([], long_ago, long_ago)
            self._lying("https://rehearsal.invalid/0/none")

    def _lying(self, url: str) -> int:
        answer = self._sqs().get_queue_attributes(QueueUrl=url, AttributeNames=list(LYING))
        return sum(int(number) for number in answer.get("Attributes", {}).values())

    def _queries(self) -> list[dict[str, Any]]:
        """One for every set of dimensions the metric was ever written with, labelled by its channel."""
        pages = self._cloudwatch().get_paginator("list_metrics")
        namespace = self._namespace()
        found = pages.paginate(Namespace=namespace, MetricName=METRIC)
        listed = (metric["Dimensions"] for page in found for metric in page["Metrics"])
        once = {
            tuple(sorted((d["Name"], d["Value"]) for d in dimensions)): dimensions for dimensions in listed
        }
        kept = [dimensions for dimensions in once.values() if _channel(dimensions)]
        return [_query(i, namespace, dimensions) for i, dimensions in enumerate(kept)]

    def _sums(self, queries: list[dict[str, Any]], begin: datetime, end: datetime) -> Counter[str]:
        pages = self._cloudwatch().get_paginator("get_metric_data")
        found: Counter[str] = Counter()
        for page in pages.paginate(MetricDataQueries=queries, StartTime=begin, EndTime=end):
            for result in page["MetricDataResults"]:
                found[result["Label"]] += round(sum(result["Values"]))
        return found


def _query(i: int, namespace: str, dimensions: Dimensions) -> dict[str, Any]:
    told = {"Namespace": namespace, "MetricName": METRIC, "Dimensions": dimensions}
    stat = {"Metric": told, "Period": PERIOD, "Stat": "Sum"}
    return {"Id": f"m{i}", "Label": _channel(dimensions), "MetricStat": stat}


def _channel(dimensions: Dimensions) -> str:
    return next((str(d["Value"]) for d in dimensions if d["Name"] == "channel"), "")
