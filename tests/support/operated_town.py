"""A town whose telephones ring: the operator joins callers and agents by a carrier that keeps every line, and
whose words come late, twice and in any order.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.call.look import Look, key_of
from shared.domain.call.on_call import on_call
from shared.domain.change import Ref
from shared.domain.channel.arrival import Arrival
from shared.domain.channel.call_place import CallPlace
from shared.domain.channel.calling import LegHeard
from shared.domain.channel.commands import Send
from shared.domain.customer.call import Call, LegRole, LegState
from shared.domain.customer.head import Head, OpenCase
from shared.domain.errors import TryAgain
from shared.use_cases.call.act_on_call import Act, ActOnCall
from shared.use_cases.call.listen_to_call import ListenToCall
from shared.use_cases.call.operate import Operate
from shared.use_cases.call.place_call import PlaceCall
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.desk.hand_on import HandOn, Wish
from shared.use_cases.routing.add_staff import AddStaff
from tests.support.caller import OUR_LINE, Caller
from tests.support.carried import CarriedLine, Died, MemoryCarrier
from tests.support.town import AGENTS, NUMBERS, Town

PHONES = {"one": "+821055500201", "two": "+821055500202", "boss": "+821055500203"}
OUTSIDE = "+8225550100"


class OperatedTown(Town):
    """`orders` are the operator's commands that nobody has carried out yet, `words` what the carrier has not
    told yet.
    """

    def __init__(self) -> None:
        super().__init__()
        self.carrier = MemoryCarrier(self.world.clock, self._heard)
        self.callers: dict[str, Caller] = {}
        self.orders: list[Send] = []
        self.words: list[Callable[[], object]] = []
        self.told = 0
        for agent, phone in PHONES.items():
            AddStaff(*self.scene.needs)(agent, "", phone=phone)

    def does(self, act: str, *how: object) -> None:
        """Two things never happen at one moment."""
        self.world.clock.advance(0.001)
        super().does(act, *how)

    # ------------------------------------------------------------------ people

    def proves(self, visitor: int, number: int) -> None:
        self.passes(301)
        super().proves(visitor, number)
        self.carrier.passes()

    def rings(self, number: int) -> None:
        sid = f"CA{len(self.carrier.lines) + 1:032}"
        self.carrier.lines.append(CarriedLine(sid, NUMBERS[number], self.world.clock(), place="queue"))
        self.callers[sid] = Caller(self.scene, None, sid, NUMBERS[number])
        self.callers[sid].rings()

    def hangs_up(self, number: int) -> None:
        for line in self.carrier.live(NUMBERS[number])[:1]:
            self.carrier.ends(line)

    def wants_call(self, number: int) -> None:
        """Whoever waits for an agent; then they hang up."""
        for line in self.carrier.live(NUMBERS[number])[:1]:
            if line.place == "queue" and line.sid in self.callers:
                self.callers[line.sid].asks_for_a_call()
                self.carrier.ends(line)

    def answers(self, number: int) -> None:
        self._picks_up(NUMBERS[number])

    def picks_up(self, agent: str) -> None:
        self._picks_up(PHONES[agent])

    def refuses(self, agent: str) -> None:
        for line in self.carrier.live(PHONES[agent])[:1]:
            self.carrier.ends(line, "busy")

    def joins(self, number: int, agent: str) -> None:
        """A caller and an agent, as it goes when nothing goes wrong; or as far as it goes."""
        self.rings(number)
        self.takes(agent)
        self.hears()
        self.picks_up(agent)
        self.hears()

    def reaches(self, number: int, agent: str) -> None:
        """A customer whom an agent calls."""
        self.texts(number, "Call me", 0)
        self.takes(agent)
        self.places(agent, number)
        self.hears()
        self.picks_up(agent)
        self.hears()
        self.answers(number)
        self.hears()

    def calls_back(self, number: int, agent: str) -> None:
        """A caller asked for it and hung up; an agent has it, and picks up."""
        self.rings(number)
        self.wants_call(number)
        self.hears()
        self.takes(agent)
        self.hears()
        self.picks_up(agent)
        self.hears()

    def consults(self, agent: str) -> None:
        """The other agent comes, is asked for advice on what this one has, and picks up."""
        other = next(one for one in AGENTS if one != agent)
        self.comes(other)
        self.hands_on(agent, "ask")
        self.accepts(other)
        self.hears()
        self.picks_up(other)
        self.hears()

    def hears(self) -> None:
        """What the carrier tells now, and what is asked of it then."""
        while self.words:
            self.words.pop(0)()
        self.operates([])

    def _picks_up(self, number: str) -> None:
        ringing = (one for one in self.carrier.live(number) if one.state is LegState.RINGING)
        for line in list(ringing)[:1]:
            self.carrier.picks_up(line)

    # ------------------------------------------------------------------ staff

    def acts(self, agent: str, act: str) -> None:
        for head, case in self._owned(agent)[-1:]:
            number = OUTSIDE if act == "add" else ""
            ActOnCall(*self.scene.needs)(
                agent, head.customer_id, case.id, Act(act, number=number), self._key()
            )

    def drops(self, agent: str) -> None:
        for head, case in self._owned(agent)[-1:]:
            for leg in [leg for call in self._calls(case) for leg in call.staff()][-1:]:
                act = Act("drop", leg=leg.id)
                ActOnCall(*self.scene.needs)(agent, head.customer_id, case.id, act, self._key())

    def places(self, agent: str, number: int) -> None:
        for head, case in self._owned(agent)[:1]:
            PlaceCall(*self.scene.needs)(agent, head.customer_id, case.id, NUMBERS[number], self._key())

    def hands_on(self, agent: str, how: str) -> None:
        """To the other agent, or to their queue."""
        other = next(one for one in AGENTS if one != agent)
        for head, case in self._owned(agent)[-1:]:
            wish = Wish(agent, head.customer_id, case.id, to=other)
            if how == "queue":
                wish = Wish(agent, head.customer_id, case.id, queue=case.contact.queue)
            if how == "end":
                HandOn(*self.scene.needs).end(agent, head.customer_id, case.id)
            else:
                what = {"ask": "ask", "hand_over": "hand_over"}.get(how, "transfer")
                getattr(HandOn(*self.scene.needs), what)(wish, self._key())

    def listens(self, how: str) -> None:
        for head in self.scene.all(Head):
            for case in head.cases[:1]:
                ListenToCall(*self.scene.needs)("boss", head.customer_id, case.id, how, "a look", self._key())

    def _calls(self, case: OpenCase) -> list[Call]:
        return [call for call in self.scene.all(Call) if call.case_id == case.id]

    # ------------------------------------------------------------------ the machinery

    def publishes(self) -> None:
        fresh = self.store.stream[self.published :]
        self.published += len(fresh)
        outbox = self.world.outbox
        PublishEntries(outbox, self.store, self.world.clock, frozenset({"voice"}))(fresh)
        self.dues += outbox.dues
        self.closings += [fact for fact in outbox.facts if fact.name == "CaseClosed"]
        self.orders += [command for channel, command, _ in outbox.sends if channel == "voice"]
        outbox.sends = [one for one in outbox.sends if one[0] != "voice"]
        outbox.dues.clear()
        outbox.facts.clear()

    def operates(self, fates: list[str]) -> None:
        """Every command; what is to be tried again waits, as its whole queue does."""
        self.publishes()
        self.carrier.fates = list(fates)
        operate, left = Operate(*self.scene.needs, self.carrier), []
        for command in self.orders:
            try:
                operate(command)
            except (TryAgain, Died):
                left.append(command)
        self.orders, self.carrier.fates = left, []

    def tells(self, n: int, twice: bool) -> None:
        """One of the words that wait, perhaps to be told again."""
        if self.words:
            n %= len(self.words)
            word = self.words[n] if twice else self.words.pop(n)
            word()

    def passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)
        self.carrier.passes()
        super().passes(0)

    def calms(self) -> None:
        """Everything that was said is told, and everything asked for is done."""
        for _ in range(40):
            while self.words:
                self.words.pop(0)()
            self.settles()
            self.operates([])
            self.publishes()
            if not (self.words or self.orders):
                return
            if self.orders:
                self.passes(31)
        raise AssertionError(f"it never ends: {self.orders}")

    def _heard(self, line: CarriedLine, state: LegState, sequence: int, reason: str) -> None:
        self.words.append(lambda: self._says(line, state, sequence, reason))

    def _says(self, line: CarriedLine, state: LegState, sequence: int, reason: str) -> None:
        if line.leg is None or line.call is None:
            self.callers[line.sid].hangs_up(sequence)
            return
        call, number = line.call, NUMBERS[0]
        until = self.world.clock() + timedelta(hours=4)
        place = CallPlace(
            "leg", until, "", number, call.customer_id, call.case_id, call.interaction_id, line.leg.id
        )
        said = LegHeard(line.leg.id, line.sid, state, sequence, reason, 5)
        way = Way("voice", Address("phone", number), "", number, OUR_LINE)
        event = f"{line.sid}:status:{line.leg.id}:{sequence}:{state}"
        self.scene.route(self.scene.raw("voice", event), Arrival(way, said, call=place))

    # ------------------------------------------------------------------ what is so

    def astray(self) -> list[str]:
        """Lines of the carrier that should not be there, once everything is told and done."""
        found = [*self.carrier.faults]
        for line in (one for one in self.carrier.lines if one.live):
            call = self._call(line)
            if call is None:
                found.append(f"{line.to} is on the line for no call")
            elif line.staff and not self._wanted(line, call):
                found.append(f"{line.to} is on the line and not wanted")
            elif not line.staff and (call.customer is None or call.customer.sid != line.sid):
                found.append(f"the customer {line.to} is on the line, and nobody knows")
            elif not line.staff and line.place == "room" and not with_them(call):
                found.append(f"the customer {line.to} is alone in the room")
        return found

    def _call(self, line: CarriedLine) -> Call | None:
        if line.call:
            return self.store.get(Ref(Call, line.call.customer_id, line.call.interaction_id))
        legs = ((call, leg) for call in self.scene.all(Call) for leg in call.legs)
        return next((call for call, leg in legs if leg.sid == line.sid), None)

    def _wanted(self, line: CarriedLine, call: Call) -> bool:
        leg = next((one for one in call.legs if one.sid == line.sid), None)
        head = self.store.get(Ref(Head, call.customer_id))
        head = self.store.get(Ref(Head, head.root)) if head and head.root else head
        if leg is None or head is None or leg.role is LegRole.CUSTOMER:
            return False
        look = Look(call, on_call(head, call).contact, {}, self.world.now())
        return key_of(leg) in {one.key for one in look.people()}

    def ends(self) -> None:
        with suppress(AssertionError):
            self.calms()
        for line in [one for one in self.carrier.lines if one.live]:
            self.carrier.ends(line)
        for _ in range(3):
            self.calms()
            self.passes(61)
            self.sweeps()
        super().ends()
        self.calms()


def with_them(call: Call) -> bool:
    """Whether somebody of ours talks with the customer, or is rung for it."""
    heard = (leg for leg in call.staff() if leg.role is not LegRole.SUPERVISOR or leg.listens == "join")
    return any(heard)
