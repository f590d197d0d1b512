"""Which contacts an agent serves, by skills and profile; worked out once for a version of the settings."""

from collections.abc import Iterable

from shared.domain.centre import Centre
from shared.domain.klass import read_class
from shared.domain.queue import Need, Queue
from shared.domain.rings import widened
from shared.domain.staffing import Abilities


def known_needs(needs: Iterable[Need], centre: Centre) -> tuple[Need, ...]:
    """Without the skills that the settings do not know (any more): they add no need."""
    names = {skill.name for skill in centre.skills}
    return tuple(need for need in needs if need.skill in names)


def serves(abilities: Abilities, queue: Queue, needs: Iterable[Need], ring: int) -> bool:
    """Whether this agent may be asked for a contact of the queue that has reached this ring."""
    wide = widened(queue, ring)
    if queue.name not in abilities.profile.queues and abilities.profile.name not in wide.admit:
        return False
    return all(
        abilities.skills.get(need.skill, 0) >= need.level for need in needs if need.skill not in wide.drop
    )


NO_ANSWERS = 0, 0  # which classes were asked about, and which of them are served


class Reach:
    """Remembers the answers of `serves`. A class in a ring has a bit of its own, so that all the classes an
    agent serves are one number. A roster has one, and both are thrown away with the settings.
    """

    def __init__(self) -> None:
        self._kinds: list[tuple[Queue, tuple[Need, ...], int]] = []
        self._bits: dict[tuple[str, str, int], int] = {}
        self._answers: dict[int, tuple[int, int]] = {}
        self._breadths: dict[int, int] = {}
        self._needs: dict[str, tuple[Need, ...]] = {}

    def needs(self, centre: Centre, klass: str) -> tuple[Need, ...]:
        """What contacts of this class ask for, as far as the settings know it."""
        if klass not in self._needs:
            self._needs[klass] = known_needs(read_class(klass)[1], centre)
        return self._needs[klass]

    def bit(self, centre: Centre, queue: Queue, klass: str, ring: int) -> int:
        """What stands for this class in this ring: a power of two."""
        bit = self._bits.get((queue.name, klass, ring))
        if bit is None:
            needs = self.needs(centre, klass)
            bit = self._bits[queue.name, klass, ring] = 1 << len(self._kinds)
            self._kinds.append((queue, needs, ring))
        return bit

    def served(self, abilities: Abilities, bits: int) -> int:
        """Those of the bits whose class the agent serves."""
        asked, served = self._answers.get(id(abilities), NO_ANSWERS)
        if bits & ~asked:
            served = self._ask(abilities, bits & ~asked)
        return served & bits

    def breadth(self, centre: Centre, abilities: Abilities) -> int:
        """How many kinds of contacts the settings describe that this agent serves."""
        found = self._breadths.get(id(abilities))
        if found is None:
            found = self._breadths[id(abilities)] = _breadth(centre, abilities)
        return found

    def _ask(self, abilities: Abilities, bits: int) -> int:
        asked, served = self._answers.get(id(abilities), NO_ANSWERS)
        asked |= bits
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            served |= lowest if serves(abilities, *self._kinds[lowest.bit_length() - 1]) else 0
        self._answers[id(abilities)] = asked, served
        return served


def _breadth(centre: Centre, abilities: Abilities) -> int:
    return sum(
        serves(abilities, queue, needs, ring=0)
        for queue in centre.queues
        if queue.name in abilities.profile.queues
        for needs in _needs_in(queue, centre)
    )


def _needs_in(queue: Queue, centre: Centre) -> set[frozenset[Need]]:
    """The queue's own needs, and those with each rule that may add to them."""
    adding = [rule.needs for rule in centre.rules if rule.queue in ("", queue.name)]
    return {frozenset(known_needs({*queue.needs, *more}, centre)) for more in ((), *adding)}
