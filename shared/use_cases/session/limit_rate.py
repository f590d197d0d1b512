"""So many times a minute and no more, counted in the table: a fixed window, roughly kept."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.change import Add, Ref
from shared.domain.ids import digest
from shared.domain.session.uses import Uses
from shared.domain.times import iso
from shared.ports import Clock, Store

KEPT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Limit:
    """`subject` may be an address: only its hash is stored."""

    subject: str
    a_minute: int


@dataclass(frozen=True, slots=True)
class LimitRate:
    """Reads before it counts, so that a flood costs reads alone. Requests at the same moment may
    overshoot by their number: this keeps a crowd out, it is no lock.
    """

    store: Store
    clock: Clock

    def __call__(self, *limits: Limit) -> bool:
        """Whether it may be done once more; if so, it is counted."""
        now = self.clock()
        minute = iso(now)[:16]
        subjects = [digest("rate", limit.subject) for limit in limits]
        used = self.store.get_all(*(Ref(Uses, subject, minute) for subject in subjects))
        if any(uses and uses.times >= limit.a_minute for uses, limit in zip(used, limits, strict=True)):
            return False
        for subject in subjects:
            self.store.commit(Add(Uses(subject, minute, expires_at=now + KEPT), {"times": 1}))
        return True
