"""What a fact adds to the figures and to the ledger. Pure: the same fact always adds the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domain.centre import Centre
from shared.domain.change import Add
from shared.domain.channel.receipt import Tally
from shared.domain.report.counting_legs import Amounts, count, let_go, word
from shared.domain.report.counting_rules import RULES
from shared.domain.report.figures import Figure
from shared.domain.routing.staff import Presence
from shared.domain.timeline.bus_facts import Fact
from shared.domain.times import local_day, local_hour, milliseconds

HOUR = timedelta(hours=1)
LONGEST_PRESENCE = timedelta(hours=48)

# These repeat the data of an entry whose own fact was counted at the door already.
NOT_FROM_A_DOOR = frozenset({"CaseOpened", "InteractionQueued", "DeliveryFailed", "Complained"})

PRESENCES: dict[str, str] = {
    Presence.AVAILABLE: "available_ms",
    Presence.BREAK: "break_ms",
    Presence.MEAL: "meal_ms",
    Presence.TRAINING: "training_ms",
}


def count_fact(fact: Fact, centre: Centre) -> tuple[Add, ...]:
    """What the fact adds; nothing for a name that no figure is made of. Raises Rejected on a bad measure."""
    return (*OF_THEIR_OWN.get(fact.name, _counted)(fact, centre), *_tally(fact, centre))


def together(adds: Iterable[Add]) -> tuple[Add, ...]:
    """One Add per item, in order of first appearance."""
    sums: dict[object, Amounts] = {}
    for add in adds:
        into = sums.setdefault(add.item, {})
        for name, amount in add.amounts.items():
            into[name] = into.get(name, 0) + amount
    return tuple(Add(item, amounts) for item, amounts in sums.items())


# Facts for who finds and lists cases: no figure is made of them.
NOT_COUNTED = ("NoteAdded", "CaseTagged", "CaseWoken", "ProfileChanged")


def _counted(fact: Fact, centre: Centre) -> tuple[Add, ...]:
    if fact.name not in RULES:
        return ()
    amounts = {name: n for name, n in RULES[fact.name](fact, centre).items() if n}
    figure = _figure(fact.at, fact.channel, word(fact, "queue"), word(fact, "agent"), centre.zone)
    return (Add(figure, amounts),) if amounts else ()


def _tally(fact: Fact, centre: Centre) -> tuple[Add, ...]:
    """The entry of a door's event bears the moment of acceptance, so its day is the door's day."""
    door = word(fact, "door")
    if not door or fact.name in NOT_FROM_A_DOOR:
        return ()
    return (Add(Tally(local_day(fact.at, centre.zone).isoformat(), door), {"handled": 1}),)


def _figure(at: datetime, channel: str, queue: str, agent: str, zone: str) -> Figure:
    return Figure(local_day(at, zone).isoformat(), local_hour(at, zone), channel, queue, agent)


def _presence(fact: Fact, centre: Centre) -> tuple[Add, ...]:
    """The presence that ended, cut at the hours it spanned; time spent offline is not counted."""
    before, lasted = word(fact, "before"), count(fact, "lasted_ms")
    if not before or before == Presence.OFFLINE or not lasted:
        return ()
    name = PRESENCES.get(before, "other_custom_ms")
    return tuple(
        Add(_figure(start, "", "", word(fact, "agent"), centre.zone), {name: milliseconds(end - start)})
        for start, end in _hours(fact.at - timedelta(milliseconds=lasted), fact.at, centre.zone)
    )


def _transferred(fact: Fact, centre: Centre) -> tuple[Add, ...]:
    """Out for who let go of it; in for the colleague who has it at once, else it waits in a queue again and
    is counted in when it is taken.
    """
    mine = let_go(fact)
    over = word(fact, "how") == "consult"
    queue, agent = (word(fact, "queue"), word(fact, "to_agent")) if over else (word(fact, "to_queue"), "")
    next_one = {"contacts_transferred_in": 1, "contacts_handed_over": 1} if over else {"contacts_queued": 1}
    before = _figure(fact.at, fact.channel, word(fact, "queue"), word(fact, "agent"), centre.zone)
    after = _figure(fact.at, fact.channel, queue, agent, centre.zone)
    return (Add(before, {name: n for name, n in mine.items() if n}), Add(after, next_one))


def _moved(fact: Fact, centre: Centre) -> tuple[Add, ...]:
    """Out of one queue and into the other; nothing for a contact that stays in its queue."""
    left, joined = word(fact, "came_from"), word(fact, "queue")
    if left == joined:
        return ()
    out, into = (_figure(fact.at, fact.channel, queue, "", centre.zone) for queue in (left, joined))
    return Add(out, {"contacts_flowed_out": 1}), Add(into, {"contacts_flowed_in": 1})


# Facts that are counted in more than one row of the figures.
OF_THEIR_OWN: Mapping[str, Callable[[Fact, Centre], tuple[Add, ...]]] = {
    "PresenceChanged": _presence,
    "InteractionMoved": _moved,
    "Transferred": _transferred,
}


def _hours(begin: datetime, end: datetime, zone: str) -> Iterator[tuple[datetime, datetime]]:
    """The span cut at the full hours of the zone; what lies before the last 48 hours is one piece.

    So a desk forgotten for a month is still one small transaction.
    """
    far = end - LONGEST_PRESENCE
    if begin < far:
        yield begin, far
    start = max(begin, far)
    while start < end:
        local = start.astimezone(ZoneInfo(zone))
        into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        until = min(start - into + HOUR, end)
        yield start, until
        start = until
