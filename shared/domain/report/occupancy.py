"""Occupancy: how much of their available time agents were on contacts, by the clock and not by the contact.

Three conversations at once are one stretch of time, which no sum of handle times can tell. So it is
made of the day's facts: each says what ended and how long it had lasted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from shared.domain.report.formulas import dictionary_term
from shared.domain.routing.staff import Presence
from shared.domain.times import from_iso, milliseconds

Span = tuple[int, int]  # milliseconds since the beginning of the day
Line = Mapping[str, object]
LASTED = {
    "CaseClosed": "handle_ms",
    "CaseSnoozed": "handle_ms",
    "InteractionQueued": "handle_ms",
    "Transferred": "handle_ms",
    "ConsultEnded": "handle_ms",
    "WrappedUp": "wrap_ms",
    "Assigned": "rang_ms",
    "OfferEnded": "rang_ms",
    "PresenceChanged": "lasted_ms",
}
NEEDS = frozenset({"line", "name", "at", "agent", "before", *LASTED.values()})  # of a line
TERMS = (
    dictionary_term(
        "agent_available_time", "seconds", "sum", "time in Available that has ended, within the day"
    ),
    dictionary_term("agent_on_contact_time", "seconds", "sum", "of it, with at least one contact accepted"),
    dictionary_term("agent_idle_time", "seconds", "sum", "of it, with no contact and nothing ringing"),
    dictionary_term(
        "occupancy",
        "percent",
        "100 * agent_on_contact_time / (agent_on_contact_time + agent_idle_time)",
        "one contact is fully occupied; contacts that are still open at the time of the export are not in it",
    ),
)


def occupancy(lines: Iterable[Line], begin: datetime, end: datetime) -> Iterator[dict[str, object]]:
    """A row for each agent who was available in the span, by name of agent."""
    agents: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for agent, what, span in _spans(lines, begin, milliseconds(end - begin)):
        agents[agent][what].append(span)
    for agent, spans in sorted(agents.items()):
        if spans["available"]:
            yield {"agent": agent, **_row(spans)}


def _row(spans: Mapping[str, list[Span]]) -> dict[str, object]:
    available, contact = merged(spans["available"]), merged(spans["contact"])
    busy = merged([*contact, *spans["ringing"]])
    on_contact, there = _total(common(available, contact)), _total(available)
    idle = there - _total(common(available, busy))
    share = round(100 * on_contact / (on_contact + idle), 4) if on_contact + idle else None
    return {
        "agent_available_time": there / 1000,
        "agent_on_contact_time": on_contact / 1000,
        "agent_idle_time": idle / 1000,
        "occupancy": share,
    }


def _spans(lines: Iterable[Line], begin: datetime, length: int) -> Iterator[tuple[str, str, Span]]:
    for line in lines:
        lasted = line.get(LASTED.get(str(line["name"]), ""))
        if not isinstance(lasted, int) or not line.get("agent"):
            continue
        until = milliseconds(from_iso(str(line["at"])) - begin)
        span = (max(until - lasted, 0), min(until, length))
        if span[0] < span[1] and (what := _what(line)):
            yield str(line["agent"]), what, span


def _what(line: Line) -> str:
    if line["name"] == "PresenceChanged":
        return "available" if line.get("before") == Presence.AVAILABLE else ""
    return "ringing" if LASTED[str(line["name"])] == "rang_ms" else "contact"


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps, in order."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def common(one: Iterable[Span], other: list[Span]) -> list[Span]:
    """What lies in both; each is merged."""
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return [(start, end) for start, end in pairs if start < end]


def _total(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)
