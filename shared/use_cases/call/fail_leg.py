"""A leg that could not be rung."""

from dataclasses import replace

from shared.domain.call.on_call import on_call
from shared.domain.change import Put, Ref
from shared.domain.customer.call import Call, Leg, LegState, with_leg
from shared.domain.timeline.append import next_entry, written
from shared.domain.timeline.entry import Kind, Scalar
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict


def leg_failed(store: Store, now: Moment, call: Call, leg: Leg, reason: str) -> None:
    """It is over, and the timeline says why. Harmless for one that is over already."""
    retry_on_conflict(lambda: _failed(store, now, call, leg, reason))


def _failed(store: Store, now: Moment, seen: Call, leg: Leg, reason: str) -> None:
    call, head = store.get(Ref(Call, seen.customer_id, seen.interaction_id)), head_of(store, seen.customer_id)
    known = call.leg(leg.id) if call else None
    if call is None or known is None or known.over:
        return
    over = replace(known, state=LegState.FAILED, reason=reason, until=None)
    after = replace(with_leg(call, over), version=call.version + 1)
    going = on_call(head, call).going
    facts: dict[str, Scalar] = {"leg": leg.id, "role": leg.role, "state": over.state, "reason": reason}
    entry = next_entry(
        head,
        now(),
        Kind.LEG_CHANGED,
        timeline=call.customer_id,
        case_id=call.case_id,
        interaction_id=call.interaction_id,
        facts=facts,
        **({"way": going.way} if going else {}),
    )
    store.commit(*written(head, head, entry), Put(after, over=call.version))
