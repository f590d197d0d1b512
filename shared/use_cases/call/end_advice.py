"""A colleague who was asked for advice on the telephone gives it no more."""

from shared.domain.change import Change, Ref
from shared.domain.customer.head import Head
from shared.domain.now import Now
from shared.domain.routing.consult import ended
from shared.domain.routing.staff import Agent
from shared.ports import Store


def end_advice(
    store: Store, head: Head, colleague_id: str, interaction_id: str, how: str, actor: str, now: Now
) -> Change:
    """() for who has no such place any more."""
    colleague = store.get(Ref(Agent, colleague_id))
    places = colleague.engagements if colleague else ()
    place = next((e for e in places if e.consult and e.interaction_id == interaction_id), None)
    if colleague is None or place is None:
        return ()
    return ended(head, colleague, place, how, actor, now)
