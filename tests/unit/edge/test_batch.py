"""SQS batches: one bad record does not fail its neighbours, and nothing is dropped unwritten."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Barrier

import pytest

from infra.twins.world import World
from shared.adapters import codec
from shared.adapters.threads import ten_at_once
from shared.domain.channel.commands import Raw, Wake
from shared.domain.errors import Conflict, Malformed, Rejected, TryAgain
from shared.edge.batch import Delivered, consume, consume_together, reads
from shared.edge.deadline import Deadline
from shared.edge.raws import consume_raws
from shared.edge.settings import Misconfigured
from tests.support.sqs import FIFO, STANDARD, batch, failures, record


def failing(**errors: Exception) -> tuple[Callable[[Delivered], None], list[str]]:
    """A handler that fails on the named records, and the list of those it was given."""
    handled: list[str] = []

    def handle(delivered: Delivered) -> None:
        handled.append(delivered.id)
        if delivered.id in errors:
            raise errors[delivered.id]

    return handle, handled


def a_raw(id: str, group: str = "g") -> Raw:
    return Raw("sms", id, f"{id}.e0", datetime(2026, 1, 5, tzinfo=UTC), "payload", group)


def test_only_the_record_that_failed_comes_back(world: World) -> None:
    handle, handled = failing(b=TryAgain("down"))

    answer = consume(batch(record("a"), record("b"), record("c")), handle)

    assert failures(answer) == ["b"]
    assert handled == ["a", "b", "c"]


def test_a_failed_record_holds_back_those_behind_it_in_its_group_and_no_other(world: World) -> None:
    handle, handled = failing(b=TryAgain("down"))
    records = [record("a", group="1"), record("b", group="1"), record("c", group="2"), record("d", group="1")]

    answer = consume(batch(*records), handle)

    assert failures(answer) == ["b", "d"]
    assert handled == ["a", "b", "c"]


@pytest.mark.parametrize(("receives", "seconds"), [(1, 2), (2, 4), (3, 8), (5, 32), (6, 60), (90, 60)])
def test_each_failure_waits_longer(receives: int, seconds: int, world: World) -> None:
    handle, _ = failing(a=TryAgain("down"))

    consume(batch(record("a", receives=receives)), handle)

    assert world.postpone.pauses == [(STANDARD, "receipt-a", seconds)]


def test_those_behind_a_failure_wait_as_long_so_that_the_order_holds(world: World) -> None:
    handle, _ = failing(a=TryAgain("down"))

    consume(batch(record("a", group="1", receives=3), record("b", group="1", receives=1)), handle)

    assert world.postpone.pauses == [(FIFO, "receipt-a", 8), (FIFO, "receipt-b", 8)]


@pytest.mark.parametrize("error", [TryAgain("down"), Conflict((0,)), Misconfigured("X is not set")])
def test_what_time_or_an_operator_can_mend_is_tried_again(error: Exception, world: World) -> None:
    handle, _ = failing(a=error)

    assert failures(consume(batch(record("a")), handle, lambda record, why: pytest.fail(why))) == ["a"]


HOPELESS = {
    "rejected": (Rejected("no_sid"), "no_sid"),
    "malformed": (Malformed("not a Wake"), "malformed"),
    "a bug": (KeyError("x"), "bug_KeyError"),
    "a deep bug": (RecursionError(), "bug_RecursionError"),
}


@pytest.mark.parametrize("label", HOPELESS)
def test_what_trying_again_cannot_help_is_written_down_and_succeeds(label: str, world: World) -> None:
    error, reason = HOPELESS[label]
    handle, handled = failing(a=error)
    written: list[tuple[str, str]] = []

    answer = consume(
        batch(record("a", group="1"), record("b", group="1")),
        handle,
        lambda record, why: written.append((record.id, why)),
    )

    assert failures(answer) == []
    assert written == [("a", reason)]
    assert handled == ["a", "b"]
    assert world.meter.total("GivenUp") == 1


def test_on_its_last_permitted_receive_a_record_is_written_down_and_its_neighbours_are_tried(
    world: World,
) -> None:
    handle, handled = failing(a=TryAgain("down"))
    written: list[tuple[str, str]] = []

    answer = consume(
        batch(record("a", group="1", receives=10), record("b", group="1", receives=9)),
        handle,
        lambda record, why: written.append((record.id, why)),
    )

    assert failures(answer) == []
    assert written == [("a", "gave_up")]
    assert handled == ["a", "b"]


def test_what_cannot_even_be_written_down_is_left_to_the_dead_letters(world: World) -> None:
    handle, _ = failing(a=TryAgain("down"), b=Rejected("no_sid"))

    def give_up(record: Delivered, why: str) -> None:
        raise TryAgain("the table is down as well")

    assert failures(consume(batch(record("a", receives=10), record("b")), handle, give_up)) == ["a", "b"]


@pytest.mark.parametrize("receives", [1, 10])
def test_a_bug_in_writing_down_fails_that_record_alone(receives: int, world: World) -> None:
    handle, handled = failing(a=Rejected("no_sid"))

    def give_up(record: Delivered, why: str) -> None:
        raise KeyError("a bug")

    assert failures(consume(batch(record("a", receives=receives), record("b")), handle, give_up)) == ["a"]
    assert handled == ["a", "b"]


def test_a_command_is_decoded_before_it_is_used(world: World) -> None:
    woken: list[Wake] = []

    answer = consume(batch(record("a", '{"pool":"main","v":1}'), record("b", "{")), reads(Wake, woken.append))

    assert woken == [Wake("main")]
    assert failures(answer) == []


def test_a_command_of_a_newer_version_waits_for_the_newer_code(world: World) -> None:
    answer = consume(batch(record("a", '{"pool":"main","v":2}')), reads(Wake, lambda wake: None))

    assert failures(answer) == ["a"]


def test_an_empty_batch_is_a_success() -> None:
    assert consume({}, lambda record: None) == {"batchItemFailures": []}


def test_every_event_of_a_batch_reaches_the_router(world: World) -> None:
    routed: list[Raw] = []

    consume_raws(
        batch(record("1", codec.encode(a_raw("A")), "g"), record("2", codec.encode(a_raw("B")), "g")),
        routed.append,
        lambda raw, why: pytest.fail(why),
    )

    assert routed == [a_raw("A"), a_raw("B")]


def test_events_in_a_file_are_routed_like_others_and_a_hopeless_one_stops_none(world: World) -> None:
    world.files.put("inbound/sms/x.json", codec.encode([a_raw("A"), a_raw("B"), a_raw("C")]).encode())
    routed: list[str] = []
    rejected: list[tuple[str, str]] = []

    def route(raw: Raw) -> None:
        if raw.event_id == "B":
            raise Rejected("no_sid")
        routed.append(raw.event_id)

    answer = consume_raws(
        batch(record("1", '{"pointer":"inbound/sms/x.json"}', "g")),
        route,
        lambda raw, why: rejected.append((raw.event_id, why)),
    )

    assert failures(answer) == []
    assert (routed, rejected) == (["A", "C"], [("B", "no_sid")])


@pytest.mark.parametrize("body", ["", "{", "[]", '{"pointer":"inbound/gone"}', '{"channel":"sms"}', "\x00"])
def test_an_unreadable_record_is_rejected_as_it_stands(body: str, world: World) -> None:
    rejected: list[Raw] = []

    answer = consume_raws(
        batch(record("1", body, "g")), lambda raw: None, lambda raw, why: rejected.append(raw)
    )

    assert failures(answer) == []
    assert [(raw.channel, raw.event_id, raw.payload) for raw in rejected] == [("unknown", "1", body)]


def test_an_error_is_logged_with_its_place_but_without_its_words(world: World, log: io.StringIO) -> None:
    def handle(record: Delivered) -> None:
        int(record.body)

    consume(batch(record("a", "the customer's words")), handle)

    assert "test_batch.py" in log.getvalue()
    assert "ValueError" in log.getvalue()
    assert "words" not in log.getvalue()


def counting_down(*lefts: int) -> Deadline:
    told = iter(lefts)
    return lambda: next(told) < 10_000


def test_behind_the_deadline_records_come_back_untouched_and_soon(world: World) -> None:
    handle, handled = failing()

    answer = consume(
        batch(record("a"), record("b"), record("c")), handle, deadline=counting_down(30_000, 9_999, 1)
    )

    assert (handled, failures(answer)) == (["a"], ["b", "c"])
    assert world.postpone.pauses == [(STANDARD, "receipt-b", 1), (STANDARD, "receipt-c", 1)]


def test_what_there_was_no_time_for_takes_those_behind_it_in_its_group_along(world: World) -> None:
    """The clock is asked once for a group: a later record must not overtake an earlier one."""
    handle, handled = failing()
    records = [record("a", group="1"), record("b", group="1")]

    answer = consume(batch(*records), handle, deadline=counting_down(1, 30_000))

    assert (handled, failures(answer)) == ([], ["a", "b"])


def test_ten_groups_are_handled_at_once_and_each_in_its_order(world: World) -> None:
    meet, handled = Barrier(4, timeout=30), []

    def handle(delivered: Delivered) -> None:
        if delivered.id.endswith("0"):
            meet.wait()  # nobody passes before all four groups have begun
        handled.append(delivered.id)

    records = [record(f"{group}{n}", group=group) for n in range(2) for group in "abcd"]
    answer = consume(batch(*records), handle, at_once=ten_at_once)

    assert failures(answer) == []
    for group in "abcd":
        assert [id for id in handled if id.startswith(group)] == [f"{group}0", f"{group}1"]


@pytest.mark.parametrize("error", [Malformed("a name is too long for a key"), KeyError("a bug")])
def test_one_record_that_breaks_a_whole_batch_fails_alone(error: Exception, world: World) -> None:
    done: set[str] = set()

    def handle(records: Sequence[Delivered]) -> list[Delivered]:
        if "b" in {each.id for each in records}:
            raise error
        done.update(each.id for each in records)
        return []

    answer = consume_together(batch(record("a"), record("b"), record("c")), handle)

    assert (failures(answer), done) == (["b"], {"a", "c"})


def test_one_record_the_table_never_takes_does_not_bring_the_others_to_the_dead_letters(world: World) -> None:
    done: set[str] = set()

    def handle(records: Sequence[Delivered]) -> list[Delivered]:
        if "b" in {each.id for each in records}:
            raise TryAgain("the table did not answer")
        done.update(each.id for each in records)
        return []

    answer = consume_together(batch(record("a", receives=2), record("b"), record("c")), handle)

    assert (failures(answer), done) == (["b"], {"a", "c"})


def test_a_whole_batch_that_may_be_tried_again_comes_again(world: World) -> None:
    asked: list[int] = []

    def handle(records: Sequence[Delivered]) -> list[Delivered]:
        asked.append(len(records))
        raise TryAgain("the table did not answer")

    assert failures(consume_together(batch(record("a"), record("b")), handle)) == ["a", "b"]
    assert asked == [2]
