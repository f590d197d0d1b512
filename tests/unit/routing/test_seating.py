"""Agents sit where the pool looks for them, by the settings in force; the minute's sweep puts them right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from infra.twins.clock import START
from infra.twins.settings import FixedSettings
from shared.domain.centre import Centre
from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.queue import Queue
from shared.domain.routing.former import Former
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import Open, OpenClass, Seat
from shared.domain.routing.staff import Agent, Heartbeat, Presence
from shared.domain.staffing import Limit, Member, Profile
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.move_former import MoveFormer
from shared.use_cases.routing.sweep_pool import SweepPool
from shared.use_cases.routing.sweep_presence import SweepPresence
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

TWO_POOLS = replace(
    Centre(),
    queues=(Queue(), Queue("sales", "sellers")),
    profiles=(Profile("main", ("main",), (Limit("sms", 1),)), Profile("sales", ("sales",))),
)


def settings(scene: RuleScene, *members: Member, centre: Centre = TWO_POOLS) -> None:
    scene.world.settings = FixedSettings(centre, members=members)


def sweeps(scene: RuleScene, pools: Sequence[str] = ("main", "sellers")) -> None:
    for pool in pools:
        MoveFormer(*scene.needs)(pool)
        SweepPresence(*scene.needs)(pool)


def login(scene: RuleScene, name: str, agent_id: str = "one") -> None:
    agent = scene.agent(agent_id)
    scene.world.store.commit(Put(replace(agent, login=name, version=agent.version + 1), over=agent.version))


def test_whom_the_settings_do_not_name_any_more_is_asked_for_nothing() -> None:
    scene = RuleScene()
    scene.hire()
    settings(scene, Member("another@example.test", "main"))

    sweeps(scene)

    assert (scene.seats(), scene.agent().free_since, scene.agent().bench) == ([], None, -1)
    assert faults(scene.world.store, scene.world.now()) == []


def test_whose_profile_serves_another_pool_sits_there_and_is_looked_after_there() -> None:
    scene = RuleScene()
    scene.hire()
    login(scene, "one@example.test")
    settings(scene, Member("one@example.test", "sales"))

    sweeps(scene)
    sweeps(scene)

    assert [seat.pool for seat in scene.seats()] == ["sellers"]
    assert [beat.pool for beat in scene.all(Heartbeat)] == ["sellers"]
    assert scene.agent().presence is Presence.AVAILABLE


def test_who_sits_elsewhere_now_keeps_their_turn() -> None:
    scene = RuleScene()
    scene.hire()
    login(scene, "one@example.test")
    settings(scene, Member("one@example.test", "main"))
    scene.world.clock.advance(60)

    sweeps(scene)

    (seat,) = scene.seats()
    assert (seat.since, seat.bench, seat.channels) == (START, 0, ("chat", "email", "sms"))


def test_a_seat_that_was_lost_is_given_back_and_one_that_is_right_is_not_written() -> None:
    scene = RuleScene()
    scene.hire()
    (seat,) = scene.seats()
    scene.world.store.commit(Delete(seat))

    sweeps(scene)
    written = len(scene.world.store.commits)
    sweeps(scene)

    assert scene.seats() == [seat]
    assert len(scene.world.store.commits) == written


def test_who_changed_while_the_sweep_looked_sits_right_by_that_change() -> None:
    scene = RuleScene()
    scene.hire()
    scene.world.store.commit(Delete(scene.seats()[0]))

    def pauses(writes: object) -> None:
        scene.presence(Presence.BREAK)

    scene.world.store.before_commit = pauses

    sweeps(scene)

    assert scene.seats() == []
    assert faults(scene.world.store) == []


def test_an_agent_who_is_drained_keeps_their_work_and_gets_no_more() -> None:
    scene = RuleScene()
    scene.taken()
    agent = scene.agent()
    scene.world.store.commit(Put(replace(agent, draining=True, version=9), over=agent.version))
    scene.sms("Another", number="+821012345679")

    sweeps(scene)

    assert (scene.seats(), scene.assign()) == ([], 0)
    assert len(scene.agent().engagements) == 1


def test_a_stale_seat_keeps_nobody_waiting() -> None:
    scene = RuleScene()
    scene.world.store.commit(Put(Seat("main", 9, "gone", START, channels=("sms",)), over=ANY))
    scene.hire()
    scene.sms("Hello")

    assert scene.assign() == 1

    assert scene.seats() == [] and len(scene.offers()) == 1


# ------------------------------------------------------------------ what the release before left


def former(scene: RuleScene) -> None:
    """The pool as that release laid it: rows of the agent, the contact and the desk in its partition."""
    store = scene.world.store
    (row,) = scene.all(Waiting)
    (seat,) = scene.seats()
    (beat,) = scene.all(Heartbeat)
    where = f"{row.queue}#{row.rank}#{row.interaction_id}"
    waited = Former("main", "WAIT", where, row.queue, row.interaction_id, row.customer_id, row.case_id)
    seen = Former("main", "SEEN", "one", agent_id="one", seen_at=beat.seen_at, expires_at=beat.expires_at)
    store.commit(Delete(row), Delete(seat), Delete(beat))
    store.commit(Put(waited), Put(seen), Put(Former("main", "FREE", f"{row.rank}#one", agent_id="one")))
    agent = scene.agent()
    store.commit(Put(replace(agent, bench=-1), over=agent.version))


def test_rows_of_the_release_before_are_moved_to_where_this_one_looks() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    former(scene)

    sweeps(scene)
    sweeps(scene)

    assert scene.all(Former) == []
    assert faults(scene.world.store) == []
    assert scene.assign() == 1


def test_a_row_of_the_release_before_whose_contact_is_gone_is_dropped() -> None:
    scene = RuleScene()
    scene.world.store.commit(Put(Former("main", "WAIT", "main#rank#I1", "main", "I1", "C1", "K1")))

    sweeps(scene)

    assert (scene.all(Former), scene.all(Waiting)) == ([], [])


def test_a_row_whose_contact_is_offered_meanwhile_is_moved_by_the_next_round() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    former(scene)

    def writes_again(writes: object) -> None:
        scene.sms("More")

    scene.world.store.before_commit = writes_again

    MoveFormer(*scene.needs)("main")
    MoveFormer(*scene.needs)("main")

    assert scene.all(Former) == []
    assert len(scene.all(Waiting)) == 1


def test_a_sign_of_life_of_this_release_is_not_replaced_by_an_older_one() -> None:
    scene = RuleScene()
    scene.hire()
    beat = scene.get(Heartbeat, "main", "one")
    old = beat.seen_at - timedelta(seconds=100)
    row = Former("main", "SEEN", "one", agent_id="one", seen_at=old, expires_at=beat.expires_at)
    scene.world.store.commit(Put(row))

    MoveFormer(*scene.needs)("main")

    assert scene.get(Heartbeat, "main", "one") == beat


# ------------------------------------------------------------------ lost wakes


def test_a_class_that_nobody_told_of_is_found_by_the_sweep_and_told_once() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    sweep = SweepPool(*scene.needs)

    told = sweep("main")
    scene.assign()
    again = sweep("main")

    assert [(wake.queue, wake.klass) for wake in told] == [("", ""), ("main", "sms")]
    assert [(wake.queue, wake.klass) for wake in again] == [("", "")]


def test_a_contact_that_comes_back_with_an_older_rank_is_told_of_again() -> None:
    scene = RuleScene()
    scene.sms("First", number="+821012345601")
    (row,) = scene.all(Waiting)
    scene.world.store.commit(Delete(row))
    scene.world.clock.advance(60)
    scene.sms("Second", number="+821012345602")
    sweep = SweepPool(*scene.needs)
    AssignWaiting(*scene.needs)("main", sweep("main"))
    scene.world.store.commit(Put(row))

    assert sweep("main")[1].rank == row.rank


def test_a_class_in_which_nobody_waits_any_more_is_forgotten_by_the_sweep() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    gone = OpenClass("main", "chat", "rank"), OpenClass("@one", "sms", "rank")
    scene.world.store.commit(Put(Open("main", (*gone, OpenClass("main", "sms", "rank")), 7)))

    SweepPool(*scene.needs)("main")

    assert scene.get(Open, "main") == Open("main", (OpenClass("main", "sms", "rank"),), 8)


def test_a_class_that_a_look_has_just_learned_of_is_not_forgotten() -> None:
    scene = RuleScene()
    scene.world.store.commit(Put(Open("main", (OpenClass("main", "chat", "rank"),), 7)))

    def begins_to_wait(writes: object) -> None:
        scene.sms("Hello")
        scene.assign()

    scene.world.store.before_commit = begins_to_wait

    SweepPool(*scene.needs)("main")

    assert "sms" in {one.klass for one in scene.get(Open, "main").classes}


def test_agents_are_looked_after_a_page_at_a_time() -> None:
    scene = RuleScene()
    scene.hire()
    agent = scene.get(Agent, "one")
    assert scene.world.store.get(Ref(Agent, agent.id)) == agent
    for n in range(1_001):
        beat = Heartbeat("main", f"nobody{n:04}", START, START + timedelta(days=1))
        scene.world.store.commit(Put(beat))
    scene.world.store.commit(Delete(scene.seats()[0]))

    sweeps(scene)

    assert [seat.agent_id for seat in scene.seats()] == ["one"]
