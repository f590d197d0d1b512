"""Whom a person or a provider waits for has a processor to be quick with."""

from infra.cost.centre import memory_of, run_ms
from infra.cost.idle import idle_month
from infra.cost.starts import starts, waited_for

ENOUGH = 1024
NOBODY_WAITS = {"Router", "EventPublisher", "Reconciler", "ReportExporter", "SmsSender", "Timekeeper"}


def test_whom_a_person_or_a_provider_waits_for_is_seen_by_who_invokes_it() -> None:
    waited = set(waited_for())

    assert {"SmsWebhook", "ChatSocket", "DeskSocket", "PublicApi"} <= waited
    assert {"DeskApi", "SupervisorApi", "AdminApi"} <= waited
    assert not waited & NOBODY_WAITS


def test_whom_a_person_or_a_provider_waits_for_has_memory_enough() -> None:
    slow = {name: memory_of(name) for name in waited_for() if memory_of(name) < ENOUGH}

    assert slow == {}


def test_more_memory_shortens_the_work_and_never_the_wait() -> None:
    work = run_ms(256, 0) / run_ms(1024, 0)
    one = {megabytes: run_ms(megabytes, 1) for megabytes in (256, 1024, 10_240)}

    assert work == 4
    assert one[256] / 4 < one[1024] < one[256]
    assert one[10_240] == run_ms(1769, 1)


def test_snapshots_of_the_doors_cost_more_than_a_month_without_anybody() -> None:
    # why SnapStart is not taken: when this fails, look at the decision again
    now = starts()

    assert now.kept > sum(idle_month().values())
    assert now.restored > 10 * now.init
