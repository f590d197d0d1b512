"""What is due: late, twice or no longer needed is harmless."""

from dataclasses import replace
from datetime import timedelta

import pytest

from infra.twins.clock import START
from shared.domain.change import Delete, Put
from shared.domain.channel.commands import Due, DueRow, due_row
from shared.domain.customer.head import ContactState
from shared.domain.customer.kept import Case, Interaction
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import Seat
from shared.domain.routing.staff import Presence
from shared.domain.timeline.entry import Kind
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.change_presence import ChangePresence
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene


def keeping(scene: RuleScene) -> KeepTime:
    return KeepTime(*scene.needs, scene.world.outbox)


def dues(scene: RuleScene) -> list[Due]:
    """Every timer the entries armed, near and far."""
    world = scene.world
    PublishEntries(world.outbox, world.store, world.clock)(world.store.stream)
    armed = [*world.outbox.dues, *(row.due for row in scene.all(DueRow))]
    world.outbox.dues.clear()
    return armed


def due(scene: RuleScene, what: str) -> Due:
    return next(due for due in dues(scene) if due.what == what)


def test_an_offer_nobody_answered_ends_and_waits_with_its_original_age() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    scene.assign()
    before = scene.head().cases[0]
    expiring = due(scene, "offer")
    scene.world.clock.to(expiring.at)

    keeping(scene).fire(expiring)
    keeping(scene).fire(expiring)

    case = scene.head().cases[0]
    assert (case.contact.state, case.contact.enqueued_at) == (
        ContactState.WAITING,
        before.contact.enqueued_at,
    )
    assert len(scene.entries(Kind.OFFER_ENDED)) == 1
    assert scene.agent().not_responding


def test_an_accepted_offer_does_not_expire() -> None:
    scene = RuleScene()
    scene.taken()

    keeping(scene).fire(due(scene, "offer"))

    assert scene.head().cases[0].contact.state is ContactState.CONNECTED


def test_a_newer_offer_is_not_ended_by_the_old_ones_timer() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    scene.assign()
    old = due(scene, "offer")
    scene.presence(Presence.OFFLINE)
    scene.presence(Presence.AVAILABLE)
    scene.assign()

    keeping(scene).fire(old)

    assert scene.head().cases[0].contact.state is ContactState.OFFERED


def test_a_quiet_chat_ends_and_the_case_goes_on() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    scene.accept()
    silent = due(scene, "silence")
    scene.world.clock.advance(900)

    keeping(scene).fire(silent)

    (case,) = scene.visitor_head().cases
    assert (case.contact.state, case.interactions) == (ContactState.CONNECTED, ())
    assert scene.all(Interaction)[0].ended_by == "silence"


def test_who_spoke_since_is_looked_at_again_later() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    scene.accept()
    silent = due(scene, "silence")
    scene.world.clock.advance(600)
    scene.chat("Still here")
    scene.world.clock.advance(300)

    keeping(scene).fire(silent)

    assert len(scene.visitor_head().cases[0].interactions) == 1
    rows = [row.due.at for row in scene.all(DueRow)]
    assert scene.world.clock() + timedelta(seconds=600) in rows


def test_a_chat_nobody_answered_is_abandoned_by_silence() -> None:
    scene = RuleScene()
    scene.chat("Hello?")
    silent = due(scene, "silence")
    scene.world.clock.advance(900)

    keeping(scene).fire(silent)

    assert scene.visitor_head().cases == ()
    assert scene.all(Waiting) == []
    assert scene.all(Case)[0].disposition == "abandoned"


def test_an_sms_nobody_answered_still_waits_after_a_day() -> None:
    scene = RuleScene()
    scene.sms("Hello?")
    silent = due(scene, "silence")
    scene.world.clock.advance(86_400)

    keeping(scene).fire(silent)

    assert scene.head().cases[0].contact.state is ContactState.WAITING
    assert len(scene.all(Waiting)) == 1


def test_a_closed_case_has_no_silence() -> None:
    scene = RuleScene()
    scene.taken()
    silent = due(scene, "silence")
    scene.closes()
    scene.world.clock.advance(86_400)
    before = len(scene.entries())

    keeping(scene).fire(silent)

    assert len(scene.entries()) == before


def test_the_sweep_fires_rows_whose_time_has_come_and_looks_at_the_pool() -> None:
    scene = RuleScene()
    scene.sms("Hello?")
    dues(scene)
    scene.world.clock.advance(86_400 + 120)

    keeping(scene).sweep()

    assert scene.all(DueRow) == []
    assert scene.entries(Kind.INTERACTION_ENDED) != []
    assert [wake.pool for wake in scene.world.outbox.wakes][-1] == "main"


def test_the_sweep_leaves_what_is_still_to_come() -> None:
    scene = RuleScene()
    scene.sms("Hello?")
    dues(scene)
    scene.world.clock.advance(86_399)

    keeping(scene).sweep()

    assert len(scene.all(DueRow)) == 1


def test_the_sweep_takes_the_work_of_a_desk_that_fell_silent() -> None:
    scene = RuleScene()
    scene.taken()
    scene.world.clock.advance(151)

    keeping(scene).sweep()

    assert scene.agent().presence is Presence.OFFLINE
    assert scene.head().cases[0].contact.state is ContactState.WAITING


def test_a_silence_that_moved_within_its_minute_is_not_forgotten() -> None:
    """The row for the new time lies in the same minute as the one that fires."""
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    scene.accept()
    silent = due(scene, "silence")
    scene.world.clock.advance(10)
    scene.chat("Spoken at 10 s")
    scene.world.clock.to(silent.at)
    keeping(scene).fire(silent)
    scene.chat("Spoken at 40 s", at=START + timedelta(seconds=40))

    scene.world.clock.to(START + timedelta(seconds=930))
    keeping(scene).sweep()
    scene.world.clock.advance(60)
    keeping(scene).sweep()

    assert scene.all(Interaction)[0].ended_at == scene.world.clock()


def test_a_schedule_that_stood_still_for_days_loses_no_timer() -> None:
    scene = RuleScene()
    scene.sms("Hello?")
    dues(scene)
    keeping(scene).sweep()
    scene.world.clock.advance(3 * 86_400)

    for _ in range(60):  # four hours are made up for in each round, and the first one began a week ago
        keeping(scene).sweep()

    assert scene.all(DueRow) == []
    assert scene.entries(Kind.INTERACTION_ENDED) != []


def test_a_timer_that_breaks_is_put_off_and_holds_up_nobody() -> None:
    scene = RuleScene()
    scene.taken()
    at = scene.world.clock()
    broken = Due(at, "collect", scene.head().customer_id, "", "no number")
    scene.world.store.commit(Put(due_row(broken)))
    for n in range(120):
        scene.world.store.commit(Put(due_row(Due(at, "silence", "nobody", "", f"{n}"))))
    scene.world.clock.advance(151)

    with pytest.raises(ValueError, match="no number"):
        keeping(scene).sweep()

    assert [row.due for row in scene.all(DueRow)] == [broken]
    assert scene.agent().presence is Presence.OFFLINE
    assert scene.world.outbox.wakes != []


def test_an_offer_whose_timer_was_lost_ends_by_the_sweep() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    scene.assign()
    for _ in range(2):
        scene.world.clock.advance(60)
        ChangePresence(*scene.needs).beat("one")
        keeping(scene).sweep()

    assert scene.head().cases[0].contact.state is ContactState.WAITING
    assert scene.agent().not_responding


def test_who_is_gone_keeps_nothing_although_giving_it_back_was_cut_short() -> None:
    scene = RuleScene()
    scene.taken()
    agent = scene.agent()
    gone = replace(agent, presence=Presence.OFFLINE, version=agent.version + 1, free_since=None)
    scene.world.store.commit(
        Put(replace(gone, bench=-1), over=agent.version),
        Delete(Seat("main", agent.bench, agent.id, START)),
    )

    keeping(scene).sweep()

    assert scene.agent().engagements == ()
    assert faults(scene.world.store) == []
