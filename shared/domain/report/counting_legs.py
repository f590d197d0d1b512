"""The legs of a contact: what the figures are told of the time that agents had it, or were asked about it."""

from shared.domain.centre import Centre
from shared.domain.errors import Rejected
from shared.domain.timeline.bus_facts import Fact
from shared.domain.traits import FULL

Amounts = dict[str, int]


def completed(fact: Fact) -> Amounts:
    handled = measure(fact, "handle_ms")
    return {
        "contacts_completed": 1,
        "handle_ms": handled,
        "wrap_ms": count(fact, "wrap_ms"),
        "slot_ms": slots(fact, handled),
    }


def wrapped(fact: Fact, centre: Centre) -> Amounts:
    """What came after the end of a contact that was counted with it: the same time, more of it."""
    wrap = measure(fact, "wrap_ms")
    return {"handle_ms": wrap, "wrap_ms": wrap, "slot_ms": slots(fact, wrap)}


def consulted(fact: Fact, centre: Centre) -> Amounts:
    """One that only rang was none."""
    if fact.data.get("handle_ms") is None:
        return {}
    lasted = measure(fact, "handle_ms")
    return {"consults": 1, "consult_ms": lasted, "slot_ms": slots(fact, lasted)}


def left_alone(fact: Fact, centre: Centre) -> Amounts:
    """A snoozed contact is not completed; the time until then counts with the rest, when it is."""
    lasted = count(fact, "handle_ms")
    return {"handle_ms": lasted, "slot_ms": slots(fact, lasted)}


def let_go(fact: Fact) -> Amounts:
    """For the agent who hands a contact on: they are done with it."""
    return {"contacts_transferred_out": 1} | completed(fact)


def slots(fact: Fact, handled: int) -> int:
    return handled * count(fact, "places") // FULL


def word(fact: Fact, name: str) -> str:
    """A word of the fact's data, "" when it has none. Raises Rejected."""
    value = fact.data.get(name)
    if value is not None and not isinstance(value, str):
        raise Rejected(f"{fact.name} with a {name} that is no word")
    return value or ""


def measure(fact: Fact, name: str) -> int:
    """A number the fact must have; below nothing (two clocks) is nothing. Raises Rejected."""
    value = fact.data.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Rejected(f"{fact.name} without a whole {name}")
    return max(value, 0)


def count(fact: Fact, name: str) -> int:
    """A number the fact may have."""
    return 0 if fact.data.get(name) is None else measure(fact, name)


def in_time(waited_ms: int, fact: Fact, centre: Centre) -> int:
    """Whether the wait was within the goal of the queue it ended in."""
    return int(waited_ms <= centre.goal_of(word(fact, "queue")) * 1000)


def placed(fact: Fact, centre: Centre) -> Amounts:
    """Who asked to be called was handled out of a queue already."""
    return {} if fact.data.get("callback") else {"contacts_placed": 1}


def tried(fact: Fact, centre: Centre) -> Amounts:
    """A call that nobody answered ends the agent's part, unless the case ends with it."""
    if fact.data.get("reached"):
        return {"callbacks_reached": 1}
    return {"callbacks_unanswered": 1} | (completed(fact) if "handle_ms" in fact.data else {})
