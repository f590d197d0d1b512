"""`make measured`: docs/measured.md from what `make bench` measured and what is counted."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from infra.cost.tables import told

PARTS = {
    "CPU of an inbound message": (
        "way",
        "Webhook, router and publisher on an open case, with canned answers, against the same calls with the "
        "same tuned clients: botocore for SQS and EventBridge, plain PynamoDB models for the table. PynamoDB "
        "takes our client because it makes one of its own only where its connection has none: "
        "shared/adapters/store.py sets `Item._get_connection().connection._client` before the first request.",
    ),
    "Cold start": (
        "cold_start",
        "A fresh process up to the end of its first event, everything compiled, against one that imports "
        "boto3 and makes the same calls. Importing alone is shown, not judged.",
    ),
}


def main() -> None:
    tables = Path(os.environ["BENCH_TABLES"])
    machine = f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
    head = (
        f"# Measured\n\n{machine}. The machine was shared: look at the ratios. Written by `make measured`.\n"
    )
    parts = [
        f"## {title}\n\n{why}\n\n{(tables / f'{name}.md').read_text()}"
        for title, (name, why) in PARTS.items()
    ]
    sys.stdout.write("\n".join((head, *parts, "## Cost\n", told())))


if __name__ == "__main__":
    main()
