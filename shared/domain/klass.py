"""What the key of a class says (pool.class_of makes it)."""

from functools import lru_cache

from shared.domain.queue import Need


@lru_cache(maxsize=4096)
def read_class(klass: str) -> tuple[str, tuple[Need, ...]]:
    """Channel and needs of a class."""
    channel, *needs = klass.split("+")
    parts = (need.rpartition(".") for need in needs)
    return channel, tuple(Need(skill, int(level)) for skill, _, level in parts)
