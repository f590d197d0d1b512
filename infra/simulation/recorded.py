"""A day as it was recorded: who came, who was there, and what became of them. Seconds since it began."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from infra.simulation.facts import Line
from shared.domain.queue import Need
from shared.domain.report.occupancy import NEEDS, occupancy
from shared.domain.routing.explain import read_record
from shared.domain.routing.staff import Presence
from shared.domain.times import from_iso

ENDS = frozenset({"CaseClosed", "InteractionEnded", "InteractionQueued"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """`needs` are known of contacts that were offered. `waited` is None for one that waited past midnight,
    `handled` for one whose agent still had it then.
    """

    id: str
    at: float
    queue: str
    channel: str
    needs: tuple[Need, ...] = ()
    waited: float | None = None
    gave_up: bool = False
    handled: float | None = None


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """`here` are spans in which an agent was available; `rang` the seconds that accepted offers rang."""

    contacts: tuple[Recorded, ...]
    here: tuple[tuple[str, float, float], ...]
    rang: tuple[float, ...]
    offers: int
    not_taken: int
    occupancy: float | None

    @property
    def declined(self) -> float:
        """The share of offers that were declined or ran out."""
        return self.not_taken / self.offers if self.offers else 0.0


def recorded_day(lines: Iterable[Line], begin: datetime, end: datetime) -> RecordedDay:
    """What the facts of a day tell. A contact counts from the first time it was queued; whoever lost their
    agent and waited again is handled as long as all their agents had them.
    """
    told = sorted(lines, key=lambda line: (line["at"], line["seq"]))
    named = [line["name"] for line in told]
    not_taken = [line for line in told if line["name"] == "OfferEnded" and line["how"] != "withdrawn"]
    return RecordedDay(
        contacts=tuple(_contacts(told, begin).values()),
        here=tuple(_here(told, begin, end)),
        rang=tuple(line["rang_ms"] / 1000 for line in told if line["name"] == "Assigned"),
        offers=named.count("OfferMade"),
        not_taken=len(not_taken),
        occupancy=_occupancy(told, begin, end),
    )


def _contacts(told: Iterable[Line], begin: datetime) -> Mapping[str, Recorded]:
    found: dict[str, Recorded] = {}
    for line in told:
        id = line["interaction_id"]
        if line["name"] == "InteractionQueued" and id not in found:
            found[id] = Recorded(id, _second(line, begin), line["queue"], line["channel"])
        elif id in found:
            found[id] = _with(found[id], line, begin)
    return found


def _with(one: Recorded, line: Line, begin: datetime) -> Recorded:
    name, waited = line["name"], _second(line, begin) - one.at
    if name == "OfferMade" and line.get("record"):
        one = replace(one, needs=read_record(line["record"]).needs)
    if name == "Assigned" and one.waited is None:
        one = replace(one, waited=waited)
    if name in ENDS and isinstance(line.get("handle_ms"), int):
        one = replace(one, handled=(one.handled or 0.0) + line["handle_ms"] / 1000)
    if name in ENDS and line.get("abandoned") and one.waited is None:
        one = replace(one, waited=waited, gave_up=True)
    return one


def _here(told: Iterable[Line], begin: datetime, end: datetime) -> Iterator[tuple[str, float, float]]:
    """Spans in Available; one that had not ended when the day did lasts until then."""
    length, since = (end - begin).total_seconds(), dict[str, float]()
    for line in told:
        if line["name"] != "PresenceChanged":
            continue
        at, agent = _second(line, begin), line["agent"]
        if line["before"] == Presence.AVAILABLE:
            yield agent, since.pop(agent, max(0.0, at - line["lasted_ms"] / 1000)), at
        if line["after"] == Presence.AVAILABLE:
            since[agent] = at
    for agent, at in since.items():
        yield agent, at, length


def _occupancy(told: Iterable[Line], begin: datetime, end: datetime) -> float | None:
    """Of all agents together, by the formula of the reports."""
    kept = [{name: line.get(name) for name in NEEDS} for line in told]
    rows = list(occupancy(kept, begin, end))
    busy = sum(float(str(row["agent_on_contact_time"])) for row in rows)
    idle = sum(float(str(row["agent_idle_time"])) for row in rows)
    return busy / (busy + idle) if busy + idle else None


def _second(line: Line, begin: datetime) -> float:
    return (from_iso(line["at"]) - begin).total_seconds()
