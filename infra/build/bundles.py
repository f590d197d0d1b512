"""The bundles, what goes into them, and how large they may be."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
PYTHON = (3, 13)
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Bundle:
    """`lists` name files in requirements/; `limit` is in MB, unzipped (Lambda's own is 250)."""

    name: str
    lists: tuple[str, ...]
    limit: int = 60

    @property
    def folder(self) -> Path:
        return BUILD / self.name


BUNDLES = (
    Bundle("webhook", ("webhook",)),
    Bundle("email", ("webhook", "email")),
    Bundle("worker", ("worker",)),
    Bundle("staff", ("worker", "staff")),
    Bundle("exporter", ("exporter",), limit=120),
)

# Models of AWS services that a bundle keeps; botocore ships more than 400 of them, 20 MB packed.
SERVICES = frozenset(
    {
        "apigatewaymanagementapi",
        "cloudwatch",
        "cognito-idp",
        "dynamodb",
        "events",
        "logs",
        "s3",
        "secretsmanager",
        "sesv2",
        "sqs",
        "sts",
    }
)
