"""cfn-lint: the template as it is written, and as the SAM transform leaves it, against AWS's own schemas."""

import json
from collections.abc import Iterable
from pathlib import Path

from infra.local.template import STACKS, TEMPLATE
from infra.opinions.finding import Finding
from infra.opinions.tools import BESIDE, told

# Those that our tests and pages name: the cheapest one, the demo's, and one in Europe.
REGIONS = ("us-east-1", "ap-northeast-2", "eu-west-1")
WRITTEN = (TEMPLATE, *STACKS)


def look(files: Iterable[Path] = WRITTEN) -> list[Finding]:
    """Every kind of finding: errors, warnings, and what is only a hint."""
    said = told(BESIDE, "cfn-lint", "--format", "json", "--include-checks", "I", "--regions", *REGIONS,
                "--", *map(str, files))  # fmt: skip
    found = json.loads(said or "[]")
    return [Finding(one["Rule"]["Id"], _where(one), one["Message"]) for one in found]


def _where(one: dict[str, dict[str, list[str] | None]]) -> str:
    path = [str(part) for part in one["Location"]["Path"] or ()]
    return path[1] if path[:1] == ["Resources"] else ".".join(path)
