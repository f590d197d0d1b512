"""A timer: who was to be rung talks by now, or never will."""

from dataclasses import replace

from shared.domain.call.leg_words import NO_ANSWER, NOT_YET, rings_in_vain
from shared.domain.change import ANY, Put
from shared.domain.channel.commands import Due, due_row
from shared.domain.routing.phone import LOOK_AGAIN
from shared.ports import Moment, Store
from shared.use_cases.call.find_call import call_of
from shared.use_cases.call.hear_leg import leg_failed
from shared.use_cases.customer.find_customer import head_of


def look_at_legs(store: Store, now: Moment, due: Due) -> None:
    """What rings in vain has failed; what was rung later is looked at again. Harmless for all others."""
    call = call_of(store, head_of(store, due.customer_id), due.reference)
    rings = [leg for leg in call.legs if leg.state in NOT_YET] if call else []
    at = now().at
    for leg in rings:
        if call and rings_in_vain(leg, at):
            leg_failed(store, now, call, leg, NO_ANSWER)
    if any(not rings_in_vain(leg, at) for leg in rings):
        store.commit(Put(due_row(replace(due, at=at + LOOK_AGAIN)), over=ANY))
