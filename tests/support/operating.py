"""A centre in memory that a customer calls, and a carrier that does what it is told, or as a test says."""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from shared.domain.call.order import Act, Order
from shared.domain.call.said import Said
from shared.domain.change import Put
from shared.domain.channel.carriage import Failed, NoAnswer, Result, Sent
from shared.domain.channel.commands import Send
from shared.domain.customer.call import Call, Leg, LegRole, LegState, with_leg
from shared.domain.timeline.entry import Entry, Kind
from shared.ports import Store
from shared.use_cases.call.operate import Operate
from tests.support.call_scene import CallScene

SID = f"CA{1:032}"
Answer = Result | NoAnswer | Exception


@dataclass
class ScriptedCarrier:
    """`answers` come first, then it takes everything. `asked` is every order, with whom it is about; `rings`
    are the telephones it was made to ring; `listed` is what it says of a telephone that may ring."""

    answers: list[Answer] = field(default_factory=list)
    listed: str = ""
    asked: list[tuple[Act, str]] = field(default_factory=list)
    rings: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    about: list[tuple[Act, Call]] = field(default_factory=list)
    sent: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = (f"CA{n:032}" for n in count(100))

    def order(self, order: Order, call: Call, said: Said) -> Result | NoAnswer:
        leg = order.leg
        self.asked.append((order.act, (leg.who or leg.to) if leg else ""))
        self.said.append(said)
        self.about.append((order.act, call))
        answer = self._answer()
        if order.act is Act.DIAL and leg and isinstance(answer, Sent | NoAnswer):
            self.rings.append(leg.who or leg.to)
        return answer

    def look(self, leg: Leg, call: Call) -> Result | NoAnswer:
        self.looks.append(leg.who or leg.to)
        return Sent(self.listed) if self.listed else Failed("not_found")

    def send(self, entry: Entry) -> Result | NoAnswer:
        self.sent.append(entry)
        return self._answer()

    def _answer(self) -> Result | NoAnswer:
        answer = self.answers.pop(0) if self.answers else Sent(next(self._names))
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Operated:
    """A caller whose call an agent took, which the operator knows nothing of yet."""

    scene: CallScene = field(default_factory=CallScene)
    carrier: ScriptedCarrier = field(default_factory=ScriptedCarrier)

    def __post_init__(self) -> None:
        self.scene.calls()
        self.scene.hire("one")
        self.scene.assign()
        self.scene.accept("one")

    @property
    def call(self) -> Call:
        (only,) = self.scene.all(Call)
        return only

    def operate(self, kind: Kind = Kind.ASSIGNED, store: Store | None = None) -> None:
        """The command of the last line of this kind."""
        entry = self.scene.entries(kind)[-1]
        Operate(store or self.scene.world.store, self.scene.world.now, self.carrier)(
            Send(entry.timeline, entry.seq)
        )

    def change(self, **to: Any) -> None:
        """What staff wish, or the router heard."""
        before = self.call
        after = replace(before, **to, version=before.version + 1)
        self.scene.world.store.commit(Put(after, over=before.version))

    def heard(self, who: str, state: LegState, sid: str = "") -> None:
        leg = self.leg(who)
        told = replace(leg, state=state, sid=leg.sid or sid)
        self.change(legs=with_leg(self.call, told).legs)

    def leg(self, who: str) -> Leg:
        """Of this person; of the customer for none."""
        role = LegRole.CUSTOMER if not who else None
        (found,) = [one for one in self.call.legs if one.role is role or (who and one.who == who)]
        return found

    def talks(self) -> None:
        """The agent has picked up, and the customer is with them."""
        self.operate()
        self.heard("one", LegState.TALKING)
        self.operate()
