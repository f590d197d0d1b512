"""Anything in any order, with anything breaking in between: the promises hold all the same."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from infra.local.stepper import AFTER, BEFORE, TWICE, Crash, Delivery, Fault
from shared.domain.customer.head import ContactState, Head
from shared.domain.report.figures import Figure
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent, room
from shared.domain.timeline.entry import Delivery as State
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.timeline.kinds import OUTBOUND
from shared.domain.times import iso
from tests.support.whole_scene import WholeScene, adds_up

T = TypeVar("T")
NUMBERS = ("+821000000001", "+821000000002", "anonymous")
WORDS = ("Hi", "Hello?", "Is it there?", "5", "", "STOP", "START", "START")
# Doors that die are in test_exact_ledger.py.
FAULTS: tuple[Fault | None, ...] = (
    None, TWICE, BEFORE, AFTER, *(Crash(n, back_after=0) for n in (1, 2, 3, 4, 5, 6))
)  # fmt: skip


class Day:
    """Two phones and a withheld one, a chat and two agents do this and that; functions die now and then."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.scene = WholeScene(self.chance)
        self.desks = [self.scene.agent("one"), self.scene.agent("two")]
        self.visitor = self.scene.visitor()
        self.answers = 0
        self.acts: list[str] = []

    def act(self) -> None:
        act = self.chance.choices(list(ACTS), list(ACTS.values()))[0]
        self.acts.append(act.__name__)
        act(self)

    # ------------------------------------------------------------------ what people do

    def write(self) -> None:
        assert self.scene.sms(self.chance.choice(NUMBERS), self.chance.choice(WORDS)).status == 200

    def deliver_again(self) -> None:
        number, n = self.chance.choice(NUMBERS), self.chance.randint(1, 3)
        self.scene.sms(number, "again", sid=f"SM-again-{number}-{n}")

    def chat(self) -> None:
        self.visitor.say(self.chance.choice(("Hello", "3")))

    def leave_and_come_back(self) -> None:
        """Not so often that the door asks for patience."""
        if self.chance.random() < 0.5:
            self.visitor.leave()
        self.scene.stepper.advance(6)
        self.visitor = self.scene.visitor(token=self.visitor.token)

    def ask_for_a_call(self) -> None:
        """At once, in an hour, or no more."""
        hour = (self.scene.world.clock() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        chance = self.chance.random()
        if chance < 0.3:
            self.visitor.cancel_call()
        else:
            self.visitor.ask_call("010-1234-5678", iso(hour) if chance < 0.5 else "")

    def call(self) -> None:
        for desk in self.desks:
            for item in desk.me()["cases"]:
                if item["callback"]:
                    desk.called(item, self.chance.random() < 0.3)

    def take(self) -> None:
        desk = self.chance.choice(self.desks)
        desk.presence("available")
        self.everything()
        for offer in desk.offers():
            answer = self.chance.choice(("accept", "accept", "decline"))
            desk.ask("POST", f"/offers/{offer['offer_id']}/{answer}")

    def answer(self) -> None:
        for desk in self.desks:
            for item in desk.me()["cases"]:
                self.answers += 1
                desk.reply(item, item["channel"], f"answer {self.answers}")
        self.everything()

    def close(self) -> None:
        desk = self.chance.choice(self.desks)
        for item in desk.me()["cases"][:1]:
            desk.close(item)

    def come_or_go(self) -> None:
        words = ("available", "available", "break", "offline")
        self.chance.choice(self.desks).presence(self.chance.choice(words))

    def report(self) -> None:
        for text in self.scene.provider.texts[-3:]:
            self.scene.report(text, self.chance.choice(("sent", "delivered", "undelivered")))

    # ------------------------------------------------------------------ what the machinery does

    def deliver(self) -> None:
        pending = self.scene.stepper.pending()
        if pending:
            chosen = self.chance.choice(pending).function
            self.scene.stepper.deliver(chosen, fault=self.chance.choice(FAULTS))

    def everything(self) -> None:
        """Whatever can happen now; one delivery in four goes wrong."""
        self.scene.run(faults=self._strike)

    def wait(self) -> None:
        self.scene.live(self.chance.choice((1, 5, 31, 70, 200)), faults=self._strike)

    def _strike(self, delivery: Delivery) -> Fault | None:
        return self.chance.choice(FAULTS) if self.chance.random() < 0.25 else None

    # ------------------------------------------------------------------ what holds at every moment

    def check(self) -> None:
        self.one_open_case_a_customer()
        self.lines_are_numbered_without_gaps()
        self.who_waits_is_in_the_pool_and_who_is_owned_has_a_place()
        self.the_provider_was_called_once_for_each_message()

    def one_open_case_a_customer(self) -> None:
        assert all(len(head.cases) <= 1 for head in self.items(Head))

    def lines_are_numbered_without_gaps(self) -> None:
        lines: dict[str, list[int]] = {}
        for entry in self.items(Entry):
            lines.setdefault(entry.timeline, []).append(entry.seq)
        for head in self.items(Head):
            assert sorted(lines[head.customer_id]) == list(range(1, head.version + 1))

    def who_waits_is_in_the_pool_and_who_is_owned_has_a_place(self) -> None:
        cases = [case for head in self.items(Head) for case in head.cases]
        rows = {row.case_id for row in self.items(Waiting)}
        places = {(p.case_id, agent.id) for agent in self.items(Agent) for p in agent.engagements}
        assert rows == {case.id for case in cases if case.contact.state is ContactState.WAITING}
        assert places == {(case.id, case.agent) for case in cases if case.agent}
        for agent in self.items(Agent):
            assert room(agent) >= 0

    def the_provider_was_called_once_for_each_message(self) -> None:
        called = Counter(text.callback for text in self.scene.provider.texts)
        assert all(times == 1 for times in called.values()), called

    def end(self) -> None:
        """Once all is quiet nothing is lost, everything is counted once, nobody is left alone."""
        self.scene.live(700)
        adds_up(self.scene)
        entries = self.items(Entry)
        received = [entry for entry in entries if entry.kind is Kind.MESSAGE_RECEIVED]
        assert sum(figure.messages_received for figure in self.items(Figure)) == len(received)
        sms = [e for e in entries if e.kind in OUTBOUND and e.channel == "sms"]
        assert not [e for e in sms if e.delivery in (State.QUEUED, State.SENDING)]
        assert not [case for head in self.items(Head) for case in head.cases if case.owner]
        dead = [name for name, queue in self.scene.ground.sqs.queues.items() if queue.plan.dead == ""]
        assert not [m for name in dead for m in self.scene.ground.sqs.queues[name].messages]

    def items(self, kind: type[T]) -> list[T]:
        return [item for item in self.scene.world.store.items.values() if isinstance(item, kind)]


ACTS: dict[Callable[[Day], None], int] = {
    Day.write: 5, Day.deliver_again: 1, Day.chat: 3, Day.leave_and_come_back: 1, Day.take: 7, Day.answer: 8,
    Day.ask_for_a_call: 2, Day.call: 3,
    Day.close: 1, Day.come_or_go: 1, Day.report: 2, Day.deliver: 8, Day.everything: 6, Day.wait: 1,
}  # fmt: skip


# Shrinking a seed tells nothing; the acts of a failing day are in its message.
@settings(
    max_examples=15, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(seed=st.integers(0, 2**32))
def test_whatever_happens_the_promises_hold(seed: int) -> None:
    day = Day(seed)

    for _ in range(50):
        day.act()
        day.check()
    day.end()
