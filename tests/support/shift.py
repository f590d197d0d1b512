"""Histories in which agents help themselves as well: cases are taken, given, snoozed and ended for abuse,
supervisors step in, replies are taken back; and the finder hears of it late, twice and out of order.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from shared.domain.customer.head import Head, OpenCase
from shared.domain.declared import Tag, Undo
from shared.domain.desk.found import FindRow, OpenRow
from shared.domain.desk.inbox import SUPERVISORS, Notice
from shared.domain.errors import Refused
from shared.domain.timeline.bus_facts import Fact
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.use_cases.case.reply_to_customer import ReplyToCustomer
from shared.use_cases.case.snooze_case import SnoozeCase
from shared.use_cases.case.tag_case import TagCase
from shared.use_cases.case.withdraw_reply import WithdrawReply
from shared.use_cases.desk.assign_case import AssignCase
from shared.use_cases.desk.end_abuse import EndAbuse
from shared.use_cases.desk.hand_on import Wish
from shared.use_cases.desk.keep_found import KeepFound
from shared.use_cases.desk.supervise_case import SuperviseCase
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.routing.take_case import TakeCase
from tests.support import wild
from tests.support.histories import AGENTS
from tests.support.template import resources
from tests.support.wild import Wild

BOSS = "boss"
HEARD = resources("AWS::Events::Rule")["WhatIsFound"]["Properties"]["EventPattern"]["detail-type"]
CENTRE = replace(wild.USUAL, tags=(Tag("vip"), Tag("trade")), undo=(Undo("sms", 10), Undo("chat", 5)))


class Shift(Wild):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._set(CENTRE, wild.MEMBERS)
        AddStaff(*self.scene.needs)(BOSS, "Boss")
        self.told = 0
        self.late: list[Fact] = []

    def acts(self, most: int) -> Iterator[str]:
        for _ in range(most):
            act = self.chance.choice(ALL)
            self._maybe_cut(lambda act=act: act(self))  # type: ignore[misc]
            yield act.__name__

    def takes(self) -> None:
        for head, case in self._some():
            TakeCase(*self.scene.needs)(self._agent(), head.customer_id, case.id, self._key())

    def two_take(self) -> None:
        """The other one is faster by a moment."""
        self._before(0, self._quietly(self.takes))
        self.takes()

    def assigns(self) -> None:
        queues = ({"queue": queue} for queue in ("main", "english", "sales"))
        where = self.chance.choice((*queues, self._colleague()))
        for head, case in self._some():
            wish = Wish(self._of(case), head.customer_id, case.id, note="Look", **where)
            AssignCase(*self.scene.needs)(wish, self._key())

    def snoozes(self) -> None:
        until = self.world.clock() + timedelta(seconds=self.chance.choice((4, 70, 900)))
        for head, case in self._owned()[:1]:
            SnoozeCase(*self.scene.needs)(self._of(case), head.customer_id, case.id, until, self._key())

    def snoozed_while_they_write(self) -> None:
        self._before(0, self._quietly(self.writes))
        self.snoozes()

    def wakes_up(self) -> None:
        for head in self.scene.all(Head):
            for case in (one for one in head.cases if one.snoozed):
                with suppress(Refused):
                    SnoozeCase(*self.scene.needs).wake(self._of(case), head.customer_id, case.id, self._key())

    def tags(self) -> None:
        for head, case in self._some():
            add, remove = self.chance.choice(((["vip"], []), ([], ["vip"]), (["trade"], ["vip"])))
            TagCase(*self.scene.needs)(self._agent(), head.customer_id, case.id, add, remove, self._key())

    def answers(self) -> None:
        for head, case in self._owned()[:1]:
            channel = case.interactions[0].channel if case.interactions else "sms"
            say = ReplyToCustomer(*self.scene.needs)
            say(self._of(case), head.customer_id, case.id, channel, None, "Hello", self._key())

    def takes_back(self) -> None:
        held = [one for one in self.scene.all(Entry) if one.delivery is Delivery.HELD]
        for line in held[:1]:
            back, who = WithdrawReply(*self.scene.needs), line.actor.partition(":")[2]
            back(who, line.timeline, line.case_id, line.timeline, line.seq, self._key())

    def has_enough(self) -> None:
        for head, case in self._owned()[:1]:
            abuse = EndAbuse(*self.scene.needs)
            if self.chance.random() < 0.5:
                abuse.warn(self._of(case), head.customer_id, case.id, self._key())
            else:
                abuse.end(self._of(case), head.customer_id, case.id, "Shouted", self._key())

    def supervises(self) -> None:
        do, key = SuperviseCase(*self.scene.needs), self._key()
        what = self.chance.choice(("note", "step_in", "step_out", "queue", "agent"))
        for head, case in self._some():
            where = (self.chance.choice((BOSS, *AGENTS)), head.customer_id, case.id)
            if what == "step_out":
                do.step_out(*where, key)
            elif what in ("queue", "agent"):
                to = (self.chance.choice(("main", "sales")), "") if what == "queue" else ("", self._agent())
                do.assign(*where, *to, "Too much", key)
            else:
                (do.note if what == "note" else do.step_in)(*where, "They asked for me", key)

    def hears(self) -> None:
        """Of some, in any order, and of some again."""
        self.publishes()
        self._heard()
        some = self.chance.sample(self.late, self.chance.randrange(len(self.late) + 1))
        KeepFound(*self.scene.needs)(some)
        self.late = [one for one in self.late if one not in some or self.chance.random() < 0.2]

    def hears_twice_at_once(self) -> None:
        self._before(self.chance.randrange(3), self._quietly(self.hears))
        self.hears()

    def misheard(self) -> list[str]:
        """What the rows say otherwise than rows made anew, where all facts have been heard."""
        self.publishes()
        self._heard()
        KeepFound(*self.scene.needs)(self.late)
        self.late = []
        found = _rows(self)
        for customer_id in {one.customer_id for one in self.world.outbox.facts if one.name in HEARD}:
            KeepFound(*self.scene.needs).anew(customer_id)
        return sorted(map(str, found ^ _rows(self)))

    def unheard(self) -> list[str]:
        """Ends for abuse of which no supervisor was told."""
        ended = [e for e in self.scene.entries(Kind.CASE_CLOSED) if SUPERVISORS in e.signals.mentioned]
        there = {one.id for one in self.scene.all(Notice)}
        return [f"nobody was told of {e.case_id}" for e in ended if e.id not in there]

    def _heard(self) -> None:
        facts = self.world.outbox.facts
        self.late += [one for one in facts[self.told :] if one.name in HEARD]
        self.told = len(facts)

    def _agent(self) -> str:
        return self.chance.choice(AGENTS)

    def _some(self) -> list[tuple[Head, OpenCase]]:
        found = [(head, case) for head in self.scene.all(Head) for case in head.cases]
        self.chance.shuffle(found)
        return found[:1]

    def _of(self, case: OpenCase) -> str:
        return case.owner or self._agent()

    def _quietly(self, act: Callable[[], object]) -> Callable[[], None]:
        def tried() -> None:
            with suppress(Refused):
                act()

        return tried


def _rows(shift: Shift) -> set[object]:
    return {*shift.scene.all(FindRow), *shift.scene.all(OpenRow)}


NEW = (
    Shift.takes, Shift.takes, Shift.two_take, Shift.assigns, Shift.snoozes, Shift.snoozes, Shift.wakes_up,
    Shift.snoozed_while_they_write, Shift.tags, Shift.answers, Shift.answers, Shift.takes_back,
    Shift.has_enough, Shift.supervises, Shift.supervises, Shift.hears, Shift.hears, Shift.hears_twice_at_once,
)  # fmt: skip
ALL: tuple[Callable[[Shift], None], ...] = (*wild.SAME, *NEW, *NEW)


def wrong_with(seed: int, acts: int = 30) -> list[str]:
    """What a shift breaks, with what led there."""
    shift = Shift(seed)
    done: list[str] = []
    for name in shift.acts(acts):
        done.append(name)
        found = shift.faults()
        if found:
            return [*found, *done]
    shift.settles()
    found = [*shift.faults(), *shift.orphans(), *shift.lost(), *shift.unheard(), *shift.misheard()]
    return [*found, *done] if found else []
