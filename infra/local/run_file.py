"""What the running centre tells the command line: .patchbay/run.json, for its owner's eyes only."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from infra.local.centre import Centre

NAME = "run.json"


def write(place: Path, centre: Centre) -> None:
    """In one step: who reads it sees a whole file or none."""
    document = {
        "pid": os.getpid(),
        "front_door": centre.address,
        "aws_endpoint": centre.endpoint,
        "region": centre.region,
        "stack": centre.stack,
        "outputs": centre.outputs,
        "logins": [login.document() for login in centre.logins],
        "providers": centre.provider_urls,
        "mail": centre.mail.document() if centre.mail else None,
        "started_at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "state_dir": str(centre.state),
    }
    half = place / f"{NAME}.new"
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(document, file, indent=2)
    half.rename(place / NAME)


def forget(place: Path) -> None:
    (place / NAME).unlink(missing_ok=True)
