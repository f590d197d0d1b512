"""What is left of a centre that was interrupted: no process, and what had been accepted."""

import os
import signal
from pathlib import Path

import pytest

from infra.local.snapshots import NAME
from tests.support.own_centre import ask, free, group_of, members, start, stored, told
from tests.support.patience import PATIENCE, soon

pytestmark = pytest.mark.embedded
FROM_A_CUSTOMER = {"from": "+821055500097", "text": "kept through a crash"}


@pytest.mark.parametrize(
    ("moment", "by"),
    [
        ("Starting", signal.SIGINT),
        ("Deploying", signal.SIGHUP),
        ("Filling", signal.SIGTERM),
        ("Opening", signal.SIGHUP),
        ("Patchbay runs", signal.SIGINT),
    ],
)
def test_an_interrupted_start_leaves_no_process(tmp_path: Path, moment: str, by: int) -> None:
    centre = start(tmp_path, free())
    assert centre.stdout is not None
    while moment not in (line := centre.stdout.readline()):
        assert line or centre.poll() is None, "it ended by itself"
    groups = soon(lambda: group_of(centre))

    centre.send_signal(by)
    centre.send_signal(by)
    centre.communicate(timeout=PATIENCE)

    assert members(groups) == []
    assert told(tmp_path) == {}


def test_what_was_accepted_before_a_kill_is_there_after_the_next_start(tmp_path: Path) -> None:
    snapshot = tmp_path / "state" / "data" / NAME
    first = start(tmp_path, free())
    run = soon(lambda: told(tmp_path))
    ask(f"{run['front_door']}/local/sms/send", FROM_A_CUSTOMER)
    soon(lambda: snapshot.is_file() and FROM_A_CUSTOMER["text"] in snapshot.read_text())

    for group in group_of(first):
        os.killpg(int(group), signal.SIGKILL)
    first.kill()
    first.communicate(timeout=PATIENCE)
    snapshot.with_name(f"{NAME}.new").write_text('{"dynamodb": {"tab')  # the one that was being written
    again = start(tmp_path, free())
    run = soon(lambda: told(tmp_path))

    assert soon(lambda: FROM_A_CUSTOMER["text"] in stored(run))
    again.terminate()
    again.communicate(timeout=PATIENCE)
