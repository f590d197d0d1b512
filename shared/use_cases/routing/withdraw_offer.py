"""The customer gave up while it still rang: the agent is free again, and the contact waits for its end."""

from shared.domain.case.end_interaction import deserted, extra_contact
from shared.domain.change import Ref
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.errors import Conflict
from shared.domain.now import Now
from shared.domain.routing.assign import give_back
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import contact_of
from shared.ports import Store


def withdraw_offer(store: Store, head: Head, case: OpenCase, gone: OpenInteraction, now: Now) -> None:
    """Take back the offer of a contact whose customer is gone. Raises Conflict when it did: the head
    has changed, and whoever ends the exchange decides again, now about a contact that waits.
    """
    contact = _given_up(case, gone, now)
    agent = store.get(Ref(Agent, contact.agent)) if contact else None
    if contact and agent:
        store.commit(*give_back(head, agent, contact.offer_id, "withdrawn", now))
        raise Conflict


def _given_up(case: OpenCase, gone: OpenInteraction, now: Now) -> Contact | None:
    own = contact_of(case, gone.id) if now.channels.of(gone.channel).calls else extra_contact(case, gone)
    contact = own or (case.contact if deserted(case, gone, now) else None)
    if contact is None or contact.callback:  # who is to be called need not stay
        return None
    return contact if contact.state is ContactState.OFFERED else None
