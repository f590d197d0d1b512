"""What a fact's data holds, read as the figures need it."""

from shared.domain.errors import Rejected
from shared.domain.timeline.bus_facts import Fact


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
