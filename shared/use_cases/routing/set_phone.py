"""An agent says where calls ring them."""

from dataclasses import dataclass

from shared.domain.routing.own_phone import set_phone
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.load_agent import agent_of


@dataclass(frozen=True, slots=True)
class SetPhone:
    """From then on calls are offered to them, or none. Refused with the reason the agent is shown."""

    store: Store
    now: Moment

    def __call__(self, agent_id: str, typed: str) -> str:
        """Where they are rung now, as the carrier takes it."""

        def once() -> None:
            change = set_phone(agent_of(self.store, agent_id), typed, self.now())
            if change:
                self.store.commit(*change)

        retry_on_conflict(once)
        return agent_of(self.store, agent_id).phone
