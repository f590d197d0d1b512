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
    "First event after INIT": (
        "first_event",
        "Milliseconds of CPU. On Lambda the clients are built in INIT, where a function has a whole "
        "processor; elsewhere late. The last two columns say how long that CPU takes on a function's share "
        "of a processor (1,769 MB are a whole one): as it was, and as it is. The way to AWS comes on top. "
        "The exporter's event is work from end to end, and is not judged.",
    ),
    "The door of a call": (
        "call_door",
        "Milliseconds of CPU for one request of the carrier, in one process, at most 50: the caller hears "
        "nothing meanwhile. In the last row 30 callers wait. The way to queue and table comes on top.",
    ),
    "Matching": (
        "match",
        "Who gets what, without reading or writing: in the first row ten agents are free, in the second one "
        "contact waits. Judged against sorting the seats.",
    ),
    "A look at a pool": (
        "look",
        "Ten agents were freed and two hundred customers wait: reading, matching, deciding and writing ten "
        "offers, against the same requests of the store in memory with nothing around them.",
    ),
    "First load of the desk": (
        "first_load",
        "From the address to what an agent can use, in a browser on this machine with a session that holds; "
        "judged against fetching the same files and answers at once. Tests count bytes and requests.",
    ),
    "Two hundred conversations": (
        "desk_tasks",
        "The longest task of the desk's main thread while something is done, in CPU as Chromium traces it: "
        "a busy machine makes none longer. Judged against making a thousand plain rows in the same page.",
    ),
    "Histories of a pool": (
        "histories",
        "Crashes between two writes, wakes that come twice or never, late timers, two looks at once. After "
        "every act each waiting contact has one row, each free agent a seat, nobody more than they can take; "
        "in the end nobody waits for whom somebody is free, and every offer follows from its record.",
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
