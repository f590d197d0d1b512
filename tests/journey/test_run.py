"""`make run`: starts, says where, stops cleanly, starts again with what it had."""

import signal
import socket
from errno import ECONNREFUSED
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from infra.local.front.door import listen
from tests.support.own_centre import free, start, told
from tests.support.patience import PATIENCE, soon

pytestmark = pytest.mark.embedded


def closed(endpoint: str) -> bool:
    """Nobody listens there any more: not the same as an answer that is slow to come."""
    where = urlsplit(endpoint)
    with socket.socket() as probe:
        return probe.connect_ex((str(where.hostname), int(where.port or 0))) == ECONNREFUSED


def test_it_starts_refuses_a_twin_stops_cleanly_and_starts_again(tmp_path: Path) -> None:
    port = free()

    first = start(tmp_path, port)
    run = soon(lambda: told(tmp_path))
    twin = start(tmp_path, free())
    _, said_by_twin = twin.communicate(timeout=PATIENCE)
    first.send_signal(signal.SIGINT)
    said, complaints = first.communicate(timeout=PATIENCE)

    assert run["front_door"] == f"http://127.0.0.1:{port}"
    assert (twin.returncode, "runs already" in said_by_twin) == (1, True)
    assert (first.returncode, complaints) == (0, "")
    assert f"http://127.0.0.1:{port}/desk" in said
    assert told(tmp_path) == {}
    assert closed(run["aws_endpoint"])

    again = start(tmp_path, port)
    second_run = soon(lambda: told(tmp_path))
    again.terminate()
    again.communicate(timeout=PATIENCE)

    assert again.returncode == 0
    assert second_run["outputs"] == run["outputs"]
    assert second_run["aws_endpoint"] == run["aws_endpoint"]


def test_a_centre_that_is_killed_takes_the_embedded_aws_with_it(tmp_path: Path) -> None:
    centre = start(tmp_path, free())
    run = soon(lambda: told(tmp_path))

    centre.kill()
    centre.communicate(timeout=PATIENCE)

    assert soon(lambda: closed(run["aws_endpoint"]))


def test_a_busy_port_gives_a_sentence(tmp_path: Path) -> None:
    with listen(0) as taken:
        refused = start(tmp_path, taken.getsockname()[1])
        said, complaint = refused.communicate(timeout=PATIENCE)

    assert refused.returncode == 1
    assert said == ""
    assert "is taken" in complaint
    assert len(complaint.splitlines()) == 1
