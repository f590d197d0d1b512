"""What `patchbay doctor --stack` reports of a deployed centre, fit to be pasted into an issue."""

import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import version
from platform import python_version

from infra.cli.access import denied, from_aws
from infra.cli.place import ROOT, Place
from infra.cli.say_as import said_as
from infra.cli.states import told
from infra.local.providers import block, carried

# Who reads an issue must learn nothing of the account or of anybody in it.
PRIVATE = (
    (re.compile(r"\+\d{7,15}\b"), "<number>"),
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), "<account>"),
    (re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"), "<key>"),
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "<mail>"),
    (re.compile(r"https://[\w.-]+"), "<address>"),
)


def report(place: Place) -> list[str]:
    """Lines of facts; a part that cannot be examined says so."""
    lines: list[str] = []
    for part in (_versions, _stack, _alarms, _message):
        try:
            lines += part(place)
        except Exception as error:
            if not from_aws(error):
                raise
            lines.append(f"{part.__name__.strip('_')}: cannot be asked ({denied(error)})")
    return [without_secrets(line) for line in lines]


def without_secrets(line: str) -> str:
    for pattern, instead in PRIVATE:
        line = pattern.sub(instead, line)
    return line


def _versions(place: Place) -> Iterator[str]:
    git = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    found = subprocess.run(git, capture_output=True, text=True, check=False)
    yield f"patchbay: {found.stdout.strip() or 'no git'}, Python {python_version()} on {sys.platform}"
    yield f"boto3: {version('boto3')}"


def _stack(place: Place) -> Iterator[str]:
    described = told(place.client("cloudformation"), place.stack)
    changed = described.get("LastUpdatedTime") or described.get("CreationTime")
    yield f"stack: {described.get('StackStatus', 'absent')}, last changed {changed}"


def _alarms(place: Place) -> Iterator[str]:
    pages = place.client("cloudwatch").get_paginator("describe_alarms").paginate(StateValue="ALARM")
    names = [one["AlarmName"] for page in pages for one in page["MetricAlarms"]]
    ours = sorted(name for name in names if name.startswith(f"{place.stack}-"))
    yield f"alarms: {', '.join(ours) if ours else 'none rings'}"


def _message(place: Place) -> Iterator[str]:
    """A signed message without words: door, queue and router take it, the ledger counts it as ignored, and
    no customer comes into being."""
    for traits in carried():
        if f"{block(traits.name)}SecretId" not in place.outputs:
            continue
        status, id = said_as(place, traits.name, "patchbay-doctor", "", f"doctor-{uuid.uuid4().hex}")
        accepted = "accepted" if 200 <= status < 300 else f"refused with {status}"
        yield f"message: {traits.name} {accepted} ({id}); patchbay ledger shows it as ignored: empty"
