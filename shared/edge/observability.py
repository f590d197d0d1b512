"""Logs and figures of every function: events with ids, never contents."""

import sys
import time
import traceback
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from aws_lambda_powertools import Logger

from shared.adapters import codec
from shared.edge.settings import environment


@cache
def logger() -> Logger:
    """Powertools' structured logger; service name and level come from POWERTOOLS_* variables."""
    return Logger(utc=True, use_rfc3339=True)


def correlate(correlation_id: str) -> None:
    """Names the way of a message in every later line of this invocation: the door's acceptance id."""
    logger().set_correlation_id(correlation_id)


def frames(error: BaseException) -> list[str]:
    """Where an error came from, causes first, without its words: those may be a customer's."""
    causes = frames(error.__cause__) if error.__cause__ else []
    here = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return [*causes, *here, type(error).__name__]


class EmfMeter:
    """Counts by writing one line in CloudWatch's embedded metric format: no request, no wait.

    The namespace is the stack's own: of two in one account and region, neither counts the other's.
    An alarm asks for one set of dimensions, so all functions count under one service.
    """

    SERVICE = "patchbay"

    def count(self, name: str, number: int = 1, of: Sequence[str] = (), **dimensions: str) -> None:
        """Written here and not by Powertools, which also says the unit: the line is billed by the byte."""
        dimensions["service"] = self.SERVICE
        metric = {
            "Namespace": environment.powertools_metrics_namespace,
            "Dimensions": [[*dimensions]],
            "Metrics": [{"Name": name}],
        }
        about = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [metric]}
        names = {"of": " ".join(of)} if of else {}
        _write({"_aws": about, **dimensions, name: number, **names})

    def settled(self, channel: str, at: datetime, of: Sequence[str]) -> None:
        _write({"settled": channel, "minute": int(at.timestamp()) // 60, "of": " ".join(of)})


def _write(line: object) -> None:
    sys.stdout.write(codec.encode(line) + "\n")
