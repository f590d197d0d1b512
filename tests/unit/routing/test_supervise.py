"""Supervisors move contacts that wait, give them to agents, and drain agents and queues."""

from datetime import UTC, datetime, timedelta

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.customer.head import ContactState, Head
from shared.domain.desk.waiting_view import Which
from shared.domain.errors import Refused
from shared.domain.hours import Hours
from shared.domain.queue import Overflow, Queue
from shared.domain.queue_state import NO_STATES, Opening, QueueState, entered, is_shut, set_state, state_of
from shared.domain.routing.pool import Waiting
from shared.domain.timeline.entry import Entry, Kind
from shared.use_cases.desk.see_waiting import SeeWaiting
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.run_queues import RunQueues, states
from shared.use_cases.routing.supervise import AT_MOST, Named, Supervise
from tests.support.rule_scene import RuleScene

BOSS = "agent:boss"
QUEUES = (Queue(), Queue("second"), Queue("third"))
AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # a Monday, 12:00 in Seoul


def waiting(*numbers: int, centre: Centre | None = None) -> RuleScene:
    """A customer for each number, ten seconds one after another."""
    centre = centre or Centre(queues=QUEUES, acw_seconds=0)
    scene = RuleScene(World(settings=FixedSettings(centre)))
    for number in numbers:
        scene.sms("Hello", number=f"+82101234{number:04}")
        scene.world.clock.advance(10)
    return scene


def named(scene: RuleScene, place: int = 0) -> Named:
    row = SeeWaiting(*scene.needs).rows("main")[place]
    return Named(row.customer_id, row.case_id, row.interaction_id)


def moved(scene: RuleScene, *only: Named, to: str = "second", **which: object) -> tuple[int, int, int]:
    done = Supervise(*scene.needs).move("main", to, Which(**which), only, BOSS)  # type: ignore[arg-type]
    return done.moved, done.gone, done.left


def test_who_waits_is_listed_in_the_order_of_service_and_narrowed_by_age() -> None:
    scene = waiting(1, 2, 3)

    whole = SeeWaiting(*scene.needs)("main", Which())
    old = SeeWaiting(*scene.needs)("main", Which(older=20))

    assert [item.position for item in whole.items] == [1, 2, 3]
    assert sorted(item.since for item in whole.items) == [item.since for item in whole.items]
    assert (old.total, whole.total, whole.next) == (2, 3, None)


def test_a_list_of_more_than_a_hundred_goes_on_page_by_page() -> None:
    scene = waiting(*range(102))
    see = SeeWaiting(*scene.needs)

    first = see("main", Which())
    second = see("main", Which(), first.next or 0)

    assert (len(first.items), first.next, len(second.items), second.next) == (100, 100, 2, None)


def test_contacts_that_fit_move_with_their_age_and_say_who_did_it() -> None:
    scene = waiting(1, 2, 3)
    before = {row.interaction_id: row.enqueued_at for row in scene.all(Waiting)}

    assert moved(scene, older=20) == (2, 0, 0)

    rows = [row for row in scene.all(Waiting) if row.queue == "second"]
    assert {row.interaction_id: row.enqueued_at for row in rows}.items() <= before.items()
    told = [(e.actor, e.facts["queue"], e.facts["came_from"]) for e in scene.entries(Kind.MOVED)]
    assert told == [(BOSS, "second", "main")] * 2


def test_nobody_has_waited_longer_than_any_calendar() -> None:
    assert SeeWaiting(*waiting(1).needs)("main", Which(older=10**30)).total == 0


def test_what_was_moved_by_hand_does_not_overflow_back_to_where_it_came_from() -> None:
    back = Queue("second", overflow=Overflow("main", 5))
    scene = waiting(1, 2, centre=Centre(queues=(Queue(), back), acw_seconds=0))

    moved(scene, named(scene))
    KeepTime(*scene.needs, scene.world.outbox).sweep()

    assert sorted(row.queue for row in scene.all(Waiting)) == ["main", "second"]


def test_a_request_moves_a_hundred_and_says_how_many_are_left() -> None:
    scene = waiting(*range(AT_MOST + 1))

    assert moved(scene) == (AT_MOST, 0, 1)
    assert moved(scene) == (1, 0, 0)


def test_one_that_waits_no_more_is_gone_and_the_others_are_moved() -> None:
    scene = waiting(1, 2)
    both = named(scene, 0), named(scene, 1)
    scene.hire()
    scene.assign()

    assert moved(scene, *both) == (1, 1, 0)


@pytest.mark.parametrize("to", ["main", "fourth"])
def test_nothing_moves_into_the_same_queue_or_into_none(to: str) -> None:
    with pytest.raises(Refused, match="no_queue"):
        moved(waiting(1), to=to)


def test_a_contact_that_is_given_rings_its_agent_at_once_though_another_waited_longer() -> None:
    scene = waiting(1, 2)
    scene.hire()

    rings = Supervise(*scene.needs).give(named(scene, 1), "one", BOSS)

    assert rings
    offered = scene.entries(Kind.OFFER_MADE)
    assert offered[0].facts["agent"] == "one" and len(scene.offers()) == 1


def test_a_contact_that_is_given_to_a_busy_agent_waits_for_them_alone() -> None:
    scene = waiting(1, 2)
    scene.hire()
    Supervise(*scene.needs).give(named(scene, 1), "one", BOSS)

    rings = Supervise(*scene.needs).give(named(scene, 0), "one", BOSS)

    cases = [case for head in scene.all(Head) for case in head.cases]
    alone = [case.contact for case in cases if case.contact.state is ContactState.WAITING]
    assert not rings
    assert [(c.preferred, c.alone_until is not None) for c in alone] == [("one", True)]


def test_nothing_is_given_to_who_is_away_and_nothing_that_waits_no_more() -> None:
    scene = waiting(1)
    wanted = named(scene)
    scene.hire("two")
    supervise = Supervise(*scene.needs)
    supervise.drain("two", True, BOSS)

    with pytest.raises(Refused, match="agent_away"):
        supervise.give(wanted, "two", BOSS)
    scene.hire()
    scene.assign()
    with pytest.raises(Refused, match="not_waiting"):
        supervise.give(wanted, "one", BOSS)


def test_a_drained_agent_keeps_the_case_gets_nothing_new_and_is_asked_again_later() -> None:
    scene = waiting(1, 2)
    scene.hire()
    scene.assign()
    scene.accept()
    supervise = Supervise(*scene.needs)

    supervise.drain("one", True, BOSS)
    drained, held = scene.assign(), len(scene.agent().engagements)
    supervise.drain("one", False, BOSS)

    assert (drained, held, scene.assign()) == (0, 1, 1)
    actions = [e.facts["action"] for e in scene.all(Entry) if e.kind is Kind.AUDITED and e.actor == BOSS]
    assert actions == ["drained", "undrained"]


def test_a_drained_queue_gives_its_new_customers_to_another_and_serves_its_own() -> None:
    scene = waiting(1)
    RunQueues(*scene.needs)("main", Opening.DRAINING, BOSS, "fire drill", "second")
    scene.world.settings.states = states(scene.world.store)

    scene.sms("Me, too", number="+821012340002")

    assert sorted(row.queue for row in scene.all(Waiting)) == ["main", "second"]
    line = next(e for e in scene.all(Entry) if e.facts.get("action") == "queue_state")
    assert (line.actor, line.facts["after"], line.text) == (BOSS, "draining", "fire drill")


@pytest.mark.parametrize("into", ["", "main", "fourth"])
def test_a_queue_is_not_drained_into_itself_or_into_nothing(into: str) -> None:
    with pytest.raises(Refused, match="no_successor"):
        RunQueues(*waiting().needs)("main", Opening.DRAINING, BOSS, "", into)


def test_queues_that_are_drained_into_each_other_lose_nobody() -> None:
    centre, here = Centre(queues=QUEUES), NO_STATES
    for queue, into in (("main", "second"), ("second", "main")):
        here = set_state(here, QueueState(queue, Opening.DRAINING, AT, BOSS, "", into))

    assert entered(here, "main", centre, AT) in {"main", "second"}


def test_a_closed_queue_opens_at_its_next_opening_or_by_hand_where_it_has_no_hours() -> None:
    weekdays = Queue("main", hours=Hours(("mon-fri 09:00-18:00",)))
    scene = waiting(centre=Centre(queues=(weekdays, Queue("second"))))
    scene.world.clock.now = AT
    run = RunQueues(*scene.needs)

    with_hours = run("main", Opening.CLOSED, BOSS, "flood")
    without = run("second", Opening.CLOSED, BOSS)
    now = states(scene.world.store)

    assert with_hours.until == datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
    assert without.until is None
    assert is_shut(now, "main", AT) and not is_shut(now, "main", AT + timedelta(days=1))
    run("second", Opening.OPEN, BOSS)
    assert state_of(states(scene.world.store), "second", AT) is None


def test_a_queue_that_is_not_there_has_no_state() -> None:
    with pytest.raises(Refused, match="no_queue"):
        RunQueues(*waiting().needs)("fourth", Opening.CLOSED, BOSS)


def test_customers_of_a_closed_queue_are_told_so_once_and_wait() -> None:
    scene = waiting()
    RunQueues(*scene.needs)("main", Opening.CLOSED, BOSS)
    scene.world.settings.states = states(scene.world.store)

    scene.sms("Hello")
    scene.sms("Anybody?")

    told = [entry.text for entry in scene.entries(Kind.MESSAGE_SENT) if entry.actor == "system"]
    assert len(told) == 1
    assert len(scene.all(Waiting)) == 1
