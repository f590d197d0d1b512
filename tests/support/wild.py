"""Histories in which all that staff, customers and settings can do crosses with everything else: hand-overs,
advice, calls back, calls, supervisors, other settings, besides what goes wrong in `histories`.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from functions import channels
from infra.twins.settings import FixedSettings
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.change import Put
from shared.domain.channel.arrival import CallbackCancelled, CallbackRequest, Left, Message
from shared.domain.channel.commands import Swept
from shared.domain.customer.head import Head, OpenCase
from shared.domain.desk.waiting_view import Which
from shared.domain.errors import Refused, TryAgain
from shared.domain.queue import Need, Overflow, Queue, Ring
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent
from shared.domain.staffing import Interrupts, Limit, Member, Profile, Rule, Skill, When
from shared.domain.timeline.content import Content
from shared.domain.traits import Channels, Traits
from shared.use_cases.case.make_callback import MakeCallback
from shared.use_cases.desk.hand_on import HandOn, Wish
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.supervise import Named, Supervise
from shared.use_cases.routing.wrap_up import WrapUp
from tests.support import consistency, histories
from tests.support.histories import AGENTS, NUMBERS, VISITORS, History

BELL = Traits("bell", "phone", "Bell", "종", "M0 0", ("#000000", "#ffffff"), live=True, rings=True, places=15)
HOUSE = Channels((*channels.traits().all, BELL))
MAIN = Queue(priority=6, last_agent_days=3)
ENGLISH = Queue("english", priority=2, rings=(Ring(60, drop=("english",)),), overflow=Overflow("main", 300))
SALES = Queue("sales", "sellers", keeps_age=False)
USUAL = replace(
    Centre(),
    queues=(MAIN, ENGLISH, SALES),
    skills=(Skill("english"),),
    profiles=(
        Profile(
            "all", ("main", "english"), (Limit("sms", 2), Limit("chat", 2)), (Interrupts("chat", ("sms",)),)
        ),
        Profile("plain", ("main",), (Limit("sms", 1),)),
        Profile("sellers", ("sales",)),
    ),
    rules=(Rule((When("channel", ("chat",)),), "english", (Need("english", 2),)),),
)
MEMBERS = histories.MEMBERS
CIRCLE = (
    replace(MAIN, overflow=Overflow("english", 60)),
    replace(ENGLISH, overflow=Overflow("main", 60)),
    SALES,
)
WITHOUT = tuple(replace(one, queues=tuple(q for q in one.queues if q != "english")) for one in USUAL.profiles)
ALL_ONE = tuple(replace(one, queues=("main", "english", "sales")) for one in USUAL.profiles)
SETTINGS: tuple[tuple[Centre, tuple[Member, ...]], ...] = (
    (USUAL, MEMBERS),
    (USUAL, (*MEMBERS[:2], Member("three", "sellers"))),
    (USUAL, MEMBERS[:2]),
    (replace(USUAL, skills=(), acw_seconds=0), MEMBERS),
    (replace(USUAL, queues=CIRCLE), MEMBERS),
    (replace(USUAL, queues=(MAIN, SALES), profiles=WITHOUT, rules=()), MEMBERS),
    (
        replace(USUAL, queues=(replace(MAIN, succeeds=("english",)), SALES), profiles=WITHOUT, rules=()),
        MEMBERS,
    ),
    (replace(USUAL, queues=(MAIN, ENGLISH, replace(SALES, pool="main")), profiles=ALL_ONE), MEMBERS),
    (
        replace(
            USUAL,
            queues=(MAIN, replace(ENGLISH, pool="sellers", overflow=None), SALES),
            profiles=(*WITHOUT[:2], replace(USUAL.profiles[2], queues=("sales", "english"))),
        ),
        (*MEMBERS[:2], Member("three", "sellers")),
    ),
)
WORDS = ("Hello", "STOP", "START", "Hello again")


class Wild(History):
    """`changes`: whether the settings may be others in between."""

    def __init__(self, seed: int, changes: bool = False) -> None:
        super().__init__(seed)
        self.world.channels = HOUSE
        self.changes, self.unsettled = changes, False
        self._set(*SETTINGS[0])
        self.store.commit(Put(Swept(self.world.clock())))
        self.sweeps()

    def faults(self) -> list[str]:
        table = consistency.Table(self.store, self.world.now())
        checks = [c for c in consistency.CHECKS if c not in (consistency.pool, consistency.places)]
        found = [fault for check in checks for fault in check(table)]
        if not self.unsettled:
            found += [*consistency.pool(table), *consistency.places(table), *self._too_much()]
        return [fault for fault in found if not fault.endswith("is gone and has work")]

    def acts(self, most: int) -> Iterator[str]:
        for _ in range(most):
            act = self.chance.choice(ALL if self.changes else SAME)
            self._maybe_cut(lambda act=act: act(self))  # type: ignore[misc]
            yield act.__name__

    def settles(self) -> None:
        self.store.before_commit = None
        for n in range(histories.MOST_SETTLING):
            self.world.clock.advance(61)
            with suppress(TryAgain):  # the next round puts it right
                self.sweeps()
            with suppress(TryAgain):
                self.timers()
            made = 0
            for pool in ("main", "sellers"):
                made += AssignWaiting(*self.scene.needs)(pool, [w for w in self.wakes if w.pool == pool])
            self.wakes = []
            if not made and n > 4:
                break
        self.unsettled = False

    def orphans(self) -> list[str]:
        return list(consistency.orphans(consistency.Table(self.store, self.world.now())))

    # ------------------------------------------------------------------ customers

    def calls(self) -> None:
        self.scene.arrives("bell", self._phone(), Message(Content("(calls)")))

    def hangs_up(self) -> None:
        self.scene.arrives("bell", self._phone(), Left())

    def says_words(self) -> None:
        self.scene.sms(self.chance.choice(WORDS), number=self.chance.choice(NUMBERS))

    def says_late(self) -> None:
        at = self.world.clock() - timedelta(seconds=self.chance.choice((5, 400, -3)))
        self.scene.sms("Late", number=self.chance.choice(NUMBERS), at=at)

    def wants_call(self) -> None:
        at = self.world.clock() + timedelta(minutes=15)
        at = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
        wish = CallbackRequest("010-1234-5678", self.chance.choice((None, at, at + timedelta(minutes=15))))
        self._says(wish)

    def wants_no_call(self) -> None:
        self._says(CallbackCancelled())

    def proves(self) -> None:
        self.scene.proves(self.chance.choice(NUMBERS), self.chance.choice(VISITORS))

    # ------------------------------------------------------------------ agents

    def transfers(self) -> None:
        where = self.chance.choice(
            ({"queue": "main"}, {"queue": "english"}, {"queue": "sales"}, self._colleague())
        )
        self._hands(lambda wish, key: HandOn(*self.scene.needs).transfer(wish, key), **where)

    def consults(self) -> None:
        self._hands(lambda wish, key: HandOn(*self.scene.needs).ask(wish, key), **self._colleague())

    def hands_over(self) -> None:
        self._hands(lambda wish, key: HandOn(*self.scene.needs).hand_over(wish, key))

    def ends_consult(self) -> None:
        for agent in self.scene.all(Agent):
            for place in agent.engagements:
                if place.consult:
                    HandOn(*self.scene.needs).end(agent.id, place.customer_id, place.case_id)

    def wraps(self) -> None:
        for agent in self.scene.all(Agent):
            for place in agent.engagements:
                if place.wrapping:
                    WrapUp(*self.scene.needs).done(agent.id, place.case_id)

    def promises(self) -> None:
        at = self.world.clock() + timedelta(minutes=30)
        at = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
        for head, case in self._owned()[:1]:
            make = MakeCallback(*self.scene.needs)
            make.schedule(case.owner, head.customer_id, case.id, "010-1234-5678", at, self._key())

    def tries(self) -> None:
        for head, case in self._owned():
            make, answered = MakeCallback(*self.scene.needs), self.chance.random() < 0.3
            with suppress(Refused):
                make.tried(case.owner, head.customer_id, case.id, answered, self._key())

    # ------------------------------------------------------------------ supervisors and settings

    def moves(self) -> None:
        queue, to = self.chance.sample(("main", "english", "sales"), 2)
        Supervise(*self.scene.needs).move(queue, to, Which(), (), "boss")

    def gives(self) -> None:
        rows = self.scene.all(Waiting)
        for row in self.chance.sample(rows, min(1, len(rows))):
            named = Named(row.customer_id, row.case_id, row.interaction_id)
            Supervise(*self.scene.needs).give(named, self.chance.choice(AGENTS), "boss")

    def drains(self) -> None:
        Supervise(*self.scene.needs).drain(self.chance.choice(AGENTS), self.chance.random() < 0.4, "boss")

    def other_settings(self) -> None:
        self.unsettled = True
        self._set(*self.chance.choice(SETTINGS))

    def looks(self) -> None:
        self.publishes()
        told = [wake for wake in self.wakes if self.changes or self.chance.random() > 0.1]
        self.wakes = [wake for wake in self.wakes if self.chance.random() < 0.2]
        for pool in ("main", "sellers"):
            AssignWaiting(*self.scene.needs)(pool, [wake for wake in told if wake.pool == pool])

    def waits_long(self) -> None:
        self.world.clock.advance(self.chance.choice((620, 1000)))

    # ------------------------------------------------------------------ how

    def _set(self, centre: Centre, members: tuple[Member, ...]) -> None:
        self.world.settings = FixedSettings(centre, members=members)

    def _phone(self) -> Address:
        return Address("phone", self.chance.choice(NUMBERS))

    def _says(self, what: CallbackRequest | CallbackCancelled) -> None:
        if self.chance.random() < 0.3:
            self.scene.arrives("bell", self._phone(), what)
        else:
            self.scene.does(what, self.chance.choice(VISITORS))

    def _key(self) -> str:
        self.keys += 1
        return f"wild-{self.keys:06}"

    def _colleague(self) -> dict[str, str]:
        return {"to": self.chance.choice(AGENTS)}

    def _owned(self) -> list[tuple[Head, OpenCase]]:
        found = [(h, c) for h in self.scene.all(Head) for c in h.cases if c.owner]
        self.chance.shuffle(found)
        return found

    def _hands(self, act: Callable[[Wish, str], None], **where: str) -> None:
        for head, case in self._owned()[:1]:
            act(Wish(case.owner, head.customer_id, case.id, note="Look", **where), self._key())


SAME = (
    *histories.ACTS, Wild.calls, Wild.calls, Wild.hangs_up, Wild.says_words, Wild.says_late, Wild.wants_call,
    Wild.wants_call, Wild.wants_no_call, Wild.proves, Wild.transfers, Wild.transfers, Wild.consults,
    Wild.consults, Wild.hands_over, Wild.ends_consult, Wild.wraps, Wild.promises, Wild.tries, Wild.tries,
    Wild.moves, Wild.gives, Wild.drains, Wild.waits_long,
)  # fmt: skip
ALL = (*SAME, Wild.other_settings, Wild.other_settings, Wild.other_settings)


def wrong_with(seed: int, acts: int = 30, changes: bool = False) -> list[str]:
    history = Wild(seed, changes)
    done: list[str] = []
    for name in history.acts(acts):
        done.append(name)
        found = history.faults()
        if found:
            return [*found, *done]
    history.settles()
    found = [*history.faults(), *history.orphans(), *history.lost()]
    return [*found, *done] if found else []
