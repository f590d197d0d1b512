"""Small histories of a pool in which anything goes wrong: crashes between two writes, wakes twice or never,
late timers, two looks at once. What must hold is asked after every act.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.change import Write
from shared.domain.channel.arrival import Left
from shared.domain.channel.commands import Due, Wake
from shared.domain.customer.head import ContactState, Head
from shared.domain.errors import Refused, TryAgain
from shared.domain.queue import Need, Overflow, Queue, Ring
from shared.domain.routing.explain import chosen_again, read_record
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent, Presence, room
from shared.domain.staffing import Limit, Member, Profile, Rule, Skill, When
from shared.domain.timeline.entry import Entry, Kind
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.assign_waiting import AssignWaiting
from tests.support.consistency import Table, pool
from tests.support.fitting import fitting
from tests.support.rule_scene import RuleScene

AGENTS = ("one", "two", "three")
MEMBERS = (
    Member("one", "all", (Need("english", 4),)),
    Member("two", "all", (Need("english", 1),)),
    Member("three", "plain"),
)
CENTRE = replace(
    Centre(),
    queues=(
        Queue(priority=6),
        Queue("english", priority=2, rings=(Ring(60, drop=("english",)),), overflow=Overflow("main", 300)),
    ),
    skills=(Skill("english"),),
    profiles=(
        Profile("all", ("main", "english"), (Limit("sms", 2), Limit("chat", 2))),
        Profile("plain", ("main",), (Limit("sms", 1),)),
    ),
    rules=(Rule((When("channel", ("chat",)),), "english", (Need("english", 2),)),),
)
NUMBERS = tuple(f"+8210123456{n:02}" for n in range(6))
VISITORS = tuple(f"01KDXZ8E00000000000000000{n}" for n in range(4))
WAIT_A_LITTLE = (1, 5, 31, 65, 301)
MOST_SETTLING = 60


class Crash(BaseException):
    """The process ends before this write: nothing of ours may catch it."""


class History:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # no secret
        world = World(store=MemoryStore(), settings=FixedSettings(CENTRE, members=MEMBERS))
        self.world, self.store, self.scene = world, world.store, RuleScene(world)
        self.wakes: list[Wake] = []
        self.dues: list[Due] = []
        self.published = self.keys = 0
        for agent in AGENTS:
            self.scene.hire(agent, Presence.OFFLINE)
            where = next(k for k, v in self.store.items.items() if isinstance(v, Agent) and v.id == agent)
            self.store.items[where] = replace(self.store.items[where], login=agent)
            if self.chance.random() < 0.7:
                self.scene.presence(Presence.AVAILABLE, agent)

    def acts(self, most: int) -> Iterator[str]:
        """The names of what was done."""
        for _ in range(most):
            act = self.chance.choice(ACTS)
            self._maybe_cut(lambda act=act: act(self))  # type: ignore[misc]
            yield act.__name__

    def faults(self) -> list[str]:
        return [*pool(Table(self.store, self.world.now())), *self._places(), *self._too_much()]

    def _places(self) -> Iterator[str]:
        """Whoever is asked or has a contact holds a place for it: one owner, and nobody beside. After-contact
        work is held for a while when the contact is over.
        """
        contacts = [c for head in self.scene.all(Head) for case in head.cases for c in case.contacts]
        asked = Counter((c.agent, c.interaction_id, c.offer_id) for c in contacts if c.agent)
        agents = self.scene.all(Agent)
        held = Counter(
            (a.id, e.interaction_id, e.offer_id) for a in agents for e in a.engagements if not e.wrapping
        )
        yield from (
            f"held and not asked, or asked and not held: {one}" for one in (asked - held) + (held - asked)
        )
        yield from (f"{a.id} has more than they can take" for a in agents if room(a) < 0)
        rings = Counter(a.id for a in agents for e in a.engagements if e.offer_id)
        yield from (f"two offers ring at {agent}" for agent, n in rings.items() if n > 1)

    def _too_much(self) -> Iterator[str]:
        """More of a channel than a profile allows."""
        for agent in (one for one in self.scene.all(Agent) if one.login):
            profile = next(one for one in CENTRE.profiles if one.name == _profile_of(agent))
            for limit in profile.limits:
                held = sum(place.channel == limit.channel for place in agent.engagements)
                if held > limit.most:
                    yield f"{agent.id} has {held} of {limit.channel}"

    # ------------------------------------------------------------------ what happens

    def writes(self) -> None:
        self.scene.sms("Hello", number=self.chance.choice(NUMBERS))

    def chats(self) -> None:
        self.scene.chat("Hello", visitor=self.chance.choice(VISITORS))

    def leaves(self) -> None:
        self.scene.arrives("chat", Address("visitor", self.chance.choice(VISITORS)), Left())

    def comes(self) -> None:
        self.scene.presence(Presence.AVAILABLE, self.chance.choice(AGENTS))

    def pauses(self) -> None:
        self.scene.presence(Presence.BREAK, self.chance.choice(AGENTS))

    def goes(self) -> None:
        self.scene.presence(Presence.OFFLINE, self.chance.choice(AGENTS))

    def accepts(self) -> None:
        self._answers(AnswerOffer(*self.scene.needs).accept)

    def declines(self) -> None:
        self._answers(AnswerOffer(*self.scene.needs).decline)

    def closes(self) -> None:
        agent = self.chance.choice(AGENTS)
        mine = [(h, c) for h in self.scene.all(Head) for c in h.cases if c.owner == agent]
        for head, case in mine[:1]:
            self.scene.answering().close(agent, head.customer_id, case.id, "solved")

    def waits(self) -> None:
        self.world.clock.advance(self.chance.choice(WAIT_A_LITTLE))

    def looks(self) -> None:
        """For the wakes there are, of which some come again, and some never: the sweep tells of those."""
        self.publishes()
        told = [wake for wake in self.wakes if self.chance.random() > 0.1]
        self.wakes = [wake for wake in self.wakes if self.chance.random() < 0.2]
        AssignWaiting(*self.scene.needs)("main", told)

    def two_look_at_once(self) -> None:
        self._before(self.chance.randrange(3), self.looks)
        self.looks()

    def timers(self) -> None:
        """Those that are due, however late; one of them twice."""
        self.publishes()
        due = [one for one in self.dues if one.at <= self.world.clock()]
        self.dues = [one for one in self.dues if one not in due]
        for one in [*due, *due[:1]]:
            with suppress(Refused):
                self._time().fire(one)

    def sweeps(self) -> None:
        """The desks of all who are there are alive."""
        for agent in self.scene.all(Agent):
            if agent.presence is not Presence.OFFLINE:
                self.scene.presence(agent.presence, agent.id)
        self._time().sweep()

    # ------------------------------------------------------------------ in the end

    def settles(self) -> None:
        """Everything works again: what there is to do is done."""
        self.store.before_commit = None
        for _ in range(MOST_SETTLING):
            self.sweeps()
            self.publishes()
            wakes, self.wakes = self.wakes, []
            made = AssignWaiting(*self.scene.needs)("main", wakes)
            if not made and not fitting(self.world):
                return

    def unfit(self) -> list[str]:
        """Offers whose record does not give the agent who was asked."""
        made = [e for e in self.scene.all(Entry) if e.kind is Kind.OFFER_MADE]
        asked = [(str(e.facts["agent"]), chosen_again(read_record(str(e.facts["record"])))) for e in made]
        return [f"{agent} was asked, and the record says {again}" for agent, again in asked if agent != again]

    def overtaken(self) -> list[str]:
        """Everybody comes back: whoever waited longest by rank is asked first in each class."""
        wait = sorted(self.scene.all(Waiting), key=lambda row: (row.rank, row.interaction_id))
        before = {row.interaction_id: row for row in wait}
        self.world.clock.advance(61)
        for agent in AGENTS:
            self.scene.presence(Presence.AVAILABLE, agent)
        self.scene.assign()
        still = [row for row in self.scene.all(Waiting) if row.interaction_id in before]
        gone = [row for id, row in before.items() if id not in {one.interaction_id for one in still}]
        return [
            f"{first.interaction_id} was overtaken by {other.interaction_id}"
            for first in still
            for other in gone
            if (first.queue, first.klass) == (other.queue, other.klass) and first.rank < other.rank
        ]

    def publishes(self) -> None:
        """Also while it is under way: what a write of it sets going publishes the same again."""
        fresh, end = self.store.stream[self.published :], len(self.store.stream)
        PublishEntries(self.world.outbox, self.store, self.world.clock)(fresh)
        self.published = max(self.published, end)
        self.wakes += self.world.outbox.wakes
        self.dues += self.world.outbox.dues
        self.world.outbox.wakes.clear()
        self.world.outbox.dues.clear()

    def lost(self) -> list[str]:
        """Contacts that wait and that no look would find, or that stayed with an agent who is gone."""
        waiting = [c for h in self.scene.all(Head) for k in h.cases for c in k.contacts]
        ids = {c.interaction_id for c in waiting if c.state is ContactState.WAITING}
        gone = [a.id for a in self.scene.all(Agent) if a.presence is Presence.OFFLINE and a.engagements]
        return [*gone, *sorted(ids ^ {row.interaction_id for row in self.scene.all(Waiting)})]

    # ------------------------------------------------------------------ how it goes wrong

    def _answers(self, answer: Callable[[str, str], object]) -> None:
        agent = self.chance.choice(AGENTS)
        for offer in self.scene.offers(agent):
            with suppress(Refused):
                answer(agent, offer)

    def _maybe_cut(self, act: Callable[[], None]) -> None:
        """One act in five ends before its first, second or third write."""
        if self.chance.random() < 0.2:
            self._before(self.chance.randrange(3), _crash)
        with suppress(Crash, Refused, TryAgain):
            act()
        self.store.before_commit = None

    def _before(self, commits: int, happens: Callable[[], None]) -> None:
        """Let it happen before the commit behind so many."""

        def hook(writes: tuple[Write, ...]) -> None:
            if commits:
                self._before(commits - 1, happens)
            else:
                happens()

        self.store.before_commit = hook

    def _time(self) -> KeepTime:
        return KeepTime(*self.scene.needs, self.world.outbox)


def _crash() -> None:
    raise Crash


def _profile_of(agent: Agent) -> str:
    return next(member.profile for member in MEMBERS if member.login == agent.login)


ACTS: tuple[Callable[[History], None], ...] = (
    History.writes, History.writes, History.chats, History.chats, History.leaves, History.comes,
    History.comes, History.comes, History.pauses, History.goes, History.accepts, History.accepts,
    History.accepts, History.declines, History.closes, History.closes, History.waits, History.waits,
    History.looks, History.looks, History.looks, History.looks, History.two_look_at_once,
    History.two_look_at_once, History.timers, History.timers, History.sweeps,
)  # fmt: skip


def wrong_with(seed: int, acts: int = 12) -> list[str]:
    """What a history breaks, with what led there; nothing, as it should be."""
    history = History(seed)
    done: list[str] = []
    for name in history.acts(acts):
        done.append(name)
        found = history.faults()
        if found:
            return [*found, *done]
    history.settles()
    found = [*history.faults(), *history.lost(), *map(str, fitting(history.world)), *history.unfit()]
    found = found or [*history.overtaken(), *history.faults()]
    return [*found, *done] if found else []
