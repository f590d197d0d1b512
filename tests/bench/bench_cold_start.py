"""CPU of a fresh process up to the end of its first event, and of that event alone, against one that imports
boto3, makes its clients in INIT and makes the same calls. Compiled code on both sides, as in the bundles.
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

from infra.cost.centre import PROCESSOR, memory_of
from shared.adapters import codec
from tests.bench.canned import Canned
from tests.bench.first_events import First, first_events
from tests.bench.loopback import Loopback
from tests.bench.measure import tell, within
from tests.bench.processes import EARLY, FLOOR, OURS, Spent, check, environment, finished, process
from tests.support.webhooks import SECRET

ROUNDS = 5  # of doors, and of whoever seems slow; one look is enough for the others
NEAR = 0.8
BEFORE = 256  # MB every function had
DOORS = {"SmsWebhook"}
LIMIT, DOOR_LIMIT, EXPORTER_LIMIT = 2.0, 1.4, 3.0
# The first event after INIT against that of boto3 with its clients made: INIT has built what it should.
EVENT_LIMIT = 1.0
MAKES_TABLES = "ReportExporter"  # its event is work from end to end, first or not: it is not judged

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
    "nh3": "the HTML of mails, made safe",
    "selectolax": "the words of a mail's HTML",
    "charset_normalizer": "mails that name no charset",
    "filetype": "the type of a file by its content",
}


@dataclass(frozen=True, slots=True)
class Start:
    """What both sides spent, round by round, and we where nothing is built early; ms of import by package."""

    ours: tuple[Spent, ...]
    floor: tuple[Spent, ...]
    late: Spent
    packages: Mapping[str, float]

    @property
    def ratio(self) -> float:
        return median(m.whole / t.whole for m, t in zip(self.ours, self.floor, strict=True))

    @property
    def event_ratio(self) -> float:
        return median(m.event / t.event for m, t in zip(self.ours, self.floor, strict=True))


def bench_no_function_starts_much_slower_than_boto3() -> None:
    with Loopback() as loopback:
        starts = {name: _start(first, loopback) for name, first in first_events().items()}

    tell("cold_start", _told(starts))
    tell("first_event", _events(starts))
    for name, start in starts.items():
        within(f"cold start of {name}", start.ratio, limit(name))
        if name != MAKES_TABLES:
            within(f"first event of {name} after INIT", start.event_ratio, EVENT_LIMIT)
    unexplained = {p for start in starts.values() for p in start.packages if p not in WHY}
    assert not unexplained, f"why are these imported: {unexplained}?"


def _start(first: First, loopback: Loopback) -> Start:
    """The first run, which is not measured, compiles, lists the calls and says what is imported."""
    loopback.canned = Canned(dict(first.table), codec.encode({**SECRET, "key": "visitors-key"}))
    loopback.calls.clear()
    late = environment(first.variables, loopback.url)
    around = late | EARLY
    ours = json.dumps({"handler": first.handler, "event": first.event}).encode()
    if first.function in DOORS:
        finished(process(OURS, ours, around))  # everybody after the first finds the files read and compiled
        loopback.calls.clear()
    packages = _imports(ours, around)
    floor = json.dumps([_again(*call, loopback.url) for call in loopback.calls]).encode()
    rounds = [_pair(ours, floor, around)]
    if first.function in DOORS or _near(first.function, *rounds[0]):
        rounds += [_pair(ours, floor, around) for _ in range(ROUNDS - 1)]
    mine, theirs = zip(*rounds, strict=True)
    return Start(mine, theirs, finished(process(OURS, ours, late)), packages)


def _near(function: str, ours: Spent, floor: Spent) -> bool:
    """Whether one look is not enough."""
    slow = ours.whole > NEAR * limit(function) * floor.whole
    return slow or ours.event > NEAR * EVENT_LIMIT * floor.event


def limit(function: str) -> float:
    if function in DOORS:
        return DOOR_LIMIT
    return EXPORTER_LIMIT if function == "ReportExporter" else LIMIT


def _again(service: str, operation: str, told: dict[str, Any], url: str) -> tuple[str, str, dict[str, Any]]:
    return (service, "", {"url": url + operation}) if service == "http" else (service, operation, told)


def _pair(ours: bytes, floor: bytes, around: Mapping[str, str]) -> tuple[Spent, Spent]:
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
        f"| {name} | {_ms(s.ours, 'whole')} | {_ms(s.floor, 'whole')} | {s.ratio:.2f} "
        f"| {sum(s.packages.values()):.0f} | {_packages(s)} |"
        for name, s in starts.items()
    ]
    why = "\n".join(f"- {name}: {reason}" for name, reason in WHY.items() if _used(name, starts))
    head = "| function | ms of CPU | boto3, same calls | ratio | importing | of it, ms by package |"
    rows.insert(0, "| --- | --- | --- | --- | --- | --- |")
    return "\n".join((head, *rows)) + f"\n\n{why}\n"


def _events(starts: Mapping[str, Start]) -> str:
    rows = [
        "| function | built late | built in INIT | boto3's, clients in INIT | ratio | late, at 256 MB "
        "| now, at its memory |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, s in starts.items():
        memory = memory_of(name)
        first = median(spent.event for spent in s.ours)
        rows.append(
            f"| {name} | {s.late.event * 1000:.0f} | {first * 1000:.0f} | {_ms(s.floor, 'event')} "
            f"| {s.event_ratio:.2f} | {_at(s.late.event, BEFORE)} | {_at(first, memory)} at {memory} MB |"
        )
    return "\n".join(rows) + "\n"


def _ms(spent: tuple[Spent, ...], what: str) -> str:
    return f"{median(getattr(one, what) for one in spent) * 1000:.0f}"


def _at(seconds: float, megabytes: int) -> str:
    """Milliseconds on a function's share of a processor."""
    return f"{seconds * 1000 * max(1, PROCESSOR / megabytes):.0f}"


def _packages(start: Start) -> str:
    return ", ".join(f"{name} {ms:.0f}" for name, ms in start.packages.items() if ms >= 1)


def _used(name: str, starts: Mapping[str, Start]) -> bool:
    return any(name in start.packages for start in starts.values())
