"""The operator: it makes who is on the line like who should be, one request to the carrier at a time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from shared.domain.call.carried import (
    claimed,
    found,
    lapsed,
    refused,
    released,
    taken,
    undone,
    unheard,
)
from shared.domain.call.order import Act, Order
from shared.domain.call.said import Said
from shared.domain.call.wanted import CLAIM, next_order
from shared.domain.change import ANY, Put, Ref, Write
from shared.domain.channel.carriage import Failed, Later, NoAnswer, Result, Sent
from shared.domain.channel.commands import Due, Send, due_row
from shared.domain.customer.call import Call, Leg, LegRole, LegState
from shared.domain.errors import Rejected, TryAgain
from shared.domain.routing.phone import LEG
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.kinds import OUTBOUND
from shared.ports import Moment, Store
from shared.use_cases.call.ask_caller import AskCaller
from shared.use_cases.call.change_call import answered, changed
from shared.use_cases.call.delete_recordings import delete_recordings
from shared.use_cases.call.hear_leg import leg_failed
from shared.use_cases.call.line_now import LineNow, line_now
from shared.use_cases.retry_on_conflict import retry_on_conflict

MOST = 8  # orders for one command
PATIENCE = timedelta(seconds=60)  # within which a carrier that is busy is asked again
OVER = frozenset({"20404", "21220"})  # the carrier knows no such call (or recording), or not any more


class Carrier(Protocol):
    """What the channel's outbound half and the network do for us. All may raise Rejected."""

    def order(self, order: Order, call: Call, said: Said) -> Result | NoAnswer: ...

    def look(self, leg: Leg, call: Call) -> Result | NoAnswer:
        """Whether the carrier rings this leg: Sent with its name for it."""

    def send(self, entry: Entry) -> Result | NoAnswer: ...


@dataclass(frozen=True, slots=True)
class Operate:
    """One command is a hint that something about a call has changed. Late or twice is harmless.

    An order is claimed in the Call before the carrier is asked. Raises TryAgain while another hand asks, and
    where the carrier wants patience or gave no answer to what may be asked twice.
    """

    store: Store
    now: Moment
    carrier: Carrier

    def __call__(self, command: Send) -> None:
        entry = self.store.get(Ref(Entry, command.timeline, command.seq))
        if entry is None or not entry.interaction_id:
            return
        if entry.kind in OUTBOUND and entry.delivery in (Delivery.QUEUED, Delivery.SENDING):
            self._words()(entry, command)
        elif entry.delivery is None:
            self._arrange(entry)

    def give_up(self, command: Send, reason: str) -> None:
        """What cannot be sent must not look queued. An order that failed for so long is asked for again by
        whatever happens next in the call."""
        self._words().give_up(command, reason)

    def _words(self) -> AskCaller:
        return AskCaller(self.store, self.now, self.carrier.send)

    def _arrange(self, entry: Entry) -> None:
        if entry.content.parts and (line := line_now(self.store, self.now(), entry)):
            delete_recordings(line, self._asked)
        for _ in range(MOST):
            if not self._once(entry):
                return
        raise TryAgain("there is more to ask for")

    def _once(self, entry: Entry) -> bool:
        """Whether there may be more to ask for."""
        claim = retry_on_conflict(lambda: self._claim(entry))
        if claim is None:
            return False
        line, order, mine = claim
        if order.act is Act.FORGET:
            return True
        return self._settle(entry, line, order, mine, self._asked(line, order, mine))

    def _claim(self, entry: Entry) -> tuple[LineNow, Order, Call] | None:
        line = line_now(self.store, self.now(), entry)
        if line is None:
            return None
        before, at = line.call, line.now.at
        if before.ordered_until and at < before.ordered_until:
            raise TryAgain("another hand asks the carrier")
        call = self._looked_for(lapsed(before, at), before)
        order = next_order(call, line.contact, line.phones(), line.now)
        if order is None:
            changed(self.store, call, before)
            return None
        mine = claimed(call, order, at)
        return line, order, changed(self.store, mine, before, *_timer(order, line, at))

    def _asked(self, line: LineNow, order: Order, mine: Call) -> Result | NoAnswer:
        try:
            return self.carrier.order(order, mine, line.said(order, mine))
        except Rejected as reason:
            return Failed(str(reason))

    def _settle(
        self, entry: Entry, line: LineNow, order: Order, mine: Call, result: Result | NoAnswer
    ) -> bool:
        at = self.now().at
        if isinstance(result, Sent):
            record = line.now.centre.calls.record
            self._record(mine, lambda call: taken(call, order, result.provider_id, at, record))
            return True
        if isinstance(result, NoAnswer):
            return self._unheard(mine, order, result)
        if isinstance(result, Failed) or at - entry.at >= PATIENCE:
            return self._refused(mine, order, result)
        self._record(mine, lambda call: undone(call, order))
        raise TryAgain(_reason(result))

    def _unheard(self, mine: Call, order: Order, result: NoAnswer) -> bool:
        """A telephone may ring now, and is not rung again. What may be asked twice is, once the claim is
        over: the carrier may be about to do it."""
        if order.act is not Act.DIAL or order.leg is None:
            raise TryAgain(result.reason)
        after = self._record(mine, lambda call: unheard(call, order))
        looked = self._looked_for(after, mine)
        self._record(after, lambda call: _with_names(call, looked))
        return True

    def _refused(self, mine: Call, order: Order, result: Result) -> bool:
        """Whoever cannot be rung has not picked up. What else the carrier will not do ends this command: the
        next word about the call asks anew."""
        if order.act is Act.DIAL and order.leg:
            after = self._record(mine, lambda call: call)
            leg_failed(self.store, self.now, after, order.leg, _reason(result) or "failed")
            return True
        over = isinstance(result, Failed) and result.code in OVER
        after = self._record(mine, lambda call: refused(call, order, over))
        return released(replace(mine, version=0)) != replace(after, version=0)

    def _looked_for(self, call: Call, before: Call) -> Call:
        """The call with the carrier's names of telephones that may ring, as far as it tells: asked once, when
        they become unknown."""
        for leg in call.legs:
            former = before.leg(leg.id)
            if leg.state is LegState.UNKNOWN and former and former.state is LegState.CLAIMED:
                call = found(call, leg, sid) if (sid := self._seen(leg, call)) else call
        return call

    def _seen(self, leg: Leg, call: Call) -> str:
        try:
            result = self.carrier.look(leg, call)
        except Rejected:
            return ""
        return result.provider_id if isinstance(result, Sent) else ""

    def _record(self, mine: Call, change: Callable[[Call], Call]) -> Call:
        return answered(self.store, mine, change)


def _timer(order: Order, line: LineNow, at: datetime) -> tuple[Write, ...]:
    """Somebody looks at a telephone that rings for too long, whatever the carrier tells; those of agents have
    the timer of the line by which they were assigned."""
    if order.act is not Act.DIAL or order.leg is None or order.leg.role in (LegRole.AGENT, LegRole.COLLEAGUE):
        return ()
    call = line.call
    due = Due(at + CLAIM, LEG, call.customer_id, call.case_id, call.interaction_id)
    return (Put(due_row(due), over=ANY),)


def _with_names(call: Call, looked: Call) -> Call:
    for leg in looked.legs:
        call = found(call, leg, leg.sid) if leg.sid else call
    return call


def _reason(result: Result) -> str:
    return result.reason if isinstance(result, Later | Failed) else ""
