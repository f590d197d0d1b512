"""The stepper itself: what it reads from the template, and what each fault does."""

from datetime import timedelta

import pytest

from infra.local.stepper import AFTER, BEFORE, TWICE, Crash, NeverQuiet, Stepper
from infra.local.stepper.faults import Crashed, Fuse, Fused
from infra.local.stepper.plan import SchedulePlan
from infra.local.stepper.schedule import due
from infra.local.template import resources
from infra.twins.clock import START
from infra.twins.world import World
from shared.domain.channel.commands import Raw
from tests.support.whole_scene import NUMBER, WholeScene


def test_it_knows_every_consumer_rule_schedule_and_door_of_the_template() -> None:
    plan = Stepper(World()).plan

    assert set(plan.sources) == set(resources("AWS::Lambda::EventSourceMapping"))
    assert set(plan.queues) == set(resources("AWS::SQS::Queue"))
    assert set(plan.rules) == set(resources("AWS::Events::Rule"))
    assert {s.function for s in plan.schedules.values()} == {
        "Timekeeper",
        "ReportExporter",
        "RawCompactor",
        "TextMerger",
        "Reconciler",
        "SmsComparer",
    }
    assert plan.doors["POST", "/webhooks/sms"] == "SmsWebhook"
    assert plan.sockets == {"DeskSocketApi": "DeskSocket", "ChatSocketApi": "ChatSocket"}
    assert plan.staff["GET", "/me"] == "DeskApi"
    every = {*(s.function for s in plan.sources.values()), *(s.function for s in plan.schedules.values()),
             *plan.doors.values(), *plan.staff.values(), *plan.sockets.values()}  # fmt: skip
    assert every == set(plan.handlers)


def test_a_function_sees_its_own_variables_and_no_others() -> None:
    ground = Stepper(World()).ground

    assert ground.variables("SmsSender")["CHANNEL"] == "sms"
    assert "CHANNEL_SECRET_ID" not in ground.variables("Router")


def a_scene() -> WholeScene:
    """One message lies before the router."""
    scene = WholeScene()
    scene.sms(NUMBER, "Hi")
    return scene


@pytest.mark.parametrize(("fault", "entries"), [(BEFORE, 0), (Crash(1), 0), (Crash(2), 1), (AFTER, 1)])
def test_a_function_that_died_has_done_so_much_and_its_message_comes_again(
    fault: Crash, entries: int
) -> None:
    scene = a_scene()

    scene.stepper.deliver("Router", fault=fault)

    assert len(scene.entries()) == entries
    assert "Router" not in [delivery.function for delivery in scene.stepper.pending()]
    scene.stepper.advance(180)
    assert "Router" in [delivery.function for delivery in scene.stepper.pending()]
    scene.run()
    assert len([entry for entry in scene.entries() if entry.channel == "sms"]) == 1


def test_a_delivery_made_twice_says_so_in_its_count() -> None:
    scene = a_scene()

    scene.stepper.deliver("Router", fault=TWICE)

    assert len(scene.entries()) == 1
    assert scene.ground.sqs.queues["Inbound"].messages == []


def test_a_stream_batch_comes_again_at_once_and_a_hint_is_dropped_after_two_tries() -> None:
    scene = a_scene()
    scene.stepper.deliver("Router")

    for _ in range(3):
        scene.stepper.deliver("DeskNotifier", fault=BEFORE)
        scene.stepper.deliver("EventPublisher", fault=BEFORE)

    assert [d.function for d in scene.stepper.pending()] == ["EventPublisher"]


def test_a_centre_that_never_rests_is_told_so() -> None:
    scene = a_scene()

    with pytest.raises(NeverQuiet):
        scene.run(limit=5, faults=lambda delivery: Crash(at=0, back_after=0))


def test_time_passes_from_one_due_moment_to_the_next() -> None:
    scene = WholeScene()

    scene.live(150)

    assert scene.world.clock.now == START + timedelta(seconds=150)
    looks = [handled for handled in scene.stepper.log if handled.function == "Assigner"]
    assert len(looks) == 2  # each full minute wakes the pool


@pytest.mark.parametrize(
    ("expression", "zone", "hour", "minute", "yes"),
    [
        ("rate(1 minute)", "UTC", 3, 7, True),
        ("rate(1 hour)", "UTC", 3, 0, True),
        ("rate(1 hour)", "UTC", 3, 1, False),
        ("cron(30 0 * * ? *)", "Asia/Seoul", 15, 30, True),
        ("cron(30 0 * * ? *)", "Asia/Seoul", 0, 30, False),
    ],
)
def test_schedules_are_due_at_their_minute(
    expression: str, zone: str, hour: int, minute: int, yes: bool
) -> None:
    plan = SchedulePlan("name", "function", expression, zone)

    assert due(plan, START.replace(hour=hour, minute=minute)) is yes


def test_a_crash_can_come_before_or_after_a_call_of_a_port() -> None:
    from infra.twins.inbox import MemoryInbox

    for at, put in ((1, 0), (2, 1)):
        inbox = MemoryInbox()
        fused = Fused(inbox, Fuse(at))
        with pytest.raises(Crashed):
            fused.put([Raw("sms", "E1", "a", START, "", "g")], [])
        assert len(inbox.events) == put
