"""A timer: a customer who did not answer a flow gets a person all the same."""

from dataclasses import replace

from shared.domain.address.way import NO_WAY
from shared.domain.case.first_agent import remembered
from shared.domain.case.guide import person_called
from shared.domain.case.hand_over import Scene, hand_over
from shared.domain.case.ways import may_speak
from shared.domain.change import ANY, Put, Ref
from shared.domain.channel.commands import Due, due_row
from shared.domain.customer.evidence import Profile
from shared.domain.customer.kept import Case
from shared.domain.now import Now
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of, contact_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict


def expire_flow(store: Store, now: Moment, due: Due) -> None:
    """Into the queue, or look again when it may be time: they may have answered since."""
    retry_on_conflict(lambda: _look(store, now(), due))


def _look(store: Store, now: Now, due: Due) -> None:
    head = head_of(store, due.customer_id)
    case = case_of(head, due.case_id)
    met = contact_of(case, due.reference) if case else None
    place = met.flow if met else None
    if case is None or met is None or place is None:
        return
    if now.at < place.until:  # a row, as nothing sends to the queue it is fed by
        store.commit(Put(due_row(replace(due, at=place.until)), over=ANY))
        return
    kept, profile = store.get_all(Ref(Case, case.member, case.id), Ref(Profile, head.customer_id))
    agent_id = met.preferred or case.owner or remembered(head, now)
    agent = store.get(Ref(Agent, agent_id)) if agent_id else None
    ways = [one.way for one in case.interactions if one.id == met.interaction_id]
    way = ways[0] if ways else NO_WAY
    tier = profile.tier if profile else ""
    speaks = may_speak(head, way, now)
    scene = Scene(head, case, kept, way, now, speaks, tier, agent, met.interaction_id)
    store.commit(*hand_over(scene, (), person_called(scene, place)))
