"""Raw files are merged each hour: no line is lost, and none counts twice, whatever dies or comes late."""

import gzip
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from functions.raw_compactor import app
from functions.report_exporter import app as exporter
from infra.twins.files import MemoryFiles
from infra.twins.world import World
from shared.domain.errors import TryAgain
from shared.edge import wiring
from shared.use_cases.report import merge_raw
from shared.use_cases.report.count_facts import CountFacts
from shared.use_cases.report.merge_raw import Merged, MergeRaw
from shared.use_cases.report.read_raw import ReadRaw
from tests.support.facts import NOON, a_fact

DAY = date(2026, 3, 2)
RAW = "raw/day=2026-03-02/"
EVENTS = "reports/day=2026-03-02/events.csv"


class Crash(Exception):
    pass


class CountedFiles(MemoryFiles):
    """Counts what is read, and calls `meanwhile` once, before the next read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.meanwhile: Any = None

    def get(self, key: str) -> bytes | None:
        if self.meanwhile:
            hook, self.meanwhile = self.meanwhile, None
            hook()
        self.read.append(key)
        return super().get(key)


class DyingFiles(MemoryFiles):
    """Dies at its calls as the fuse says; a removal may die between two files."""

    def __init__(self, files: MemoryFiles, fuse: Iterator[str]) -> None:
        super().__init__()
        self.bodies, self.types, self._fuse = files.bodies, files.types, fuse

    def _burn(self) -> None:
        if next(self._fuse, ""):
            raise Crash

    def put(self, key: str, body: bytes, content_type: str = "application/octet-stream") -> None:
        self._burn()
        super().put(key, body, content_type)
        self._burn()

    def get(self, key: str) -> bytes | None:
        self._burn()
        return super().get(key)

    def remove(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._burn()
            super().remove([key])


@pytest.fixture
def world() -> World:
    return a_world()


def a_world() -> World:
    world = World(files=CountedFiles())
    world.clock.now = NOON
    wiring.use(world.ports())
    return world


def batch(world: World, *seqs: int) -> None:
    """A batch of facts, counted: one raw file."""
    CountFacts(world.store, world.files, world.settings)([a_fact("MessageReceived", seq=seq) for seq in seqs])


def merge(world: World, files: MemoryFiles | None = None) -> Merged:
    return MergeRaw(files or world.files, world.settings, world.clock)()


def lines(world: World, day: date = DAY) -> set[int]:
    parts = ReadRaw(world.files)(day)
    return {json.loads(line)["seq"] for part in parts for line in gzip.decompress(part).splitlines()}


def whole(world: World) -> set[bytes]:
    return {line for part in ReadRaw(world.files)(DAY) for line in gzip.decompress(part).splitlines()}


def raw(world: World) -> list[str]:
    return [key.removeprefix(RAW) for key in world.files.names(RAW)]


def test_many_files_become_one_with_the_same_lines(world: World) -> None:
    for seq in range(50):
        batch(world, 2 * seq, 2 * seq + 1)

    done = merge(world)

    assert (done.files, done.into, done.finished) == (50, 1, True)
    assert len(raw(world)) == 1
    assert lines(world) == set(range(100))


def test_each_hour_leaves_one_more_file_and_reads_no_merged_one_again(world: World) -> None:
    for hour in range(24):
        for seq in range(10):
            batch(world, hour * 10 + seq)
        merge(world)

    assert len(raw(world)) == 24
    assert len(world.files.read) == len(set(world.files.read)) == 240  # type: ignore[attr-defined]
    assert lines(world) == set(range(240))


def test_one_file_alone_waits_for_another(world: World) -> None:
    batch(world, 1)
    assert merge(world) == Merged()

    batch(world, 2)
    assert merge(world).files == 2


def test_a_file_that_comes_late_is_read_and_merged_the_next_time(world: World) -> None:
    batch(world, 1)
    batch(world, 2)
    merge(world)

    batch(world, 3)

    assert lines(world) == {1, 2, 3}
    batch(world, 4)
    assert merge(world).files == 2
    assert lines(world) == {1, 2, 3, 4}


def test_a_batch_that_comes_again_after_it_was_merged_is_no_second_event(world: World) -> None:
    batch(world, 1, 2)
    batch(world, 3)
    merge(world)
    batch(world, 1, 2)

    exporter.handler({"day": "2026-03-02"}, None)

    assert len(world.files.bodies[EVENTS].splitlines()) == 1 + 3


def test_yesterdays_late_files_are_merged_too(world: World) -> None:
    batch(world, 1)
    batch(world, 2)
    world.clock.now = NOON + timedelta(days=2)

    assert merge(world).files == 2
    world.clock.now = NOON + timedelta(days=3)
    batch(world, 3)
    batch(world, 4)
    assert merge(world) == Merged()
    assert lines(world) == {1, 2, 3, 4}


def test_very_many_files_become_several(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge_raw, "AT_ONCE", 10)
    for seq in range(25):
        batch(world, seq)

    assert (merge(world).into, len(raw(world))) == (3, 3)
    assert lines(world) == set(range(25))


def test_what_time_does_not_suffice_for_is_left_to_the_next_hour(world: World) -> None:
    batch(world, 1)
    batch(world, 2)

    done = MergeRaw(world.files, world.settings, world.clock)(lambda: True)

    assert done == Merged(finished=False)
    assert merge(world).files == 2


def test_a_broken_file_is_left_where_it_lies_and_told(world: World) -> None:
    batch(world, 1)
    batch(world, 2)
    world.files.put(f"{RAW}broken.jsonl.gz", b"no gzip")

    done = app.handler({}, None)

    assert (done["files"], done["broken"]) == (2, (f"{RAW}broken.jsonl.gz",))
    assert "broken.jsonl.gz" in raw(world)


@settings(max_examples=30, deadline=None)
@given(some.data())
def test_whatever_dies_no_line_is_missing_at_any_moment_and_none_is_changed(
    data: some.DataObject,
) -> None:
    world, calm = a_world(), World()
    steps = iter(data.draw(some.lists(some.sampled_from(["", "", "", "x"]), max_size=80), "steps"))
    written: set[int] = set()
    for _ in range(data.draw(some.integers(1, 6), "hours")):
        for seqs in data.draw(
            some.lists(some.lists(some.integers(0, 40), min_size=1, max_size=4), max_size=8)
        ):
            batch(world, *seqs)
            batch(calm, *seqs)
            written |= set(seqs)
        with suppress(Crash):
            merge(world, DyingFiles(world.files, steps))
        assert lines(world) == written
    merge(world)
    merge(world)

    assert lines(world) == written
    assert sum(not key.startswith("merged-") for key in raw(world)) <= 1
    assert whole(world) == whole(calm)


def test_files_that_are_merged_while_a_report_reads_them_are_read_all_the_same(world: World) -> None:
    for seq in range(6):
        batch(world, seq)
    other = MergeRaw(DyingFiles(world.files, iter(())), world.settings, world.clock)
    world.files.meanwhile = other  # type: ignore[attr-defined]

    assert lines(world) == set(range(6))


def test_a_day_that_never_holds_still_comes_again(world: World) -> None:
    class Fleeting(MemoryFiles):
        def names(self, prefix: str) -> tuple[str, ...]:
            return (f"{prefix}gone.jsonl.gz",)

    with pytest.raises(TryAgain):
        ReadRaw(Fleeting())(DAY)


def test_an_export_reads_each_raw_file_once(world: World) -> None:
    for back in (0, 1):
        for seq in range(10):
            fact = a_fact("MessageReceived", seq=seq, at=NOON - timedelta(days=back))
            CountFacts(world.store, world.files, world.settings)([fact])

    exporter.handler({}, None)

    read = world.files.read  # type: ignore[attr-defined]
    assert len(read) == len(set(read)) == 20
