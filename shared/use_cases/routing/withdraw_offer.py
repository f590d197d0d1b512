"""The customer gave up while it still rang: the agent is free again, and the case waits for its end."""

from shared.domain.case.close import deserted
from shared.domain.change import Ref
from shared.domain.customer.head import CaseState, Head, OpenCase, OpenInteraction
from shared.domain.errors import Conflict
from shared.domain.now import Now
from shared.domain.routing.assign import give_back
from shared.domain.routing.staff import Agent
from shared.ports import Store


def withdraw_offer(store: Store, head: Head, case: OpenCase, gone: OpenInteraction, now: Now) -> None:
    """Take back the offer of a case that nobody waits with any more. Raises Conflict when it did: the head
    has changed, and whoever ends the exchange decides again, now about a case that waits.
    """
    if case.state is not CaseState.OFFERED or not deserted(case, gone):
        return
    agent = store.get(Ref(Agent, case.owner))
    if agent:
        store.commit(*give_back(head, agent, case.offer_id, "withdrawn", now))
        raise Conflict
