"""Where a contact waits, what it asks for and how urgent it is: its facts by the rules of the settings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.domain.centre import Centre
from shared.domain.queue import Need, Queue
from shared.domain.staffing import Rule

FACTS = ("channel", "language", "location", "intent", "tier")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a contact when it begins to wait; "" for what is not. `location` is the region of a
    phone number (KR), `intent` what a flow found out, `tier` that of the customer's profile.
    """

    channel: str
    language: str = ""
    location: str = ""
    intent: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """`unknown` are the facts that a rule asks for and nobody knows: they added no need."""

    queue: str
    needs: tuple[Need, ...]
    priority: int
    unknown: tuple[str, ...] = ()


def placed(facts: Facts, centre: Centre, chosen: str = "") -> Placed:
    """`chosen` is the queue that a flow, an agent or the case has named: it comes before those of the rules.
    A queue that does not take the channel gives way to the next named one, then to the first that does.
    """
    rules = [rule for rule in centre.rules if holds(rule, facts)]
    queue = _queue([chosen, *(rule.queue for rule in rules)], facts.channel, centre)
    needs = merged(queue.needs, *(rule.needs for rule in rules))
    priority = next((rule.priority for rule in rules if rule.priority), queue.priority)
    return Placed(queue.name, needs, priority, tuple(_unknown(facts, centre)))


def holds(rule: Rule, facts: Facts) -> bool:
    """Whether each fact that the rule names is known and has one of its values."""
    known = ((_value(when.fact, facts), when.values) for when in rule.when)
    return all(value and value in values for value, values in known)


def asks_for(centre: Centre, fact: str) -> bool:
    """Whether a rule speaks of this fact: what no rule asks for need not be read."""
    return any(when.fact == fact for rule in centre.rules for when in rule.when)


def merged(*needs: Iterable[Need]) -> tuple[Need, ...]:
    """Each skill once, at the highest level anybody asks for, in the order of their names."""
    levels: dict[str, int] = {}
    for need in (one for some in needs for one in some):
        levels[need.skill] = max(need.level, levels.get(need.skill, 0))
    return tuple(Need(skill, levels[skill]) for skill in sorted(levels))


def spelled(needs: Iterable[Need]) -> str:
    """The needs as one word of an entry's facts: `english.3+refund.1`."""
    return "+".join(f"{need.skill}.{need.level}" for need in needs)


def _queue(named: list[str], channel: str, centre: Centre) -> Queue:
    wanted = [centre.queue_of(name) for name in named if name]
    ahead = (*wanted, centre.queue, *centre.queues)
    return next((queue for queue in ahead if takes(queue, channel)), ahead[0])


def takes(queue: Queue, channel: str) -> bool:
    """A queue that names no channels takes them all."""
    return not queue.channels or channel in queue.channels


def _unknown(facts: Facts, centre: Centre) -> Iterator[str]:
    return (fact for fact in FACTS if asks_for(centre, fact) and not _value(fact, facts))


def _value(fact: str, facts: Facts) -> str:
    """A fact that a later version of the settings knows is unknown here."""
    return str(getattr(facts, fact)) if fact in FACTS else ""
