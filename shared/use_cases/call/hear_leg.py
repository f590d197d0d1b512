"""The carrier's word about a line that we rang: what became of it, and what follows for its people."""

from dataclasses import dataclass, replace

from shared.domain.call.leg_words import changed_leg, failed, heard_of, with_stray
from shared.domain.call.on_call import OnCall, on_call
from shared.domain.call.what_follows import Follows, what_follows
from shared.domain.case.end_interaction import end_interaction
from shared.domain.case.together import found_in, together
from shared.domain.case.turn import Turn
from shared.domain.change import Change, Put, Ref
from shared.domain.channel.calling import LegHeard
from shared.domain.customer.call import Call, Leg, LegState
from shared.domain.customer.head import Head
from shared.domain.now import Now
from shared.domain.routing.assign import requeue
from shared.domain.routing.staff import Agent
from shared.ports import Moment, Store
from shared.use_cases.call.callback_told import callback_told
from shared.use_cases.call.end_advice import end_advice
from shared.use_cases.case.leave import agent_on
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.withdraw_offer import withdraw_offer

ENDS = (Follows.CALL_OVER, Follows.NOT_THERE, Follows.CALLER_GONE)


def hear_leg(turn: Turn, store: Store) -> Change:
    """What it changes, all but the receipt; () for nothing new. Raises Conflict as ReceiveCall does."""
    said, place = turn.arrival.what, turn.arrival.call
    call = store.get(Ref(Call, place.member, place.interaction_id)) if place else None
    if call is None or not isinstance(said, LegHeard):
        return ()
    call = with_stray(call, said, turn.now.at)
    leg = call.leg(said.leg)
    after = heard_of(leg, said, turn.now.at) if leg else None
    return LegChanged(store, turn.now, turn.raw.channel)(turn.head, call, after) if after else ()


def leg_failed(store: Store, now: Moment, call: Call, leg: Leg, reason: str) -> None:
    """Nobody talks on it, and nobody will: the same follows as when the carrier says so. Nothing where
    somebody has picked up, or it was known.
    """

    def once() -> None:
        stored = store.get(Ref(Call, call.customer_id, call.interaction_id))
        found = stored.leg(leg.id) if stored else None
        if stored is None or found is None or found.over or found.state is LegState.TALKING:
            return
        at = now()
        head = head_of(store, stored.customer_id)
        store.commit(*LegChanged(store, at)(head, stored, failed(found, reason, at.at)))

    retry_on_conflict(once)


@dataclass(frozen=True, slots=True)
class LegChanged:
    """The line of a leg, the call and what follows, as one change. `door` is the channel that said so."""

    store: Store
    now: Now
    door: str = ""

    def __call__(self, head: Head, call: Call, after: Leg) -> Change:
        before = call.leg(after.id)
        change = changed_leg(head, call, after, self.now)
        if before is None:
            raise ValueError("a leg of another call")
        where, of = Ref(Head, head.customer_id), Ref(Call, call.customer_id, call.interaction_id)
        for follows in what_follows(head, found_in(change, of) or call, before):
            if follows in ENDS:
                self._withdraws(head, on_call(head, call))
            written_so_far = found_in(change, where) or head, found_in(change, of) or call
            change = together(change, self._follows(follows, *written_so_far, after))
        return change

    def _follows(self, what: Follows, head: Head, call: Call, leg: Leg) -> Change:
        here = on_call(head, call)
        if what is Follows.WAITS_AGAIN:
            return (*self._waits_again(head, here, leg), *self._gives_up(here))
        if what is Follows.ADVICE_OVER:
            return self._advice_over(head, here, leg)
        if what in (Follows.REACHED, Follows.MISSED):
            reached = what is Follows.REACHED
            return callback_told(self.store, self.now, head, here, leg, reached, self.door)
        if what is Follows.CALL_OVER:
            return (*self._ended(head, here, "agent"), *_ending(call))
        return self._ended(head, here, "agent" if what is Follows.NOT_THERE else "customer")

    def _waits_again(self, head: Head, here: OnCall, leg: Leg) -> Change:
        agent = self.store.get(Ref(Agent, leg.who))
        places = agent.engagements if agent else ()
        place = next((e for e in places if e.interaction_id == here.call.interaction_id), None)
        if agent is None or place is None:
            return ()
        return requeue(head, agent, place, leg.reason or str(leg.state), self.now, silent=True)

    def _gives_up(self, here: OnCall) -> Change:
        """Whom we ring and who has not answered is rung no more: nobody would talk with them."""
        rung = here.call.customer
        return _ending(here.call) if rung and rung.state is not LegState.TALKING else ()

    def _advice_over(self, head: Head, here: OnCall, leg: Leg) -> Change:
        how = "expired" if leg.state is LegState.FAILED else "done"
        return end_advice(self.store, head, leg.who, here.call.interaction_id, how, "system", self.now)

    def _ended(self, head: Head, here: OnCall, by: str) -> Change:
        """The exchange, where it is one of the telephone: who is called beside a chat goes on there."""
        case, going = here.case, here.going
        if case is None or going is None or not self.now.channels.of(going.channel).calls:
            return ()
        agent = agent_on(self.store, case, going)
        told: dict[str, object] = {"actor": "customer"} if by == "customer" else {}
        return end_interaction(head, case, going, by, self.now, self.door, agent, stays=False, **told)

    def _withdraws(self, head: Head, here: OnCall) -> None:
        """An offer of who is gone, before anything else is decided. Raises Conflict when it did."""
        if here.case and here.going and self.now.channels.of(here.going.channel).calls:
            withdraw_offer(self.store, head, here.case, here.going, self.now)


def _ending(call: Call) -> Change:
    """The customer is to be let go."""
    if call.ending:
        return ()
    return (Put(replace(call, ending=True, version=call.version + 1), over=call.version),)
