"""Look for known weaknesses: pip-audit on the pinned packages, checkov on the template.

Both live in .venv-audit, which `make audit` makes. Without the advisory service nothing counts as audited.
"""

import json
import subprocess
from argparse import ArgumentParser, Namespace
from typing import Any

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.place import ROOT
from infra.local.template import STACKS, TEMPLATE

TOOLS = ROOT / ".venv-audit" / "bin"
LISTS = ("webhook", "worker", "staff", "exporter", "dev")
# What the house decided otherwise, with the reason.
SKIPPED = {
    "CKV_AWS_18": "access logs would hold more about customers than what they guard",
    "CKV_AWS_76": "as above, for the staff's API",
    "CKV_AWS_86": "as above, for CloudFront",
    "CKV_AWS_95": "as above, for the HTTP and WebSocket APIs",
    "CKV_AWS_21": "the pages are made from the repository; the bucket of files is versioned",
    "CKV_AWS_26": "alarms name functions and queues, nothing of customers",
    "CKV_AWS_27": "queues are encrypted by SQS itself",
    "CKV_AWS_115": "concurrency is limited at the queues; doors must never be throttled",
    "CKV_AWS_116": "functions behind queues have the queue's dead letters; doors answer their callers",
    "CKV_AWS_117": "no VPC: everything the functions reach is an AWS service or a provider on the internet",
    "CKV_AWS_119": "encrypted with the key AWS owns; a key of one's own costs more than the idle centre",
    "CKV_AWS_120": "what staff see must never come from a cache",
    "CKV_AWS_149": "as CKV_AWS_119, for secrets",
    "CKV_AWS_158": "as CKV_AWS_119, for logs, which hold no contents",
    "CKV_AWS_173": "environment variables hold names, never secrets",
    "CKV_AWS_174": "the certificate is CloudFront's own until the centre has a domain name",
}


def arguments(parser: ArgumentParser) -> None:
    """None."""


def run(given: Namespace) -> Answer:
    if not (TOOLS / "checkov").exists():
        raise CannotAnswer("The audit's tools are not installed; run it with: make audit")
    template = _template()
    said = [f"template: {one}" for one in template] + [f"{len(template)} findings in the template."]
    try:
        packages = {name: _packages(name) for name in LISTS}
    except NotAudited as error:
        document = {"packages": None, "reason": str(error), "template": template}
        return Answer(document, "\n".join([*said, str(error)]), yes=False)
    weak = [f"{name}: {one}" for name, found in packages.items() for one in found]
    said += [*weak, f"{len(weak)} known weaknesses in packages."]
    return Answer(
        {"packages": packages, "template": template}, "\n".join(said), yes=not weak and not template
    )


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


def _template() -> list[str]:
    how = [
        "--framework",
        "cloudformation",
        "--output",
        "json",
        "--quiet",
        "--compact",
        "--soft-fail",
        "--skip-download",
    ]
    files = [option for file in (TEMPLATE, *STACKS) for option in ("--file", str(file))]
    done = _run("checkov", *files, *how, "--skip-check", ",".join(SKIPPED))
    report = json.loads(done.stdout)
    report = report if isinstance(report, dict) else report[0]
    failed = report.get("results", {}).get("failed_checks", [])
    return sorted(f"{one['check_id']} {one['resource']}: {one['check_name']}" for one in failed)


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([TOOLS / tool, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
