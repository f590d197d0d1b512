"""An agent takes a case that waits, before it is offered to anybody."""

from dataclasses import dataclass

from shared.domain.change import Change, Ref
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.desk.colleague_view import there
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import accept
from shared.domain.routing.sleep import HAS_IT
from shared.domain.routing.staff import Agent
from shared.domain.routing.take import taken
from shared.domain.timeline.append import case_of
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import done_once
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.load_agent import agent_of


@dataclass(frozen=True, slots=True)
class TakeCase:
    """Done once per key. Refused `taken` with who has it, `full`, `take_not_there`, `not_waiting`,
    `case_closed` (409).
    """

    store: Store
    now: Moment

    def __call__(self, agent_id: str, customer_id: str, case_id: str, key: str) -> None:
        def decide() -> Change:
            now, agent = self.now(), agent_of(self.store, agent_id)
            head = head_of(self.store, customer_id)
            case = case_of(head, case_id)
            if case is None:
                raise Refused("case_closed", status=409)
            waits = next((c for c in case.contacts if c.state is ContactState.WAITING), None)
            if waits is None:
                return self._no_more(head, case, agent, now)
            if not there(agent, now) or agent.pool != now.centre.pool_of(waits.queue):
                raise Refused("take_not_there", status=409)
            return taken(head, case, waits, agent, now)

        done_once(self.store, asking(agent_id, key, "take", case_id), decide)

    def _no_more(self, head: Head, case: OpenCase, agent: Agent, now: Now) -> Change:
        """It is theirs already, rings them at this moment, or somebody else was faster."""
        mine = next((c for c in case.contacts if c.agent == agent.id), None)
        if mine and mine.offer_id:
            return accept(head, agent, mine.offer_id, now)
        if mine:
            return ()
        other = next((c for c in case.contacts if c.agent), None)
        raise self._taken(other) if other else Refused("not_waiting", status=409)

    def _taken(self, contact: Contact) -> Refused:
        colleague = self.store.get(Ref(Agent, contact.agent))
        told = {"agent": colleague.name} if colleague else {}
        return Refused("taken" if contact.state in HAS_IT else "taken_rings", status=409, told=told)
