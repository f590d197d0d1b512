"""checkov: known weaknesses of resources."""

import json
from typing import Any

from infra.opinions.finding import Finding
from infra.opinions.lint import WRITTEN
from infra.opinions.tools import OWN, told

HOW = (
    "--framework",
    "cloudformation",
    "--output",
    "json",
    "--quiet",
    "--compact",
    "--soft-fail",
    "--skip-download",
)


def look() -> list[Finding]:
    files = [option for file in WRITTEN for option in ("--file", str(file))]
    report: Any = json.loads(told(OWN, "checkov", *files, *HOW))
    report = report if isinstance(report, dict) else report[0]
    results = report["results"]
    unread = [Finding("unread", "", file) for file in results.get("parsing_errors", ())]
    return unread + [
        Finding(one["check_id"], one["resource"].rpartition(".")[2], one["check_name"])
        for one in results["failed_checks"]
    ]
