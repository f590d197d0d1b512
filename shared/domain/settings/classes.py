"""Which classes of contacts may wait, by queue, channel and needs; and whether anybody can serve them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from shared.domain.centre import Centre
from shared.domain.queue import Need, Queue
from shared.domain.settings.document import Document
from shared.domain.settings.problem import Problem, problem
from shared.domain.settings.references import CHANNEL
from shared.domain.settings.widening import overflows
from shared.domain.staffing import Rule

MOST_CLASSES = 256  # of a pool
MOST_CASES = 50_000  # combinations of facts that are looked at; rules with more of them are too many
Needs = tuple[Need, ...]
Able = tuple[str, Mapping[str, int]]  # a profile and the skills that some agents have with it


def too_many(told: Document, channels: Sequence[str]) -> Iterator[Problem]:
    """More classes than a pool may have."""
    centre, by_channel = told.centre, {one: needs_of_rules(told.centre, one) for one in channels}
    for pool in centre.pools:
        own = [queue for queue in centre.queues if queue.pool == pool]
        count = sum(len(set(of_queue(queue, by_channel))) for queue in own)
        if count > MOST_CLASSES or any(not some for some in by_channel.values()):
            yield problem(("rules",), "too_many_classes", pool=pool, most=MOST_CLASSES)


def unserved(told: Document, channels: Sequence[str]) -> Iterator[Problem]:
    """Classes that no named agent can serve, in the widest ring of their queue or where it overflows to."""
    if not told.members:
        return
    by_channel = {one: needs_of_rules(told.centre, one) for one in channels}
    queues = {one.name: one for one in told.centre.queues}
    able = [(profile, _levels(skills)) for profile, skills in {(m.profile, m.skills) for m in told.members}]
    for place, queue in enumerate(told.centre.queues):
        chain = [queue, *overflows(queue, queues)]
        for channel, needs in of_queue(queue, by_channel):
            if not any(_served(one, needs, told.centre, able) for one in chain):
                said = ", ".join(f"{need.skill} {need.level}" for need in needs)
                path = ("queues", str(place))
                yield problem(path, "unserved", queue=queue.name, channel=channel, needs=said or "–")
                break


def of_queue(queue: Queue, by_channel: Mapping[str, Sequence[Needs]]) -> Iterator[tuple[str, Needs]]:
    for channel, found in by_channel.items():
        if not queue.channels or channel in queue.channels:
            yield from dict.fromkeys((channel, together(queue.needs, needs)) for needs in found)


def needs_of_rules(centre: Centre, channel: str) -> tuple[Needs, ...]:
    """What the rules may add to a contact of this channel, each set once; none where they are too many."""
    rules = [rule for rule in centre.rules if rule.needs and _may_hold(rule, channel)]
    left = _left_by_fact(rules)
    found: dict[Needs, None] = {}
    for case in product(*left) if prod(map(len, left)) <= MOST_CASES else ():
        holding = (rule for place, rule in enumerate(rules) if all(place in some for some in case))
        found[together(*(rule.needs for rule in holding))] = None
    return tuple(found)


def together(*all_needs: Needs) -> Needs:
    """Needs from several places: of one skill the highest level counts."""
    levels: dict[str, int] = {}
    for need in (need for needs in all_needs for need in needs):
        levels[need.skill] = max(need.level, levels.get(need.skill, 0))
    return tuple(Need(skill, level) for skill, level in sorted(levels.items()))


def _may_hold(rule: Rule, channel: str) -> bool:
    return all(channel in when.values for when in rule.when if when.fact == CHANNEL)


def _left_by_fact(rules: Sequence[Rule]) -> list[list[frozenset[int]]]:
    """For each fact the rules that a value leaves possible; values that leave the same ones are one."""
    facts = {when.fact for rule in rules for when in rule.when if when.fact != CHANNEL}
    return [_left(fact, rules) for fact in sorted(facts)]


def _left(fact: str, rules: Sequence[Rule]) -> list[frozenset[int]]:
    values = {value for rule in rules for when in rule.when if when.fact == fact for value in when.values}
    told = [*sorted(values), None]  # None: any other value
    return sorted({_holding(fact, value, rules) for value in told}, key=sorted)


def _holding(fact: str, value: str | None, rules: Sequence[Rule]) -> frozenset[int]:
    asked = {place: [w for w in rule.when if w.fact == fact] for place, rule in enumerate(rules)}
    return frozenset(place for place, whens in asked.items() if all(value in w.values for w in whens))


def _served(queue: Queue, needs: Needs, centre: Centre, able: Iterable[Able]) -> bool:
    """By some agent, in the queue's widest ring."""
    dropped = {skill for ring in queue.rings for skill in ring.drop}
    admitted = {name for ring in queue.rings for name in ring.admit}
    serving = {one.name for one in centre.profiles if queue.name in one.queues} | admitted
    left = [need for need in needs if need.skill not in dropped]
    return any(
        profile in serving and all(levels.get(need.skill, 0) >= need.level for need in left)
        for profile, levels in able
    )


def _levels(skills: Needs) -> Mapping[str, int]:
    return {one.skill: one.level for one in skills}
