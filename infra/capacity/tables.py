"""The capacity as a table for people (Markdown)."""

from infra.capacity import load
from infra.capacity.hops import RAISED, Hop, first, hops
from infra.capacity.quotas import DATE, QUOTAS
from infra.cost.tables import table

REGION = "us-east-1"


def told(region: str = REGION) -> str:
    usual, raised = hops(region), hops(region, RAISED)
    named = ", ".join(f"{name} {value:,}" for name, value in RAISED.items())
    parts = (
        f"Pairs (a message in and one out) a second in {region}, by the template and by the quotas that "
        f"AWS published until {DATE}. A case has {load.CASE} messages each way, a reply {load.STATES} "
        f"delivery states. Counted by `python -m infra.capacity {region}`.",
        per_hop(usual, raised),
        f"With defaults on a mature account: {_narrowest(usual)}. With {named}: {_narrowest(raised)}.",
        "The quotas:",
        quotas(region),
    )
    return "\n\n".join(parts) + "\n"


def per_hop(usual: list[Hop], raised: list[Hop]) -> str:
    then = {hop.name: hop for hop in raised}
    rows = [
        (
            hop.name,
            f"{hop.pairs:,.0f}",
            f"{then[hop.name].pairs:,.0f}",
            hop.bound,
            hop.by if hop.held else f"{hop.by} (not held)".strip(),
        )
        for hop in usual
    ]
    return table(("hop", "pairs a second", "raised", "bound by", "to be raised"), rows)


def quotas(region: str) -> str:
    rows = [
        (quota.name, f"{quota.of(region):,}", "yes" if quota.raised else "no", quota.source)
        for quota in QUOTAS.values()
    ]
    return table(("quota", region, "can be raised", "page"), rows)


def _narrowest(found: list[Hop]) -> str:
    hop = first(found)
    return f"{hop.pairs:,.0f}, first bottleneck {hop.name}"
