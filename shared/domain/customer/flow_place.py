"""Where a customer is in a flow: kept with their contact, or signed as a token."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain.times import from_iso, iso


@dataclass(frozen=True, slots=True)
class Collected:
    """What the customer answered to a step of a flow."""

    step: str
    value: str


@dataclass(frozen=True, slots=True)
class FlowPlace:
    """Where a customer is in a flow. `version` is that of the settings it began with, `asked` the number of
    the entry that asked last, `until` when a person is called for who does not answer. `intent` is what they
    want, as the last step said that knew, `language` the one they chose on the phone ("" for none).
    """

    flow: str
    version: int
    step: str
    until: datetime
    tries: int = 0
    turns: int = 0
    asked: int = 0
    collected: tuple[Collected, ...] = ()
    intent: str = ""
    language: str = ""


def packed(place: FlowPlace) -> list[object]:
    """The place as plain values, for who keeps it outside."""
    kept = [[one.step, one.value] for one in place.collected]
    told: list[object] = [place.flow, place.version, place.step, iso(place.until)]
    return [*told, place.tries, place.turns, place.asked, kept, place.intent, place.language]


def unpacked(told: list[Any]) -> FlowPlace:
    """The same back; what an older place did not know yet may be missing at the end."""
    flow, version, step, until, tries, turns, asked, kept, *found_out = told
    collected = tuple(Collected(*one) for one in kept)
    return FlowPlace(flow, version, step, from_iso(until), tries, turns, asked, collected, *found_out)
