"""Calls in a centre in memory: customers ring, agents with phones take them, the carrier tells of legs."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import Put
from shared.domain.channel.arrival import Arrival
from shared.domain.channel.call_place import CallPlace
from shared.domain.channel.calling import CallBegan, LegHeard, RecordingHeard
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.call import Call, Leg, LegRole, LegState, Spot, with_leg
from shared.domain.customer.head import Contact, Head, OpenCase
from shared.domain.routing.staff import Agent, Presence
from tests.support.rule_scene import NUMBER, OUR_NUMBER, RuleScene

PHONE = "+821055500009"


@dataclass
class CallScene(RuleScene):
    """`rings` and `puts_through` do what the operator would: they only write what is said of the call."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._calls, self._legs = count(1), count(1)

    def hire(
        self, agent_id: str = "one", presence: Presence = Presence.AVAILABLE, phone: str = PHONE
    ) -> Agent:
        self.phone = phone
        return super().hire(agent_id, presence)

    def calls(self, number: str = NUMBER) -> Call:
        """A customer calls; no flow greets them, so they wait."""
        sid = f"CA{next(self._calls):032}"
        way = Way("voice", Address("phone", number), "", number, OUR_NUMBER, sid)
        self.route(self.raw("voice"), Arrival(way, CallBegan(sid)))
        return max((one for one in self.all(Call)), key=lambda one: one.interaction_id)

    def talks(self, agent_id: str = "one") -> Call:
        """A customer and an agent, in one room."""
        call = self.calls()
        self.hire(agent_id)
        self.assign()
        self.accept(agent_id)
        leg = self.rings(call, agent_id)
        self.says_of(leg, LegState.TALKING, 2)
        return self.puts_through()

    def rings(
        self, call: Call, who: str = "one", role: LegRole = LegRole.AGENT, state: LegState = LegState.DIALLED
    ) -> Leg:
        leg = Leg(f"leg-{next(self._legs):04}", role, state, self.world.clock(), who=who, to=PHONE)
        self.change(with_leg(self.call(call), leg))
        return leg

    def puts_through(self, call: Call | None = None) -> Call:
        return self.change(replace(self.call(call), spot=Spot.ROOM, announced=True))

    def change(self, call: Call) -> Call:
        stored = self.call(call)
        after = replace(call, version=stored.version + 1)
        self.world.store.commit(Put(after, over=stored.version))
        return after

    def call(self, of: Call | None = None) -> Call:
        """As it is stored now; the only one where none is told."""
        if of is None:
            (only,) = self.all(Call)
            return only
        return self.get(Call, of.customer_id, of.interaction_id)

    def says_of(
        self,
        leg: Leg,
        state: LegState,
        sequence: int = -1,
        reason: str = "",
        seconds: int = 0,
        event_id: str = "",
        call: Call | None = None,
    ) -> Outcome:
        """The carrier's word about a leg that we rang; `call` names its call where it is forgotten."""
        said = LegHeard(leg.id, f"CA-{leg.id}", state, sequence, reason, seconds)
        return self._tells("leg", said, leg.id, event_id, call)

    def says_of_recording(self, said: RecordingHeard, event_id: str = "") -> Outcome:
        return self._tells("recording", said, said.leg, event_id)

    def caller_hangs_up(self, call: Call | None = None) -> Outcome:
        call = self.call(call)
        sid = next(leg.sid for leg in call.legs if leg.role is LegRole.CUSTOMER)
        way = Way("voice", Address("phone", NUMBER), "", NUMBER, OUR_NUMBER, sid)
        return self.route(self.raw("voice"), Arrival(way, LegHeard("", sid, LegState.ENDED, 9, "", 5)))

    def case(self, number: str = NUMBER) -> OpenCase:
        return self.head(number).cases[0]

    def contact(self, call: Call | None = None) -> Contact:
        stored = self.call(call)
        found = (one for head in self.all(Head) for case in head.cases for one in case.contacts)
        return next(one for one in found if one.interaction_id == stored.interaction_id)

    def leg(self, leg: Leg, call: Call | None = None) -> Leg:
        found = self.call(call).leg(leg.id)
        assert found is not None
        return found

    def _tells(
        self,
        what: str,
        said: LegHeard | RecordingHeard,
        leg: str,
        event_id: str,
        call: Call | None = None,
    ) -> Outcome:
        call = call or next(one for one in self.all(Call) if one.leg(leg) or not leg)
        until = self.world.clock() + timedelta(hours=4)
        place = CallPlace(what, until, "", NUMBER, call.customer_id, call.case_id, call.interaction_id, leg)
        way = Way("voice", Address("phone", NUMBER), "", NUMBER, OUR_NUMBER)
        return self.route(self.raw("voice", event_id), Arrival(way, said, call=place))
