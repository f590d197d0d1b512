"""Customers, agents and clocks that do anything at any time; what was handed on waits until somebody acts.

Every act is a plain call, so that any act may also happen in the middle of another one.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.centre import Centre
from shared.domain.change import Delete
from shared.domain.channel.arrival import Arrival, CodeRequest, Left, Message, SurveyAnswer
from shared.domain.channel.carriage import Failed, Later, NoAnswer, Result, Sent, Waits
from shared.domain.channel.commands import Due, DueRow, Send
from shared.domain.customer.head import Head, OpenCase
from shared.domain.errors import Refused, TryAgain
from shared.domain.flow.flow import Flow
from shared.domain.routing.staff import Presence
from shared.domain.timeline.bus_facts import Fact
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Delivery
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.channel.send_queued import SendQueued
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.change_presence import ChangePresence
from tests.support.rule_scene import OUR_NUMBER, RuleScene

NUMBERS = tuple(f"+8210111100{n:02}" for n in range(8))
VISITORS = tuple(f"01KDXZ8E00000000000000000{n}" for n in range(4))
AGENTS = ("one", "two")
CARRIED: dict[str, Result | NoAnswer] = {
    "sent": Sent("provider-1"),
    "failed": Failed("no"),
    "later": Later("busy"),
    "lost": NoAnswer("silence"),
    "away": Waits(),
}


class Town:
    """`dues` and `closings` are what the publisher handed on and nobody has acted on yet. With a `flow` every
    new conversation is met by it.
    """

    def __init__(self, flow: Flow | None = None) -> None:
        settings = FixedSettings(Centre(flow=flow.name), [flow]) if flow else FixedSettings()
        self.scene = RuleScene(World(store=MemoryStore(), settings=settings))
        self.world, self.store = self.scene.world, self.scene.world.store
        self.published = self.sent = self.keys = 0
        self.dues: list[Due] = []
        self.closings: list[Fact] = []
        for agent in AGENTS:
            self.scene.hire(agent, Presence.OFFLINE)

    def does(self, act: str, *how: object) -> None:
        """What staff are refused changes nothing. A race nobody can win would be TryAgain: a fault."""
        with suppress(Refused):
            getattr(self, act)(*how)

    def meanwhile(self, other: Callable[[], None], act: str, *how: object) -> None:
        """The other act is done just before the first commit of this one."""
        self.store.before_commit = lambda writes: other()
        self.does(act, *how)
        self.store.before_commit = None

    # ------------------------------------------------------------------ customers

    def texts(self, number: int, text: str, late: int) -> None:
        """`late` seconds ago by the door's clock, which may be ahead of the others."""
        self._arrives("sms", Address("phone", NUMBERS[number]), Message(Content(text)), late)

    def chats(self, visitor: int, text: str, late: int) -> None:
        self._arrives("chat", Address("visitor", VISITORS[visitor]), Message(Content(text)), late)

    def asks_code(self, visitor: int, number: int) -> None:
        self._arrives("chat", Address("visitor", VISITORS[visitor]), CodeRequest(NUMBERS[number]), 0)

    def scores(self, visitor: int, score: int) -> None:
        self._arrives("chat", Address("visitor", VISITORS[visitor]), SurveyAnswer(score), 0)

    def leaves(self, visitor: int) -> None:
        self._arrives("chat", Address("visitor", VISITORS[visitor]), Left(), 0)

    def takes(self, agent: str) -> None:
        """Comes, and accepts what there is."""
        self.comes(agent)
        self.settles()
        self.accepts(agent)

    def proves(self, visitor: int, number: int) -> None:
        """Whatever was under way before is over by then."""
        self.world.clock.advance(301)
        self.chats(visitor, "Hello", 0)
        self.asks_code(visitor, number)
        self.chats(visitor, self.scene.code, 0)

    def _arrives(self, channel: str, sender: Address, what: object, late: int) -> None:
        raw = self.scene.raw(channel)
        raw = replace(raw, accepted_at=raw.accepted_at - timedelta(seconds=late))
        said = Arrival(Way("", sender, "", sender.value, OUR_NUMBER if channel == "sms" else ""), what)  # type: ignore[arg-type]
        self.scene.route(raw, said)
        self.scene.route(raw, said)

    # ------------------------------------------------------------------ staff

    def comes(self, agent: str) -> None:
        self.scene.presence(Presence.AVAILABLE, agent)

    def goes(self, agent: str) -> None:
        self.scene.presence(Presence.OFFLINE, agent)

    def pauses(self, agent: str) -> None:
        self.scene.presence(Presence.BREAK, agent)

    def beats(self, agent: str) -> None:
        ChangePresence(*self.scene.needs).beat(agent)

    def accepts(self, agent: str) -> None:
        for offer in self.scene.offers(agent):
            AnswerOffer(*self.scene.needs).accept(agent, offer)

    def declines(self, agent: str) -> None:
        for offer in self.scene.offers(agent):
            AnswerOffer(*self.scene.needs).decline(agent, offer)

    def replies(self, agent: str, channel: str) -> None:
        for head, case in self._owned(agent)[:1]:
            self.scene.answering().reply(agent, head.customer_id, case.id, channel, None, "Yes", self._key())

    def notes(self, agent: str) -> None:
        for head, case in self._owned(agent)[-1:]:
            self.scene.answering().note(agent, head.customer_id, case.id, "So so", self._key())

    def sends_code(self, agent: str, number: int) -> None:
        for head, case in self._owned(agent)[:1]:
            ask = self.scene.answering().ask_code
            ask(agent, head.customer_id, case.id, NUMBERS[number], self._key())

    def closes(self, agent: str) -> None:
        for head, case in self._owned(agent)[:1]:
            self.scene.answering().close(agent, head.customer_id, case.id, "solved")

    def _owned(self, agent: str) -> list[tuple[Head, OpenCase]]:
        return [(head, case) for head in self.scene.all(Head) for case in head.cases if case.owner == agent]

    def _key(self) -> str:
        self.keys += 1
        return f"key-{self.keys:06}"

    # ------------------------------------------------------------------ the machinery

    def publishes(self) -> None:
        fresh = self.store.stream[self.published :]
        self.published += len(fresh)
        outbox = self.world.outbox
        PublishEntries(outbox, self.world.store, self.world.clock)(fresh)
        self.dues += outbox.dues
        self.closings += [fact for fact in outbox.facts if fact.name == "CaseClosed"]
        outbox.dues.clear()
        outbox.facts.clear()

    def assigns(self) -> None:
        """A look at the pool, for all wakes there are."""
        wakes = list(self.world.outbox.wakes)
        self.world.outbox.wakes.clear()
        AssignWaiting(*self.scene.needs)("main", wakes)

    def carries(self, outcome: str) -> None:
        """All the messages that were handed on, and once more the last of them."""
        send = SendQueued(*self.scene.needs, lambda entry: CARRIED[outcome])
        for _, command, _ in [*self.world.outbox.sends[self.sent :], *self.world.outbox.sends[-1:]]:
            with suppress(TryAgain):
                send(command)
        self.sent = len(self.world.outbox.sends)

    def retries(self) -> None:
        """Whatever was to be tried again."""
        self.sent = 0
        self.carries("sent")

    def asks(self) -> None:
        """The surveys of everything that was closed: of some of it twice."""
        for closed in [*self.closings, *self.closings[:1]]:
            self.scene.surveys(closed)
        self.closings.clear()

    def passes(self, seconds: int) -> None:
        """Time passes, and what falls due by then is done; desks are silent unless they beat."""
        self.world.clock.advance(seconds)
        self.publishes()
        due = [due for due in self.dues if due.at <= self.world.clock()]
        self.dues = [timer for timer in self.dues if timer not in due]
        for timer in [*due, *due[:1]]:
            self._time().fire(timer)

    def sweeps(self) -> None:
        self._time().sweep()

    def _time(self) -> KeepTime:
        return KeepTime(*self.scene.needs, self.world.outbox)

    # ------------------------------------------------------------------ in the end

    def settles(self) -> None:
        """The wakes there are, and no more: afterwards nobody is free for whom somebody waits."""
        while True:
            self.publishes()
            if not self.world.outbox.wakes:
                return
            self.assigns()

    def ends(self) -> None:
        """A quiet week with everything working and nobody at their desks. A timer may have something said."""
        for _ in range(8):
            self.publishes()
            self.retries()
            self.passes(86_400)
            for row in self.scene.all(DueRow):
                self.dues.append(row.due)
                self.store.commit(Delete(row))
        self.sweeps()

    def unsent(self) -> list[Send]:
        going = (Delivery.QUEUED, Delivery.SENDING)
        return [Send(e.timeline, e.seq) for e in self.scene.entries() if e.delivery in going]
