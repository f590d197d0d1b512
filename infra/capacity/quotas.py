"""Published quotas of AWS, as an account has them before it asks for more.

"A mature account" has these; a new one may have a tenth of the concurrency, which `patchbay doctor` asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

DATE = "2026-11-26"
LARGE = ("us-east-1", "us-west-2", "eu-west-1")
MIDDLE = ("us-east-2", "eu-central-1")
FURTHER = ("us-west-1", "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-2")
SMALL = ("af-south-1", "ap-northeast-3", "ap-southeast-3", "eu-south-1")
# Regions whose gateway takes a quarter of the others'
QUARTER = (
    "af-south-1", "ap-southeast-3", "ap-southeast-4", "ap-south-2", "ca-west-1", "eu-central-2",
    "eu-south-1", "eu-south-2", "il-central-1", "me-central-1",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit by the second, or of things at once. `raised`: AWS gives more when it is asked."""

    name: str
    usual: int
    source: str
    raised: bool = True
    regions: Mapping[str, int] = field(default_factory=dict)

    def of(self, region: str) -> int:
        return self.regions.get(region, self.usual)


def _by(**groups: int) -> dict[str, int]:
    named = {"large": LARGE, "middle": MIDDLE, "further": FURTHER, "small": SMALL}
    return {region: number for group, number in groups.items() for region in named[group]}


_DOCS = "docs.aws.amazon.com"
QUOTAS: dict[str, Quota] = {
    "concurrency": Quota(
        "Lambda: executions at once", 1_000, f"{_DOCS}/lambda/latest/dg/gettingstarted-limits.html"
    ),
    "gateway": Quota(
        "API Gateway: requests of an account, frames included",
        10_000,
        f"{_DOCS}/apigateway/latest/developerguide/limits.html",
        regions=dict.fromkeys(QUARTER, 2_500),
    ),
    "connections": Quota(
        "API Gateway: new sockets", 500, f"{_DOCS}/apigateway/latest/developerguide/limits.html"
    ),
    "fifo": Quota(
        "SQS FIFO, high throughput: requests of a kind to a queue",
        2_400,
        f"{_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html",
        regions=_by(large=70_000, middle=19_000)
        | dict.fromkeys(("ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1"), 9_000)
        | dict.fromkeys(("eu-west-2", "sa-east-1"), 4_500),
    ),
    "fifo_partition": Quota(
        "SQS FIFO: requests of a kind to a partition of a queue",
        300,
        f"{_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html",
        raised=False,
    ),
    "put_events": Quota(
        "EventBridge: PutEvents",
        600,
        f"{_DOCS}/eventbridge/latest/userguide/eb-quota.html",
        regions=_by(large=10_000, middle=2_400, further=1_200, small=400),
    ),
    "deliveries": Quota(
        "EventBridge: deliveries to targets",
        1_100,
        f"{_DOCS}/eventbridge/latest/userguide/eb-quota.html",
        regions=_by(large=18_750, middle=4_500, further=2_250, small=750),
    ),
    "table_writes": Quota(
        "DynamoDB: write units of an on-demand table",
        40_000,
        f"{_DOCS}/amazondynamodb/latest/developerguide/ServiceQuotas.html",
    ),
    "partition_writes": Quota(
        "DynamoDB: write units of a partition",
        1_000,
        f"{_DOCS}/amazondynamodb/latest/developerguide/bp-partition-key-design.html",
        raised=False,
    ),
}
