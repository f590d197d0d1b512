"""What `patchbay doctor --stack` reports of a deployed centre, fit to be pasted into an issue."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from platform import python_version

from infra.cli import alarms, examine, limits, mail_dns, passage, roles
from infra.cli.access import denied, from_aws
from infra.cli.line import Line
from infra.cli.masked import masked
from infra.cli.place import ROOT, Place
from infra.cli.states import told
from shared.adapters.previous import LAYOUT
from shared.domain.errors import PatchbayError

Part = Callable[[Place], Iterator[Line]]


def report(place: Place) -> list[Line]:
    """Facts and findings. Without account numbers, addresses, names of people, and words of messages."""
    return [
        Line(masked(line.text), line.wrong) for name, part in PARTS.items() for line in _of(name, part, place)
    ]


def _of(name: str, part: Part, place: Place) -> list[Line]:
    """A part that cannot be examined says so, and is a finding: what nobody saw is not healthy."""
    try:
        return list(part(place))
    except PatchbayError as error:
        return [Line(f"{name}: cannot be examined ({error})", wrong=True)]
    except Exception as error:
        if not from_aws(error):
            raise
        return [Line(f"{name}: cannot be asked ({denied(error)})", wrong=True)]


def versions(place: Place) -> Iterator[Line]:
    git = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip() or "no git"
    yield Line(f"patchbay: {commit}, items of layout {LAYOUT}, Python {python_version()} on {sys.platform}")
    yield Line(f"tools: boto3 {version('boto3')}, SAM {_sam()}")


def _sam() -> str:
    """As it is installed beside us for `make deploy`; asking it itself would take two seconds."""
    found = sorted((ROOT / ".venv-sam").glob("lib/python*/site-packages/aws_sam_cli-*.dist-info"))
    return found[-1].stem.split("-")[1] if found else "not installed"


def stack(place: Place) -> Iterator[Line]:
    client = place.client("cloudformation")
    described = told(client, place.stack)
    changed = described.get("LastUpdatedTime") or described.get("CreationTime")
    status = described.get("StackStatus", "absent")
    yield Line(f"stack: {status} in {client.meta.region_name}, last changed {changed}")


def _limits(place: Place) -> Iterator[Line]:
    yield from (Line(f"limits: {one}") for one in limits.of_account(place) or ["nothing is too little"])


def _centre(place: Place) -> Iterator[Line]:
    yield from (Line(one, wrong=True) for one in examine.centre(place))


PARTS: dict[str, Part] = {
    "versions": versions,
    "stack": stack,
    "limits": _limits,
    "centre": _centre,
    "alarms": alarms.of_stack,
    "roles": roles.of_stack,
    "mail": mail_dns.of_stack,
    "message": passage.through,
}
