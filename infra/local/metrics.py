"""Metrics out of log lines: the embedded metric format, as far as Powertools writes it."""

import json
import logging
import os
import queue
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

AT_ONCE = 500  # PutMetricData takes 1,000 values
log = logging.getLogger("patchbay")
Datum = tuple[str, dict[str, Any]]


def metrics_of(line: str) -> Iterator[Datum]:
    """Namespace and PutMetricData entry of every metric a log line carries; nothing for other lines."""
    document = _document(line)
    if document is None:
        return
    at = datetime.fromtimestamp(document["_aws"]["Timestamp"] / 1000, UTC)
    for directive in document["_aws"].get("CloudWatchMetrics", ()):
        for names in directive.get("Dimensions") or [[]]:
            dimensions = [{"Name": name, "Value": str(document[name])} for name in names if name in document]
            for metric in directive.get("Metrics", ()):
                yield directive["Namespace"], _datum(document, metric, dimensions, at)


def _document(line: str) -> dict[str, Any] | None:
    if '"_aws"' not in line:
        return None
    try:
        document = json.loads(line)
    except ValueError:
        return None
    told = document.get("_aws") if isinstance(document, dict) else None
    return document if isinstance(told, dict) and isinstance(told.get("Timestamp"), int) else None


def _datum(
    document: dict[str, Any], metric: dict[str, Any], dimensions: list[dict[str, str]], at: datetime
) -> dict[str, Any]:
    value = document[metric["Name"]]
    return {
        "MetricName": metric["Name"],
        "Dimensions": dimensions,
        "Timestamp": at,
        "Values": [float(one) for one in (value if isinstance(value, list) else [value])],
        "Unit": metric.get("Unit", "None"),
    }


class MetricFeed:
    """Takes log text from any thread; one thread of its own puts the metrics, each exactly once, in order."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Datum] = queue.SimpleQueue()
        self._client: Any = None

    def read(self, text: str) -> None:
        for line in text.splitlines():
            try:
                for datum in metrics_of(line):
                    self._waiting.put(datum)
            except (KeyError, TypeError, ValueError, OverflowError):
                log.warning("a line in embedded metric format could not be read")

    def start(self) -> None:
        threading.Thread(target=self._put_for_ever, daemon=True, name="patchbay-metrics").start()

    def _put_for_ever(self) -> None:
        while True:
            batch = self._next()
            while not self._put(batch):
                time.sleep(0.5)

    def _next(self) -> list[Datum]:
        batch = [self._waiting.get()]
        while len(batch) < AT_ONCE and not self._waiting.empty():
            batch.append(self._waiting.get())
        return batch

    def _put(self, batch: list[Datum]) -> bool:
        by_namespace: dict[str, list[dict[str, Any]]] = {}
        for namespace, datum in batch:
            by_namespace.setdefault(namespace, []).append(datum)
        try:
            for namespace in list(by_namespace):
                self._cloudwatch().put_metric_data(Namespace=namespace, MetricData=by_namespace[namespace])
                by_namespace.pop(namespace)
        except (BotoCoreError, ClientError):
            batch[:] = [(namespace, datum) for namespace, data in by_namespace.items() for datum in data]
            return False
        return True

    def _cloudwatch(self) -> Any:
        if self._client is None:
            self._client = botocore.session.get_session().create_client(
                "cloudwatch",
                region_name=os.environ["AWS_DEFAULT_REGION"],
                endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
                config=Config(retries={"total_max_attempts": 1}),  # a second try could count twice
            )
        return self._client
