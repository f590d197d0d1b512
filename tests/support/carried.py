"""A carrier in memory: its lines ring, talk and end, and it tells of each in words that wait."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from shared.domain.call.order import Act, Order
from shared.domain.call.said import Said
from shared.domain.channel.carriage import Failed, Later, NoAnswer, Result, Sent
from shared.domain.customer.call import Call, Leg, LegRole, LegState
from shared.domain.timeline.entry import Entry

RINGS = timedelta(seconds=20)
GONE = Failed("call_over", "21220")
PLACES = {Act.ROOM: "room", Act.QUEUE: "queue", Act.HOLD: "hold", Act.GOODBYE: "goodbye"}


@dataclass
class CarriedLine:
    """`leg` is our name for a line that we had dialled, None for who called us. `place` is what a customer
    hears. `call` is ours as it was then.
    """

    sid: str
    to: str
    since: datetime
    state: LegState = LegState.TALKING
    place: str = ""
    leg: Leg | None = None
    call: Call | None = None
    sequence: int = -1

    @property
    def live(self) -> bool:
        return self.state in (LegState.RINGING, LegState.TALKING)

    @property
    def staff(self) -> bool:
        return self.leg is not None and self.leg.role is not LegRole.CUSTOMER


@dataclass
class MemoryCarrier:
    """`fates` is what becomes of the next requests, then all are taken: "lost" (done, and its answer is never
    heard), "unheard" (not done either), "busy", "refused", or "dies", which raises `Died` once it is done.
    `tell` is given each change of a line.
    """

    clock: Callable[[], datetime]
    tell: Callable[[CarriedLine, LegState, int, str], None]
    lines: list[CarriedLine] = field(default_factory=list)
    fates: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    recorded: dict[str, str] = field(default_factory=dict)
    announced: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._names = (f"CA9{n:031}" for n in count(1))

    # ------------------------------------------------------------------ what the operator asks

    def order(self, order: Order, call: Call, said: Said) -> Result | NoAnswer:
        fate = self.fates.pop(0) if self.fates else ""
        if fate == "busy" or (fate == "refused" and order.act is Act.DIAL):
            return Later("busy") if fate == "busy" else Failed("refused")
        if fate == "unheard":
            return NoAnswer("timeout")
        answer = self._carried(order, call, said)
        if fate == "dies":
            raise Died
        return NoAnswer("timeout") if fate == "lost" else answer

    def look(self, leg: Leg, call: Call) -> Result | NoAnswer:
        known = {one.sid for one in call.legs if one.sid}
        found = [one.sid for one in self.lines if one.live and one.staff and one.to == leg.to]
        new = [sid for sid in found if sid not in known]
        return Sent(new[0]) if len(new) == 1 else Failed("not_found")

    def send(self, entry: Entry) -> Result | NoAnswer:
        line = self._line(entry.way.thread)
        if line is None:
            return GONE
        line.place = "survey"
        return Sent(line.sid)

    def _carried(self, order: Order, call: Call, said: Said) -> Result:
        if order.act is Act.DIAL and order.leg:
            return self._dialled(order.leg, call, said)
        if order.act is Act.DELETE:
            return Sent("") if self.recorded.pop(call.recording_sid, "") else Failed("gone", "20404")
        line = self._line(order.leg.sid if order.leg else call.customer.sid if call.customer else "")
        if line is None:
            return GONE
        if order.act is Act.HANG_UP:
            self.ends(line)
        elif order.act in PLACES and order.leg is None:
            self._put(line, PLACES[order.act], call, said)
        elif order.act is Act.RECORD:
            return self._recorded(line)
        return Sent(line.sid)

    def _dialled(self, leg: Leg, call: Call, said: Said) -> Result:
        line = CarriedLine(next(self._names), leg.to, self.clock(), LegState.RINGING, "", leg, call)
        twice = [one for one in self._of(call) if one.live and one.leg and _who(one.leg) == _who(leg)]
        if twice:
            self.faults.append(f"{_who(leg)} is rung twice")
        if not leg.to:
            return Failed("bad_number", "21211")
        self.lines.append(line)
        if not line.staff:
            self._put(line, "room", call, said)
        self._says(line, LegState.RINGING)
        return Sent(line.sid)

    def _put(self, line: CarriedLine, place: str, call: Call, said: Said) -> None:
        line.place, line.call = place, call
        if said.notice:
            self.announced.add(line.sid)
        if place == "room" and not any(leg.state is LegState.TALKING for leg in call.staff()):
            self.faults.append("a customer is put into an empty room")

    def _recorded(self, line: CarriedLine) -> Result:
        if line.sid not in self.announced:
            self.faults.append("a call is recorded before its caller has heard so")
        self.recorded[f"RE{line.sid[2:]}"] = line.sid
        return Sent(f"RE{line.sid[2:]}")

    # ------------------------------------------------------------------ what people and time do

    def picks_up(self, line: CarriedLine) -> None:
        line.state = LegState.TALKING
        self._says(line, LegState.TALKING)

    def ends(self, line: CarriedLine, reason: str = "canceled") -> None:
        talked, line.state = line.state is LegState.TALKING, LegState.ENDED
        self._says(
            line, LegState.ENDED if talked else LegState.FAILED, "" if talked or not line.leg else reason
        )

    def passes(self) -> None:
        """Nobody's telephone rings for ever, and a goodbye ends."""
        for line in [one for one in self.lines if one.live]:
            if line.state is LegState.RINGING and self.clock() - line.since >= RINGS:
                self.ends(line, "no_answer")
            elif line.place == "goodbye":
                self.ends(line)

    def live(self, to: str) -> list[CarriedLine]:
        return [line for line in self.lines if line.live and line.to == to]

    def room(self, call: Call) -> list[CarriedLine]:
        """Who of ours talks in it."""
        return [line for line in self._of(call) if line.staff and line.state is LegState.TALKING]

    def _of(self, call: Call) -> Iterator[CarriedLine]:
        at = call.interaction_id
        return (one for one in self.lines if one.call and one.call.interaction_id == at)

    def _line(self, sid: str) -> CarriedLine | None:
        return next((line for line in self.lines if line.sid == sid and line.live), None)

    def _says(self, line: CarriedLine, state: LegState, reason: str = "") -> None:
        line.sequence += 1
        self.tell(line, state, line.sequence, reason)


class Died(Exception):
    """A function that is gone."""


def _who(leg: Leg) -> str:
    return leg.who or leg.to
