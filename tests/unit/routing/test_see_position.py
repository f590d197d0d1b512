"""Where a contact stands in its queue, and how long it will wait."""

from datetime import timedelta
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import ANY, Put
from shared.domain.customer.head import Contact, ContactState
from shared.domain.now import Now
from shared.domain.queue import Need, Queue
from shared.domain.report.figures import Figure
from shared.domain.routing.expected_wait import Wait
from shared.domain.routing.pool import Waiting, class_of, rank
from shared.domain.routing.seats import Open, OpenClass
from shared.domain.routing.staff import Agent, Heartbeat, Presence
from shared.domain.times import local_day, local_hour
from shared.use_cases.routing.see_position import MOST_CLASSES, Place, SeePosition

NEED = (Need("english", 3),)


class Line:
    """A queue with contacts of several classes, who came a second apart."""

    def __init__(self, *queues: Queue) -> None:
        self.world = World(settings=FixedSettings(Centre(queues=queues or (Queue(),))))
        self.classes: dict[tuple[str, str], str] = {}

    def contact(
        self, n: int, needs: tuple[Need, ...] = (), queue: str = "main", priority: int = 5
    ) -> Contact:
        at = self.now.at + timedelta(seconds=n)
        return Contact(f"I{n:04}", "chat", queue, ContactState.WAITING, at, priority=priority, needs=needs)

    def joins(self, n: int, needs: tuple[Need, ...] = (), queue: str = "main", priority: int = 5) -> Contact:
        one = self.contact(n, needs, queue, priority)
        klass, ranked = class_of(one.channel, needs), rank(one.enqueued_at, priority)
        where = ("main", queue, ranked, one.interaction_id, "C", "case", "chat", one.enqueued_at, 5)
        self.world.store.commit(Put(Waiting(*where, needs=needs, klass=klass)))
        self.classes[queue, klass] = ranked
        self.opens()
        return one

    def opens(self) -> None:
        told = tuple(OpenClass(queue, klass, bound) for (queue, klass), bound in self.classes.items())
        self.world.store.commit(Put(Open("main", told), over=ANY))

    def on_duty(self, *presences: Presence) -> None:
        for n, presence in enumerate(presences):
            self.world.store.commit(Put(Agent(f"A{n}", "Agent", "main", 1, presence)))
            self.world.store.commit(Put(Heartbeat("main", f"A{n}", self.now.at, self.now.at)))

    def counted(self, **measures: Any) -> None:
        day, hour = local_day(self.now.at, "Asia/Seoul").isoformat(), local_hour(self.now.at, "Asia/Seoul")
        self.world.store.commit(Put(Figure(day, hour, "chat", "main", "A0", **measures), over=ANY))

    @property
    def now(self) -> Now:
        return self.world.now()

    def place(self, contact: Contact) -> Place:
        return SeePosition(self.world.store)(contact, self.now)


@pytest.fixture
def line() -> Line:
    return Line()


def test_who_came_third_is_third_whatever_they_ask_for(line: Line) -> None:
    first, second, third = line.joins(1), line.joins(2, NEED), line.joins(3)

    assert [line.place(one).position for one in (first, second, third)] == [1, 2, 3]


def test_a_contact_of_another_queue_is_not_before_it() -> None:
    line = Line(Queue(), Queue("other"))
    line.joins(1, queue="other")

    assert line.place(line.joins(2)).position == 1


def test_a_head_start_counts(line: Line) -> None:
    usual = line.joins(1)
    line.joins(2, priority=1)

    assert line.place(usual).position == 2


def test_the_hundredth_is_exact_and_who_stands_behind_is_told_so(line: Line) -> None:
    contacts = [line.joins(n) for n in range(1, 104)]

    assert line.place(contacts[99]) == Place(100)
    assert {line.place(one).position for one in contacts[100:]} == {101}


def test_above_sixteen_classes_the_place_is_about_right(line: Line) -> None:
    for n in range(MOST_CLASSES):
        line.joins(n, (Need("skill", 1), Need(f"s{n}", 1)))

    assert line.place(line.joins(50)) == Place(MOST_CLASSES, about=True)


def test_a_class_that_the_pool_has_not_heard_of_yet_is_counted_all_the_same(line: Line) -> None:
    line.joins(1)
    second = line.joins(2)
    line.classes.clear()
    line.opens()

    assert line.place(second).position == 2


def test_the_wait_comes_from_handle_time_and_the_agents_on_duty(line: Line) -> None:
    line.on_duty(Presence.AVAILABLE, Presence.AVAILABLE, Presence.BREAK)
    line.counted(contacts_completed=60, handle_ms=60 * 720_000)
    line.joins(1)
    line.joins(2)

    # Three chats at once for each of two agents: a place is free every two minutes.
    assert line.place(line.joins(3)) == Place(3, wait=Wait(3, 9))


def test_of_a_busy_queue_it_comes_from_who_left_it(line: Line) -> None:
    line.world.clock.advance(1800)
    line.counted(contacts_handled=10, contacts_abandoned=5, queue_answer_ms=10_000_000)

    assert line.place(line.joins(1)).wait == Wait(0, 4)


def test_nothing_is_said_of_the_wait_where_nothing_is_known(line: Line) -> None:
    assert line.place(line.joins(1)) == Place(1)


def test_how_fast_the_queue_goes_is_found_out_once_a_minute(line: Line) -> None:
    line.on_duty(Presence.AVAILABLE)
    third = line.joins(3)
    before = line.place(third).wait
    line.counted(contacts_completed=60, handle_ms=60 * 300_000)

    at_once = line.place(third).wait
    line.world.clock.advance(60)

    assert (before, at_once) == (None, None)
    assert line.place(third).wait is not None
