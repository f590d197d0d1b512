"""An agent wants to hear of a case that is not theirs, or no longer."""

from dataclasses import dataclass

from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.desk.inbox import Follow
from shared.domain.errors import Refused
from shared.domain.timeline.append import case_of
from shared.ports import Clock, Store
from shared.use_cases.customer.find_customer import head_of

MOST = 100


@dataclass(frozen=True, slots=True)
class FollowCase:
    """A wish of the agent's own: it is no line of the customer's timeline. Twice is once."""

    store: Store
    clock: Clock

    def follow(self, agent_id: str, customer_id: str, case_id: str) -> None:
        """Refused `no_customer`, `case_closed` (409), and `too_many_followed` (409) past 100 cases."""
        head = head_of(self.store, customer_id)
        if case_of(head, case_id) is None:
            raise Refused("case_closed", status=409)
        if self.store.get(Ref(Follow, agent_id, case_id)):
            return
        if self.store.count(Follow, agent_id, limit=MOST) >= MOST:
            raise Refused("too_many_followed", status=409)
        self.store.commit(Put(Follow(agent_id, case_id, head.customer_id, self.clock()), over=ANY))

    def stop(self, agent_id: str, case_id: str) -> None:
        self.store.commit(Delete(Ref(Follow, agent_id, case_id)))
