"""CPU of a fresh process up to the end of its first event, against one that imports boto3 and makes the same
calls with the same clients. Compiled code on both sides, as the bundles ship it.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median
from typing import Any

from shared.adapters import codec
from tests.bench.canned import Canned
from tests.bench.first_events import First, first_events
from tests.bench.loopback import Loopback
from tests.bench.measure import tell, within
from tests.bench.processes import FLOOR, OURS, check, environment, finished, process
from tests.support.webhooks import SECRET

ROUNDS = 5  # of doors, and of whoever seems slow; one look is enough for the others
NEAR = 0.8
DOORS = {"SmsWebhook"}
LIMIT, DOOR_LIMIT, EXPORTER_LIMIT = 2.0, 1.4, 3.0

# Why a function imports what it imports: whoever adds a package says so here.
WHY = {
    "aws_lambda_powertools": "log lines and figures",
    "jmespath": "botocore and Powertools",
    "typing_extensions": "Powertools",
    "botocore": "requests to AWS, signed",
    "urllib3": "HTTP, of botocore and to providers",
    "dateutil": "botocore",
    "six": "dateutil",
    "msgspec": "JSON into values and back",
    "pynamodb": "keys, conditions and pages of the table",
    "phonenumbers": "numbers in one form",
    "chalice": "routes of the staff API",
    "duckdb": "report files",
    "certifi": "botocore, where it is installed",
}


@dataclass(frozen=True, slots=True)
class Start:
    """CPU seconds of both sides, round by round, and ms of import by package."""

    ours: tuple[float, ...]
    floor: tuple[float, ...]
    packages: Mapping[str, float]

    @property
    def ratio(self) -> float:
        return median(mine / theirs for mine, theirs in zip(self.ours, self.floor, strict=True))


def bench_no_function_starts_much_slower_than_boto3() -> None:
    with Loopback() as loopback:
        starts = {name: _start(first, loopback) for name, first in first_events().items()}

    tell("cold_start", _told(starts))
    for name, start in starts.items():
        within(f"cold start of {name}", start.ratio, limit(name))
    unexplained = {p for start in starts.values() for p in start.packages if p not in WHY}
    assert not unexplained, f"why are these imported: {unexplained}?"


def _start(first: First, loopback: Loopback) -> Start:
    """The first run, which is not measured, compiles, lists the calls and says what is imported."""
    loopback.canned = Canned(dict(first.table), codec.encode({**SECRET, "key": "visitors-key"}))
    loopback.calls.clear()
    around = environment(first.variables, loopback.url)
    ours = json.dumps({"handler": first.handler, "event": first.event}).encode()
    if first.function in DOORS:
        finished(process(OURS, ours, around))  # everybody after the first finds the files read and compiled
        loopback.calls.clear()
    packages = _imports(ours, around)
    floor = json.dumps([_again(*call, loopback.url) for call in loopback.calls]).encode()
    rounds = [_pair(ours, floor, around)]
    if first.function in DOORS or rounds[0][0] > NEAR * limit(first.function) * rounds[0][1]:
        rounds += [_pair(ours, floor, around) for _ in range(ROUNDS - 1)]
    mine, theirs = zip(*rounds, strict=True)
    return Start(mine, theirs, packages)


def limit(function: str) -> float:
    if function in DOORS:
        return DOOR_LIMIT
    return EXPORTER_LIMIT if function == "ReportExporter" else LIMIT


def _again(service: str, operation: str, told: dict[str, Any], url: str) -> tuple[str, str, dict[str, Any]]:
    return (service, "", {"url": url + operation}) if service == "http" else (service, operation, told)


def _pair(ours: bytes, floor: bytes, around: Mapping[str, str]) -> tuple[float, float]:
    """Side by side, so that both meet the machine in the same mood."""
    first, second = process(OURS, ours, around), process(FLOOR, floor, around)
    return finished(first), finished(second)


def _imports(told: bytes, around: Mapping[str, str]) -> dict[str, float]:
    """Milliseconds of importing by third-party package, itself alone, as `-X importtime` has them."""
    started = process(OURS, told, around, "-X", "importtime")
    assert started.stdout and started.stderr
    out, lines = started.stdout.read(), started.stderr.read().decode()
    assert started.wait() == 0, lines[-2000:]
    check(out.decode())
    found: Counter[str] = Counter()
    for own, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", lines):
        package = name.partition(".")[0]
        if package not in sys.stdlib_module_names and not package.startswith("_"):
            found[package] += int(own)
    ours = ("functions", "shared")
    return {n: micro / 1000 for n, micro in found.most_common() if n not in ours and find_spec(n)}


def _told(starts: Mapping[str, Start]) -> str:
    rows = [
        f"| {name} | {median(s.ours) * 1000:.0f} | {median(s.floor) * 1000:.0f} | {s.ratio:.2f} "
        f"| {sum(s.packages.values()):.0f} | {_packages(s)} |"
        for name, s in starts.items()
    ]
    why = "\n".join(f"- {name}: {reason}" for name, reason in WHY.items() if _used(name, starts))
    head = "| function | ms of CPU | boto3, same calls | ratio | importing | of it, ms by package |"
    rows.insert(0, "| --- | --- | --- | --- | --- | --- |")
    return "\n".join((head, *rows)) + f"\n\n{why}\n"


def _packages(start: Start) -> str:
    return ", ".join(f"{name} {ms:.0f}" for name, ms in start.packages.items() if ms >= 1)


def _used(name: str, starts: Mapping[str, Start]) -> bool:
    return any(name in start.packages for start in starts.values())
