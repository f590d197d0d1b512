"""What a stream holds outlives a restart of the embedded AWS."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ministack.core import persistence
from ministack.services import dynamodb

from infra.local import kept_streams


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for state, and the hooks in place for this test only."""
    monkeypatch.setattr(persistence, "PERSIST_STATE", True)
    monkeypatch.setattr(persistence, "STATE_DIR", str(tmp_path))
    for name in ("get_state", "load_persisted_state"):
        monkeypatch.setattr(dynamodb, name, getattr(dynamodb, name))
    kept_streams.install()
    yield tmp_path
    for records in kept_streams.KEPT.values():
        records.clear()


def test_a_reader_finds_the_record_it_had_not_read(state: Path) -> None:
    dynamodb._stream_records["T"] = [{"eventID": "read"}, {"eventID": "not read"}]
    dynamodb._stream_trimmed["T"] = 5
    persistence.save_all({"dynamodb": dynamodb.get_state})
    for records in kept_streams.KEPT.values():
        records.clear()

    dynamodb.load_persisted_state(persistence.load_state("dynamodb"))

    assert dynamodb.stream_records_since("T", 6, 10) == [{"eventID": "not read"}]
    assert dynamodb.stream_end_position("T") == 7


def test_a_first_start_has_nothing_to_restore(state: Path) -> None:
    dynamodb.load_persisted_state(persistence.load_state("dynamodb"))

    assert dynamodb.stream_end_position("T") == 0
