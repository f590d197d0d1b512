"""An agent ends a case with its outcome."""

from dataclasses import dataclass

from shared.domain.case.close import close
from shared.domain.change import Ref
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.errors import Refused
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Closing what this agent closed last changes nothing. Raises Refused with the reason."""

    store: Store
    now: Moment

    def __call__(self, agent_id: str, customer_id: str, case_id: str, disposition: str) -> None:
        def once() -> None:
            head, agent = head_of(self.store, customer_id), self.store.get(Ref(Agent, agent_id))
            if head.closed and (head.closed.id, head.closed.owner) == (case_id, agent_id):
                return
            case = case_of(head, case_id)
            kept = self.store.get(Ref(Case, case.member, case_id)) if case else None
            if agent is None or case is None or kept is None:
                raise Refused("case_closed", status=409)
            exchanges = self._exchanges(head, case_id)
            self.store.commit(*close(head, kept, exchanges, agent, disposition, self.now()))

        retry_on_conflict(once)

    def _exchanges(self, head: Head, case_id: str) -> list[Interaction]:
        """All of a case, also those that came by the address of another member: one query for each."""
        members = (head.customer_id, *head.members)
        return [e for member in members for e in self.store.find(Interaction, member, case_id)]
