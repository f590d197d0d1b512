"""What the embedded AWS holds is on disk as it was at one moment, or as it was before."""

import asyncio
import json
import time
from pathlib import Path

import pytest
from ministack import app
from ministack.services import lambda_svc, sqs

from infra.local import kept_queues
from infra.local.snapshots import NAME, Snapshots


@pytest.fixture
def snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshots:
    """In the place of ministack's own, for this test only; one service knows one word."""
    for name in ("load_state", "save_all", "_MAIN_LOOP"):
        monkeypatch.setattr(app, name, getattr(app, name))
    monkeypatch.setattr(
        lambda_svc, "_prune_orphan_code_blobs", lambda used: (tmp_path / "pruned").write_text(str(used))
    )
    monkeypatch.setattr(app, "_build_persistence_save_dict", lambda: {"words": state, "broken": lambda: None})
    made = Snapshots(tmp_path)
    made.install()
    return made


def state() -> dict[str, str]:
    lambda_svc._prune_orphan_code_blobs({"used"})
    return {"word": "안녕"}


def saved(snapshots: Snapshots) -> None:
    async def in_another_thread() -> None:
        app._MAIN_LOOP = asyncio.get_running_loop()
        await asyncio.to_thread(snapshots.save)

    asyncio.run(in_another_thread())


def test_what_was_saved_is_found_at_the_next_start(snapshots: Snapshots, tmp_path: Path) -> None:
    saved(snapshots)

    next_start = Snapshots(tmp_path)
    assert next_start.load("words") == {"word": "안녕"}
    assert next_start.load("broken") is None


def test_a_write_that_fails_leaves_the_last_snapshot(snapshots: Snapshots, tmp_path: Path) -> None:
    saved(snapshots)
    (tmp_path / f"{NAME}.new").mkdir()

    with pytest.raises(IsADirectoryError):
        saved(snapshots)

    assert Snapshots(tmp_path).load("words") == {"word": "안녕"}


def test_old_code_goes_only_once_the_new_snapshot_stands(snapshots: Snapshots, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.new").mkdir()
    with pytest.raises(IsADirectoryError):
        saved(snapshots)
    assert not (tmp_path / "pruned").exists()

    (tmp_path / f"{NAME}.new").rmdir()
    saved(snapshots)
    assert (tmp_path / "pruned").read_text() == "{'used'}"


def test_a_centre_that_was_never_complete_writes_nothing_when_it_ends(
    snapshots: Snapshots, tmp_path: Path
) -> None:
    app.save_all({})

    assert not (tmp_path / NAME).exists()


def test_nothing_is_written_after_the_last_snapshot(snapshots: Snapshots, tmp_path: Path) -> None:
    saved(snapshots)
    snapshots._kept.set()
    app.save_all({})
    (tmp_path / NAME).write_text(json.dumps({"words": "the last ones"}))

    saved(snapshots)

    assert Snapshots(tmp_path).load("words") == "the last ones"


def test_a_message_in_somebodys_hands_waits_again_after_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqs, "load_persisted_state", lambda data: None)
    later = time.time() + 360
    received = {"sent_at": 1.0, "visible_at": later, "receive_count": 1}
    delayed = {"sent_at": 1.0, "visible_at": later, "receive_count": 0}
    monkeypatch.setattr(sqs._queues, "_data", {("1", "r", "Q"): {"messages": [received, delayed]}})
    kept_queues.install()

    sqs.load_persisted_state({})

    assert (received["visible_at"], delayed["visible_at"]) == (1.0, later)
