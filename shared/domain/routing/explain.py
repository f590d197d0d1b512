"""The record of an offer: the choice as codes and numbers, and the choice made again from it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.domain.queue import OWNER, PREFERRED, Need
from shared.domain.routing.choice import Candidate, Choice
from shared.domain.routing.order import Figures, decided_by, place_in_order
from shared.domain.times import from_iso, iso

ALONE, ONLY = "alone", "only"  # the only one they waited for; the only one who fitted
LIMIT = 1024  # bytes of a record


def rule_of(choice: Choice) -> str:
    """What put the asked agent before the others, as a stable word."""
    first, *others = choice.ranked
    if choice.alone:
        return ALONE
    if first.figures.owner:
        return OWNER
    if first.figures.preferred:
        return PREFERRED
    return beaten_by(choice, others[0]) if others else ONLY


def beaten_by(choice: Choice, other: Candidate) -> str:
    """The rule by which a runner-up came behind."""
    return decided_by(choice.order, choice.ranked[0].figures, other.figures)


def chosen_again(choice: Choice) -> str:
    """The agent whom the recorded figures give the offer to; "" where nobody recorded fits the needs."""
    asked = {need.skill: need.level for need in choice.needs if need.skill not in choice.dropped}
    fitting = [one for one in choice.ranked if choice.alone or one.figures.owner or _fits(choice, one, asked)]
    first = min(
        fitting, key=lambda one: place_in_order(choice.order, one.figures, one.agent_id), default=None
    )
    return first.agent_id if first else ""


def record(choice: Choice) -> str:
    """JSON of at most LIMIT bytes: where names are too long for it, without the last runner-up."""
    text = json.dumps(_written(choice), ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) <= LIMIT or len(choice.ranked) == 1:
        return text
    return record(replace(choice, ranked=choice.ranked[:-1]))


def read_record(text: str) -> Choice:
    """Raises ValueError or KeyError for what is no record."""
    told = json.loads(text)
    needs = tuple(Need(skill, level) for skill, level in told["needs"])
    ranked = tuple(_candidate(one, told["levels"][n]) for n, one in enumerate(told["ranked"]))
    plain = {name: told[name] for name in PLAIN}
    return Choice(
        **plain, needs=needs, dropped=tuple(told["dropped"]), order=tuple(told["order"]), ranked=ranked
    )


PLAIN = ("queue", "channel", "ring", "age_s", "waiting", "more", "free", "version", "alone")


def _written(choice: Choice) -> Mapping[str, Any]:
    return {name: getattr(choice, name) for name in PLAIN} | {
        "needs": [(need.skill, need.level) for need in choice.needs],
        "dropped": choice.dropped,
        "order": choice.order,
        "ranked": [_figures(one) for one in choice.ranked],
        "levels": [one.levels for one in choice.ranked],
    }


def _figures(one: Candidate) -> tuple[Any, ...]:
    """By position, as three of them share the space."""
    told = one.figures
    named = int(told.owner), int(told.preferred)
    return one.agent_id, *named, told.classes, told.breadth, told.proficiency, iso(told.since)


def _candidate(told: tuple[Any, ...], levels: list[int]) -> Candidate:
    agent_id, owner, preferred, classes, breadth, proficiency, since = told
    figures = Figures(bool(owner), bool(preferred), classes, breadth, proficiency, from_iso(since))
    return Candidate(agent_id, figures, tuple(levels))


def _fits(choice: Choice, one: Candidate, asked: Mapping[str, int]) -> bool:
    levels = dict(zip((need.skill for need in choice.needs), one.levels, strict=True))
    return all(levels[skill] >= level for skill, level in asked.items())
