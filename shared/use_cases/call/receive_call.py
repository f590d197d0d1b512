"""What the carrier tells of a telephone call, on the timeline: each word once, in whatever order they come.

Whatever a caller does first begins the call. Only their hanging up does not: it is kept until the call
begins, and then the call begins and ends in one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from shared.domain.call.begin import KEPT, begin
from shared.domain.call.hung_up import receive_hung_up
from shared.domain.call.keyed import receive_keyed
from shared.domain.call.left_word import receive_left_word, receive_transcribed
from shared.domain.call.on_call import on_call
from shared.domain.case.first_agent import first_agent
from shared.domain.case.receive import receipt
from shared.domain.case.together import found_in, together
from shared.domain.case.turn import Turn
from shared.domain.change import Change, Put, Ref, Write
from shared.domain.channel.calling import (
    CallBegan,
    Keyed,
    LeftWord,
    LegHeard,
    RecordingHeard,
    Transcribed,
)
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.customer.call import OVER, Call, CallOf, LegState
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.flow.flow import FlowVersion
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of
from shared.domain.timeline.entry import Entry, Kind
from shared.ports import Store
from shared.use_cases.call.hear_leg import hear_leg
from shared.use_cases.call.hear_recording import hear_recording
from shared.use_cases.case.leave import agent_on
from shared.use_cases.channel.set_aside import put_aside
from shared.use_cases.routing.withdraw_offer import withdraw_offer

NOTHING_NEW, NOT_BEGUN = "nothing_new", "call_not_begun"
FlowOf = Callable[[str, int], FlowVersion | None]
BEGINS = (CallBegan, Keyed, LeftWord)


@dataclass(frozen=True, slots=True)
class ReceiveCall:
    """The whole transaction of one word. Raises Conflict where somebody else was faster."""

    store: Store
    flows: FlowOf

    def __call__(self, turn: Turn) -> Change:
        what, began = turn.arrival.what, turn.known.call
        if type(what) in STAFF_SIDE and not _of_caller(what):
            return finished(turn, STAFF_SIDE[type(what)](turn, self.store))
        if isinstance(what, LegHeard) and what.state not in OVER:
            return ignored(turn, NOTHING_NEW)
        if began and began.began:
            return finished(turn, self._heard(turn, began))
        if isinstance(what, BEGINS):
            return finished(turn, self._begun(turn, began))
        return ignored(turn, NOT_BEGUN, *_parked(turn, began))

    def greeted(self, turn: Turn) -> Turn:
        """With the flow that talks: of the caller's own place, else the one that greets on this channel."""
        what, centre, version = turn.arrival.what, turn.now.centre, None
        if isinstance(what, Keyed):
            version = self.flows(what.place.flow, what.place.version)
        elif isinstance(what, CallBegan) and centre.flow:
            version = self.flows(centre.flow, 0)
            shown = version and (not version.flow.channels or turn.raw.channel in version.flow.channels)
            version = version if shown else None
        return replace(turn, known=replace(turn.known, flow=version))

    def _heard(self, turn: Turn, began: CallOf) -> Change:
        """A word of a call that is known; () for nothing new."""
        call = self.store.get(Ref(Call, began.customer_id, began.interaction_id))
        if call is None or isinstance(turn.arrival.what, CallBegan):
            return ()
        return self._meant(self._with_case(turn, call), call)

    def _begun(self, turn: Turn, parked: CallOf | None) -> Change:
        """The call begins with this word, and ends at once where its caller is gone already."""
        change = begin(self._with_agent(turn))
        if not isinstance(turn.arrival.what, CallBegan):
            change = together(change, self._next(turn, change))
        if parked:
            gone = LegHeard("", parked.sid, LegState.ENDED, seconds=parked.seconds)
            over = replace(turn, arrival=replace(turn.arrival, what=gone))
            change = together(change, self._next(over, change))
        return change

    def _next(self, turn: Turn, before: Change) -> Change:
        """What follows in the same transaction: decided upon what is written so far."""
        head = found_in(before, Ref(Head, turn.head.customer_id))
        call = next((write.item for write in before if isinstance(write.item, Call)), None)
        if head is None or call is None:
            raise ValueError("a call that began is in its change")
        case = found_in(before, Ref(Case, call.customer_id, call.case_id))
        turn = replace(turn, known=replace(turn.known, head=head, case=case, fresh=False, closed=None))
        return self._meant(turn if case else self._with_case(turn, call), call)

    def _meant(self, turn: Turn, call: Call) -> Change:
        what = turn.arrival.what
        if isinstance(what, Keyed):
            return receive_keyed(self._with_agent(turn), call, what)
        if isinstance(what, LeftWord):
            return receive_left_word(self._with_agent(turn), call, what)
        if isinstance(what, Transcribed):
            return receive_transcribed(turn, call, what)
        return self._hung_up(turn, call, what) if isinstance(what, LegHeard) else ()

    def _hung_up(self, turn: Turn, call: Call, said: LegHeard) -> Change:
        here, agent = on_call(turn.head, call), None
        if here.case and here.going:
            withdraw_offer(self.store, turn.head, here.case, here.going, turn.now)
            agent = agent_on(self.store, here.case, here.going)
        return receive_hung_up(turn, call, said, turn.known.case, agent)

    def _with_case(self, turn: Turn, call: Call) -> Turn:
        """With the stored case of the call, while it is open."""
        case = case_of(turn.head, call.case_id)
        kept = self.store.get(Ref(Case, case.member, case.id)) if case else None
        return replace(turn, known=replace(turn.known, case=kept))

    def _with_agent(self, turn: Turn) -> Turn:
        """With the agent who may get the contact first, where it begins to wait."""
        agent_id = first_agent(turn)
        agent = self.store.get(Ref(Agent, agent_id)) if agent_id else turn.known.agent
        return replace(turn, known=replace(turn.known, agent=agent))


STAFF_SIDE: dict[type, Callable[[Turn, Store], Change]] = {
    LegHeard: hear_leg,
    RecordingHeard: hear_recording,
}


def _of_caller(what: object) -> bool:
    """Whether it is about the line of who called: the other lines of a call have a name of ours."""
    return isinstance(what, LegHeard) and not what.leg


def _parked(turn: Turn, began: CallOf | None) -> Change:
    """That a caller hung up whose call has not begun yet."""
    what = turn.arrival.what
    if began or not isinstance(what, LegHeard):
        return ()
    row = CallOf(turn.raw.channel, what.sid, turn.now.at + KEPT, seconds=what.seconds)
    return (Put(row),)


def finished(turn: Turn, change: Change) -> Change:
    """With the receipt, unless it has one, and one entry that bears the door, by which the ledger counts the
    event. Nothing new is set aside.
    """
    if not change:
        return ignored(turn, NOTHING_NEW)
    if any(isinstance(write.item, Receipt) for write in change):
        return change
    entries = [write.item for write in change if isinstance(write.item, Entry)]
    bears = next((one for one in entries if one.kind is Kind.MESSAGE_RECEIVED), entries[0])
    proof = Put(receipt(turn.raw, Outcome.HANDLED, "", turn.now, bears.timeline, bears.seq))
    return (proof, *(_with_door(write, bears, turn.raw.channel) for write in change))


def _with_door(write: Write, bears: Entry, door: str) -> Write:
    entry = write.item
    if not (isinstance(entry, Entry) and isinstance(write, Put)):
        return write
    facts = {name: fact for name, fact in entry.facts.items() if name != "door"}
    return Put(replace(entry, facts=facts | ({"door": door} if entry is bears else {})), over=write.over)


def ignored(turn: Turn, reason: str, *more: Write) -> Change:
    return (*put_aside(turn.raw, Outcome.IGNORED, reason, turn.now), *more)
