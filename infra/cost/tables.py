"""The counts as tables for people (Markdown)."""

from collections.abc import Iterable, Mapping, Sequence

from infra.cost import starts
from infra.cost.idle import MINUTES, idle_month
from infra.cost.loads import Load, Units, measured, merged_file
from infra.cost.prices import DATE, NAMES, PRICES
from infra.cost.units import cost

THOUSAND = 1000
# USD per 1,000 that a kind may cost: ten together, one at a time.
LIMITS = {
    "inbound message": (0.015, 0.025),
    "picture by MMS": (0.022, 0.033),
    "agent reply": (0.014, 0.024),
    "delivery state": (0.004, 0.008),
}
LARGEST = 4
# X-Ray records the first request of each second and a twentieth of the others; it is told apart because it
# can be turned off, and because the first 100,000 a month are free.
TRACED = 0.05


def told() -> str:
    loads = measured()
    parts = (
        f"USD, list prices of us-east-1, {DATE}, no free tier. Together: ten at once, every batch full. "
        "Alone: one after another, every invocation gets one record. Counted by `python -m infra.cost`.",
        per_thousand(loads),
        f"X-Ray on top, where tracing is on: ${_traces(loads, 'together'):.4f} a thousand inbound messages "
        f"together; alone every invocation is recorded, ${_traces(loads, 'alone', 1):.3f}.",
        f"Raw files on top: ${THOUSAND * cost(merged_file()):.4f} a thousand, when their hour is merged. "
        "Together, one holds up to 100 facts; alone, each message makes one.",
        f"Index of texts on top: its file is read and written once for all of a minute, ${_text_file():.4f} "
        "a thousand where each comes in a minute of its own, "
        f"${MINUTES * _text_file() / THOUSAND:.2f} a month at most.",
        "Units of an inbound message and of a reply:",
        units(loads),
        "A month in which nobody writes:",
        month(idle_month()),
        starts.told(),
    )
    return "\n\n".join(parts) + "\n"


def _text_file() -> float:
    """A thousand writings of the file of the day."""
    return THOUSAND * (PRICES["s3_puts"] + PRICES["s3_gets"])


def per_thousand(loads: Mapping[str, Load]) -> str:
    rows = [
        (
            name,
            f"${THOUSAND * cost(load.together):.4f}",
            f"${THOUSAND * cost(load.alone):.4f}",
            _largest(load.together),
            _largest(load.alone),
        )
        for name, load in loads.items()
    ]
    return table(("1,000 of", "together", "alone", "largest together", "largest alone"), rows)


def units(loads: Mapping[str, Load]) -> str:
    said, answered = loads["inbound message"], loads["agent reply"]
    names = [name for name in PRICES if said.alone[name] or answered.alone[name]]
    columns = (said.together, said.alone, answered.together, answered.alone)
    rows = [(NAMES[name], *(f"{round(one[name], 2):g}" for one in columns)) for name in names]
    return table(("unit", "inbound, together", "alone", "reply, together", "alone"), rows)


def month(lines: Mapping[str, float]) -> str:
    rows = [(name, f"${amount:.2f}") for name, amount in lines.items() if amount >= 0.005]
    return table(("line", "a month"), [*rows, ("**together**", f"**${sum(lines.values()):.2f}**")])


def _largest(billed: Units) -> str:
    whole = cost(billed)
    shares = {name: PRICES[name] * number / whole for name, number in billed.items()}
    first = sorted(shares, key=lambda name: -shares[name])[:LARGEST]
    return ", ".join(f"{NAMES[name]} {shares[name]:.0%}" for name in first)


def _traces(loads: Mapping[str, Load], how: str, share: float = TRACED) -> float:
    invocations: float = getattr(loads["inbound message"], how)["lambda_requests"]
    return THOUSAND * PRICES["traces"] * share * invocations


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
