"""Look for known weaknesses of the pinned packages: pip-audit on every list. `make template` has its own.

It lives in .venv-audit, which `make audit` makes. Without the advisory service nothing counts as audited.
"""

import json
import subprocess
from argparse import ArgumentParser, Namespace
from typing import Any

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.place import ROOT

TOOLS = ROOT / ".venv-audit" / "bin"
LISTS = ("webhook", "worker", "staff", "exporter", "dev")


def arguments(parser: ArgumentParser) -> None:
    """None."""


def run(given: Namespace) -> Answer:
    if not (TOOLS / "pip-audit").exists():
        raise CannotAnswer("The audit's tools are not installed; run it with: make audit")
    try:
        packages = {name: _packages(name) for name in LISTS}
    except NotAudited as error:
        return Answer({"packages": None, "reason": str(error)}, str(error), yes=False)
    weak = [f"{name}: {one}" for name, found in packages.items() for one in found]
    said = [*weak, f"{len(weak)} known weaknesses in packages."]
    return Answer({"packages": packages}, "\n".join(said), yes=not weak)


class NotAudited(Exception):
    """The advisory service was not asked, or not about everything."""


def _packages(name: str) -> list[str]:
    """Known weaknesses of a list. pip-audit exits 0 when it skipped every package: that is no audit."""
    how = [
        "--format",
        "json",
        "--progress-spinner",
        "off",
        "--disable-pip",
        "--require-hashes",
        "--timeout",
        "20",
    ]
    wanted = ROOT / "requirements" / f"{name}.txt"
    done = _run("pip-audit", *how, "--requirement", str(wanted))
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError as error:
        raise _unreachable(done.stderr) from error
    if skipped := [one["name"] for one in packages if "skip_reason" in one]:
        raise _unreachable(f"{len(skipped)} of {len(packages)} packages were skipped")
    return [
        f"{one['name']} {one['version']}: {weak['id']}" for one in packages for weak in one.get("vulns", [])
    ]


def _unreachable(why: str) -> NotAudited:
    last = why.strip().splitlines()[-1:] or ["no answer"]
    return NotAudited(
        f"The packages were not audited: the advisory service cannot be reached ({last[0][:300]})."
    )


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([TOOLS / tool, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
