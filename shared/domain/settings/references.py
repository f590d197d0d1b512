"""Names in the settings that stand for something else in them: it has to be there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.domain.queue import AGENT_ORDER, Queue
from shared.domain.settings.document import Document
from shared.domain.settings.names import unknown
from shared.domain.settings.problem import Path, Problem, problem
from shared.domain.staffing import Profile, Rule, When

CHANNEL, LANGUAGE = "channel", "language"
FACTS = (CHANNEL, LANGUAGE, "location", "intent", "tier")


@dataclass(frozen=True, slots=True)
class Known:
    """The names that exist."""

    queues: Sequence[str]
    skills: Sequence[str]
    profiles: Sequence[str]
    channels: Sequence[str]
    languages: Sequence[str]


def references(told: Document, channels: Sequence[str]) -> Iterator[Problem]:
    centre = told.centre
    known = Known(
        [one.name for one in centre.queues],
        [one.name for one in centre.skills],
        [one.name for one in centre.profiles],
        channels,
        centre.languages,
    )
    for place, queue in enumerate(centre.queues):
        yield from _of_queue(("queues", str(place)), queue, known)
    for place, profile in enumerate(centre.profiles):
        yield from _of_profile(("profiles", str(place)), profile, known)
    for place, rule in enumerate(centre.rules):
        yield from _of_rule(("rules", str(place)), rule, known)
    for place, member in enumerate(told.members):
        path = ("agents", str(place))
        yield from unknown((*path, "profile"), "no_profile", [member.profile], known.profiles)
        yield from unknown((*path, "skills"), "no_skill", (one.skill for one in member.skills), known.skills)


def _of_queue(path: Path, queue: Queue, known: Known) -> Iterator[Problem]:
    yield from unknown((*path, "needs"), "no_skill", (one.skill for one in queue.needs), known.skills)
    yield from unknown((*path, "channels"), "no_channel", queue.channels, known.channels)
    yield from unknown((*path, "agent_order"), "no_order", queue.agent_order, AGENT_ORDER)
    places = [*known.queues, *known.channels]
    yield from unknown((*path, "alternatives"), "no_alternative", queue.alternatives, places)
    for place, ring in enumerate(queue.rings):
        at = (*path, "rings", str(place))
        yield from unknown((*at, "drop"), "no_skill", ring.drop, known.skills)
        yield from unknown((*at, "admit"), "no_profile", ring.admit, known.profiles)
    for name in (name for name in queue.succeeds if name in known.queues):
        yield problem((*path, "succeeds"), "not_gone", name=name)


def _of_profile(path: Path, profile: Profile, known: Known) -> Iterator[Problem]:
    yield from unknown((*path, "queues"), "no_such_queue", profile.queues, known.queues)
    yield from unknown(
        (*path, "limits"), "no_channel", (one.channel for one in profile.limits), known.channels
    )
    told = [name for one in profile.interrupts for name in (one.channel, *one.over)]
    yield from unknown((*path, "interrupts"), "no_channel", told, known.channels)
    if not profile.queues:
        yield problem((*path, "queues"), "profile_of_nothing", name=profile.name)


def _of_rule(path: Path, rule: Rule, known: Known) -> Iterator[Problem]:
    yield from unknown((*path, "needs"), "no_skill", (one.skill for one in rule.needs), known.skills)
    if rule.queue:
        yield from unknown((*path, "queue"), "no_such_queue", [rule.queue], known.queues)
    if not (rule.queue or rule.needs or rule.priority):
        yield problem(path, "rule_of_nothing")
    for when in rule.when:
        yield from _of_when((*path, "when"), when, known)


def _of_when(path: Path, when: When, known: Known) -> Iterator[Problem]:
    yield from unknown(path, "no_fact", [when.fact], FACTS)
    if not when.values:
        yield problem(path, "no_value", name=when.fact)
    if when.fact == CHANNEL:
        yield from unknown(path, "no_channel", when.values, known.channels)
    if when.fact == LANGUAGE:
        yield from unknown(path, "no_language", when.values, known.languages)
