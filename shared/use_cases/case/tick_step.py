"""An agent ticks a step of guided work, or takes the tick away."""

from dataclasses import dataclass

from shared.domain.case.tick import Tick, ticked
from shared.domain.change import Change, Ref
from shared.domain.customer.kept import Case
from shared.domain.errors import Refused
from shared.domain.timeline.append import case_of
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.customer.find_customer import head_of


class _AsTold(Exception):
    """The step is that way already."""


@dataclass(frozen=True, slots=True)
class TickStep:
    """Whoever reads the case may do it, as with a note. Two agents at once lose nothing: each decides on what
    the other has written. Raises Refused with the reason the agent is shown.
    """

    store: Store
    now: Moment

    def __call__(
        self, agent_id: str, customer_id: str, case_id: str, step: str, done: bool, key: str
    ) -> None:
        asked = asking(agent_id, key, "step", case_id, step, str(done))

        def decide() -> Change:
            head = head_of(self.store, customer_id)
            case = case_of(head, case_id)
            kept = self.store.get(Ref(Case, case.member, case_id)) if case else None
            if kept is None:
                raise Refused("case_closed", status=409)
            change = ticked(head, kept, Tick(agent_id, case_id, step, done, asked), self.now())
            if not change:
                raise _AsTold
            return change

        try:
            once_per_key(self.store, asked, decide)
        except _AsTold:
            return
