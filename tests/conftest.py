"""For every test: no way out of this machine, AWS credentials that open nothing, fresh wiring."""

import io
import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from infra.local.emulator import Emulator
    from infra.twins.world import World

os.environ.update(
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION="ap-northeast-2",
    AWS_REGION="ap-northeast-2",
    AWS_EC2_METADATA_DISABLED="true",
    AWS_ACCOUNT_ID_ENDPOINT_MODE="disabled",  # moto does not know the account's own host names
    POWERTOOLS_METRICS_NAMESPACE="Patchbay",
    POWERTOOLS_SERVICE_NAME="tests",
    POWERTOOLS_TRACE_DISABLED="1",
)
os.environ.pop("AWS_PROFILE", None)

# A slow machine is no wrong answer.
settings.register_profile("patchbay", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patchbay")

_connect = socket.socket.connect


def _stay_here(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not _loopback(str(address[0])):
        raise ConnectionRefusedError(f"a test wanted to reach {address[0]}: tests stay on this machine")
    _connect(self, address)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    socket.socket.connect = _stay_here  # type: ignore[assignment]  # for every library at once
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]  # as it was


@pytest.fixture(autouse=True)
def _fresh_wiring() -> Iterator[None]:
    from shared.edge import wiring

    yield
    wiring.reset()


@pytest.fixture(autouse=True)
def _within_rights(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a handler does with the twins, its role has to allow on AWS."""
    from tests.support.rights import Rights

    rights = Rights()
    rights.watch(monkeypatch)
    yield
    assert not rights.denied, "a role lacks rights"


@pytest.fixture
def world() -> "World":
    """A world in memory, in use, where nobody has sent frames too fast."""
    from functions.channels.chat import app
    from infra.twins.world import World
    from shared.edge import wiring
    from shared.edge.pace import Pace

    app.in_time, app.at_ease = Pace(), Pace(app.LOOKS)
    made = World()
    wiring.use(made.ports())
    return made


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Everything the functions log, one JSON document a line."""
    from shared.edge.observability import logger

    written = io.StringIO()
    monkeypatch.setattr(logger().registered_handler, "stream", written)
    return written


@pytest.fixture(scope="session")
def patient_clients() -> Iterator[None]:
    """Our clients wait for an embedded AWS on a busy machine longer than for AWS."""
    from botocore.config import Config

    from shared.adapters import clients

    kept = {name: getattr(clients, name) for name in ("TUNED", "PATIENT", "ONCE")}
    for name, config in kept.items():
        setattr(clients, name, config.merge(Config(connect_timeout=30, read_timeout=60)))
    clients.reset()
    yield
    for name, config in kept.items():
        setattr(clients, name, config)
    clients.reset()


@pytest.fixture(scope="session")
def emulator(
    tmp_path_factory: pytest.TempPathFactory, _closed_network: None, patient_clients: None
) -> "Iterator[Emulator]":
    """The embedded AWS, empty; one for each process of the tests, on a free port and in a folder of its own.
    Each test makes what it needs, by its own names."""
    from infra.local.emulator import Emulator

    running = Emulator(tmp_path_factory.mktemp("aws"))
    running.start()
    yield running
    running.stop()
