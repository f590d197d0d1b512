"""Callbacks in any order of what people do and what timers say, each of it twice or late."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.case.call_made import MOST_TRIES
from shared.domain.channel.arrival import CallbackCancelled, CallbackRequest, Left
from shared.domain.channel.commands import Due
from shared.domain.customer.head import ContactState, OpenCase
from shared.domain.errors import Refused
from shared.domain.routing.pool import Waiting, rank
from shared.domain.routing.staff import Presence
from shared.domain.timeline.entry import Kind
from shared.use_cases.case.callback_due import callback_due
from shared.use_cases.case.make_callback import MakeCallback
from shared.use_cases.routing.answer_offer import AnswerOffer
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

PHONE = "010-1234-5678"


@dataclass
class Day:
    """One visitor and one agent."""

    scene: RuleScene = field(default_factory=RuleScene)
    keys: int = 0

    def __post_init__(self) -> None:
        self.scene.hire()
        self.scene.chat("Hello")

    def writes(self) -> None:
        self.scene.chat("Hello?")

    def asks(self) -> None:
        self.scene.does(CallbackRequest(PHONE))

    def asks_for_later(self) -> None:
        self.scene.does(CallbackRequest(PHONE, self.later()))

    def takes_back(self) -> None:
        self.scene.does(CallbackCancelled())

    def leaves(self) -> None:
        self.scene.does(Left())

    def rings(self) -> None:
        self.scene.presence(Presence.AVAILABLE)
        self.scene.assign()

    def accepts(self) -> None:
        for offer in self.scene.offers():
            AnswerOffer(*self.scene.needs).accept("one", offer)

    def declines(self) -> None:
        for offer in self.scene.offers():
            AnswerOffer(*self.scene.needs).decline("one", offer)

    def goes(self) -> None:
        self.scene.presence(Presence.OFFLINE)

    def reaches(self) -> None:
        self._calls(True)

    def misses(self) -> None:
        self._calls(False)

    def promises(self) -> None:
        for case in self._cases():
            with suppress(Refused):
                call = MakeCallback(*self.scene.needs)
                customer = self.scene.visitor_head().customer_id
                call.schedule("one", customer, case.id, PHONE, self.later(), self._key())

    def ten_minutes(self) -> None:
        self.scene.world.clock.advance(600)

    def timers(self) -> None:
        """Every timer that was ever armed and is due: most of them again."""
        for entry in self.scene.entries():
            if entry.due_for == "callback" and entry.due and entry.due <= self.scene.world.clock():
                due = Due(entry.due, "callback", entry.timeline, entry.case_id, entry.interaction_id)
                callback_due(*self.scene.needs, due)

    def later(self) -> datetime:
        hour = self.scene.world.clock() + timedelta(hours=1)
        return hour.replace(minute=0, second=0, microsecond=0)

    def _calls(self, answered: bool) -> None:
        for case in self._cases():
            with suppress(Refused):
                customer = self.scene.visitor_head().customer_id
                MakeCallback(*self.scene.needs).tried("one", customer, case.id, answered, self._key())

    def _key(self) -> str:
        self.keys += 1
        return f"key-{self.keys:05}"

    def _cases(self) -> tuple[OpenCase, ...]:
        return self.scene.visitor_head().cases

    def check(self) -> None:
        assert faults(self.scene.world.store) == []
        rows = {row.interaction_id: row for row in self.scene.all(Waiting)}
        for case in self._cases():
            contact = case.contact
            assert (contact.state is ContactState.WAITING) == (contact.interaction_id in rows)
            assert contact.callback is None or contact.callback.tries < MOST_TRIES
            if contact.state is ContactState.LATER:
                assert contact.callback and contact.callback.not_before and not contact.agent
            if contact.interaction_id in rows and not self.scene.entries(Kind.CASE_CLOSED):
                assert rows[contact.interaction_id].rank == rank(case.opened_at, contact.priority)
        armed = {entry.due for entry in self.scene.entries() if entry.due_for == "callback"}
        later = [case.contact.callback for case in self._cases() if case.contact.state is ContactState.LATER]
        assert all(one and one.not_before in armed for one in later)


ACTS: tuple[Callable[[Day], None], ...] = (
    Day.writes, Day.asks, Day.asks_for_later, Day.takes_back, Day.leaves, Day.rings, Day.accepts,
    Day.declines, Day.goes, Day.reaches, Day.misses, Day.promises, Day.ten_minutes, Day.timers,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(ACTS), max_size=25))
def test_whatever_happens_the_place_is_kept_and_everything_is_counted_once(
    acts: list[Callable[[Day], None]],
) -> None:
    day = Day()
    for act in acts:
        act(day)
        day.check()


@given(st.permutations(range(6)))
@settings(deadline=None, max_examples=30)
def test_three_calls_that_nobody_answers_end_the_case_whenever_the_timers_come(order: list[int]) -> None:
    day = Day()
    day.asks()
    for n in order * 4:
        (day.rings, day.accepts, day.misses, day.ten_minutes, day.timers, day.timers)[n]()
        day.check()
        if not day.scene.visitor_head().cases:
            break

    assert len(day.scene.entries(Kind.CALLBACK_TRIED)) <= MOST_TRIES
