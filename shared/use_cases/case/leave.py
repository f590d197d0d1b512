"""The customer ends the exchange: the widget was closed for good."""

from shared.domain.address.way import Way
from shared.domain.case.close import abandon
from shared.domain.case.end_interaction import abandons, end_interaction, extra_contact
from shared.domain.case.receive import fresh_customer, receipt
from shared.domain.case.turn import Turn
from shared.domain.change import Change, Put, Ref
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.head import OpenCase, OpenInteraction
from shared.domain.customer.kept import Case
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import first_entry, next_entry, written
from shared.domain.timeline.entry import Kind
from shared.ports import Store
from shared.use_cases.routing.withdraw_offer import withdraw_offer


def receive_left(turn: Turn, store: Store) -> Change:
    """End the interaction on this channel; while still unanswered, leaving abandons the case."""
    change = _left(turn, store)
    entry = first_entry(change)
    kept = receipt(turn.raw, Outcome.HANDLED, "", turn.now, entry.timeline, entry.seq)
    return (Put(kept), *change)


def _left(turn: Turn, store: Store) -> Change:
    head, now, door = turn.head, turn.now, turn.raw.channel
    going = _going(turn)
    if going is None:
        facts = {"by": "customer", "door": door}
        entry = next_entry(head, now, Kind.INTERACTION_ENDED, way=Way(door), facts=facts, actor="customer")
        met = fresh_customer(turn) if turn.known.fresh else ()
        return (*written(head, head, entry), *met)
    case, gone = going
    withdraw_offer(store, head, case, gone, now)
    kept = store.get(Ref(Case, case.member, case.id)) if abandons(case, gone, now) else None
    if kept:
        return abandon(head, kept, case, door, now)
    agent = agent_on(store, case, gone)
    return end_interaction(head, case, gone, "customer", now, door, agent, actor="customer")


def agent_on(store: Store, case: OpenCase, gone: OpenInteraction) -> Agent | None:
    """Who has the contact that ends with this exchange; None where none ends, or nobody has it."""
    contact = extra_contact(case, gone)
    return store.get(Ref(Agent, contact.agent)) if contact and contact.agent else None


def _going(turn: Turn) -> tuple[OpenCase, OpenInteraction] | None:
    for case in turn.head.cases:
        for going in case.interactions:
            if turn.goes_on(going):
                return case, going
    return None
