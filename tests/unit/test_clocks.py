"""Doors, router and desk have clocks of their own; two addresses of a customer are not routed in order."""

from datetime import date, timedelta

import pytest

from infra.twins.clock import START
from shared.domain.channel.arrival import CodeRequest, Left
from shared.domain.channel.commands import Due
from shared.domain.customer.kept import Case
from shared.domain.routing.staff import Presence
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.times import day_bounds, local_day
from shared.use_cases.keep_time import KeepTime
from tests.support.consistency import faults
from tests.support.rule_scene import NUMBER, RuleScene

AHEAD = START + timedelta(seconds=2)
BEFORE = START - timedelta(minutes=2)


def test_a_door_whose_clock_is_ahead_makes_nobody_wait_less_than_nothing() -> None:
    scene = RuleScene()
    scene.sms("Hello", at=AHEAD)
    scene.hire()
    scene.assign()
    scene.accept()

    scene.says("Yes")
    scene.closes()

    spans = [n for e in scene.all(Entry) for name, n in e.facts.items() if name.endswith("_ms")]
    assert min(int(n or 0) for n in spans) == 0
    assert faults(scene.world.store) == []


def test_where_a_customer_spoke_last_is_told_by_the_doors_and_not_by_who_was_routed_last() -> None:
    scene = RuleScene()
    scene.sms("By SMS")
    scene.chat("By chat")
    scene.proves()
    scene.world.clock.advance(60)
    scene.chat("Now")

    scene.sms("Two minutes ago, and late", at=BEFORE)

    head = scene.head()
    assert head.last is not None and head.last.way.channel == "chat"
    assert min(i.last_at for case in head.cases for i in case.interactions) == START


def test_a_message_from_before_the_closing_reopens_the_case_and_is_not_lost() -> None:
    scene = RuleScene()
    scene.taken()
    scene.closes()

    scene.sms("On its way meanwhile", at=BEFORE)

    assert len(scene.head().cases) == len(scene.all(Case)) == 1
    assert faults(scene.world.store) == []


def test_the_event_of_an_earlier_closing_leaves_the_later_one_its_survey() -> None:
    scene = RuleScene()
    scene.taken()
    early = scene.closes()
    scene.world.clock.advance(60)
    scene.sms("One more thing")
    scene.surveys(early)
    scene.assign()
    scene.accept()
    late = scene.closes()

    scene.surveys(late)
    scene.surveys(early)
    scene.surveys(late)

    assert [e.facts["reason"] for e in scene.entries(Kind.SURVEY_SUPPRESSED)] == ["reopened"]
    assert len(scene.entries(Kind.SURVEY_ASKED)) == 1


def test_an_earlier_closing_is_not_asked_about_once_the_case_was_closed_again() -> None:
    scene = RuleScene()
    scene.taken()
    early = scene.closes()
    scene.world.clock.advance(60)
    scene.sms("One more thing")
    scene.assign()
    scene.accept()
    late = scene.closes()

    scene.surveys(early)
    scene.surveys(late)

    (asked,) = scene.entries(Kind.SURVEY_ASKED)
    assert asked.seq > late.seq
    assert len(scene.entries(Kind.SURVEY_SUPPRESSED)) == 1


def test_a_contact_whose_agent_is_gone_is_counted_as_waiting_from_then_on() -> None:
    """It waits with its age, but the hour it was handled was no time in the queue."""
    scene = RuleScene()
    scene.taken()
    scene.world.clock.advance(3600)
    scene.presence(Presence.OFFLINE)
    scene.hire("two")
    scene.world.clock.advance(5)
    scene.assign()

    scene.accept("two")

    again = facts(scene.entries(Kind.REQUEUED)[0])[0]
    taken = scene.entries(Kind.ASSIGNED)[-1]
    assert (taken.facts["queue_ms"], again.data["handle_ms"]) == (5000, 3_600_000)
    assert scene.head(NUMBER).cases[0].contact.enqueued_at == START


def test_work_after_contact_begins_no_earlier_than_the_contact() -> None:
    """The SMS had been quiet for a day before anybody took it."""
    scene = RuleScene()
    scene.sms("Hello?")
    head = scene.head()
    (case,) = head.cases
    scene.world.clock.advance(86_400)
    over = Due(scene.world.clock(), "silence", head.customer_id, case.id, case.contact.interaction_id)
    KeepTime(*scene.needs, scene.world.outbox).fire(over)
    scene.hire()
    scene.assign()
    scene.accept()
    scene.world.clock.advance(30)

    closed = scene.closes("no_answer", answered=False)

    assert (closed.data["handle_ms"], closed.data["wrap_ms"]) == (30_000, 30_000)


def test_a_channel_whose_exchange_had_ended_counts_among_those_of_the_case() -> None:
    scene = RuleScene()
    scene.taken()
    head = scene.head()
    scene.does(CodeRequest(NUMBER))
    scene.chat(scene.code)
    scene.chat("Now by chat")
    scene.does(Left())

    scene.closes(answered=False)

    assert scene.closed().data["channels"] == 2
    assert scene.closed().case_id == head.cases[0].id


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Asia/Seoul", date(2026, 3, 29), 24),
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Africa/Cairo", date(2026, 4, 24), 23),  # its clocks skip the first hour after midnight
    ],
)
def test_days_of_the_centre_meet_without_gap_or_overlap(zone: str, day: date, hours: int) -> None:
    begin, end = day_bounds(day, zone)

    assert (end - begin, day_bounds(day + timedelta(days=1), zone)[0]) == (timedelta(hours=hours), end)
    inside = (begin, end - timedelta(milliseconds=1))
    assert [local_day(moment, zone) for moment in inside] == [day, day]
    assert local_day(end, zone) == day + timedelta(days=1)
