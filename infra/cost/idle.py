"""A month in which nobody writes: what the template keeps, and what the minute's and the hour's round do."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from infra.cost import prices
from infra.cost.shop import Shop
from infra.cost.units import cost
from infra.local.template import resources

HOURS = 730
MINUTES = HOURS * 60
NIGHTS = HOURS // 24
HOURLY = ("Reconciler", "RawCompactor")
POLLERS, POLL_SECONDS = 5, 20  # Lambda's pollers of a queue that is empty, and how long they wait there
# Figures that a centre writes though nobody writes to it: LedgerDifference and AnnouncedAgain.
METRICS = 2
CAUGHT_UP = 45  # rounds: a new centre's timekeeper looks back a week, four hours in each of them


Resources = Mapping[str, Mapping[str, Any]]


def idle_month() -> dict[str, float]:
    """USD by line, the largest first."""
    lines = kept(resources()) | {
        "figures of our own": prices.METRIC * METRICS,
        "dashboards": prices.DASHBOARD * max(0, _dashboards() - prices.FREE_DASHBOARDS),
        "the minute's round": MINUTES * (_rounds("Timekeeper", CAUGHT_UP)[-1] + prices.SCHEDULE),
        "the hour's round": HOURS * sum(_rounds(name)[-1] + prices.SCHEDULE for name in HOURLY),
        "the night's check and export": NIGHTS * (_night() + prices.SCHEDULE),
        "the night's merging of texts": NIGHTS * (_rounds("TextMerger", 1)[0] + prices.SCHEDULE),
        "the night's look into providers' lists": NIGHTS * (_rounds("SmsComparer", 1)[0] + prices.SCHEDULE),
    }
    return dict(sorted(lines.items(), key=lambda line: -line[1]))


def kept(found: Resources) -> dict[str, float]:
    """What some resources cost by being there."""
    return {
        "SQS receives of empty queues": _receives(found),
        "alarms": prices.ALARM * sum(_metrics(one) for one in _of(found, "AWS::CloudWatch::Alarm")),
        "secrets": prices.SECRET * len(_of(found, "AWS::SecretsManager::Secret")),
    }


def _of(found: Resources, kind: str) -> list[Any]:
    return [one["Properties"] for one in found.values() if one["Type"] == kind]


def _metrics(alarm: Mapping[str, Any]) -> int:
    """An alarm is billed by the metrics it looks at, so arithmetic over several saves nothing."""
    return sum("MetricStat" in one for one in alarm["Metrics"]) if "Metrics" in alarm else 1


def _receives(found: Resources) -> float:
    """Each poller asks again as soon as its long poll came back with nothing."""
    asked = POLLERS * MINUTES * 60 / POLL_SECONDS
    sources = [
        one["EventSourceArn"]["Fn::GetAtt"][0] for one in _of(found, "AWS::Lambda::EventSourceMapping")
    ]
    fed = [found[name]["Properties"] for name in sources if found[name]["Type"] == "AWS::SQS::Queue"]
    kinds = ["sqs_fifo" if queue.get("FifoQueue") else "sqs_standard" for queue in fed]
    return asked * sum(prices.PRICES[kind] for kind in kinds)


def _dashboards() -> int:
    return len(resources("AWS::CloudWatch::Dashboard"))


def _night() -> float:
    """What the first round of a day does more than the others, and the export."""
    first, other = _rounds("Reconciler")
    return first - other + _rounds("ReportExporter", 1)[0]


@cache
def _rounds(function: str, number: int = 2) -> list[float]:
    """Runs of a function's schedule in an empty centre, each with all that follows from it. The usual one is
    the last: the first of a day begins the nightly check, and the first of a centre look back.
    """
    shop = Shop()

    def once() -> float:
        shop.stepper.tick(function)
        shop.run()
        return cost(shop.stepper.units.taken())

    return [once() for _ in range(number)]
