"""A fresh room on each ground."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from tests.support.rooms import ModelRoom, Room

if TYPE_CHECKING:
    from infra.local.emulator import Emulator

Enter = Callable[[str], Room]


@pytest.fixture
def enter(request: pytest.FixtureRequest) -> Iterator[Enter]:
    """Makes a room on the named ground; the embedded AWS is started when somebody first asks for it."""
    mock = mock_aws()
    entered: list[str] = []

    def room(ground: str) -> Room:
        entered.append(ground)
        if ground == "stepper":
            return ModelRoom()
        if ground == "moto":
            mock.start()
            return Room(_moto, "moto")
        emulator: Emulator = request.getfixturevalue("emulator")
        return Room(_embedded(emulator), "embedded")

    yield room
    if "moto" in entered:
        mock.stop()


@cache
def _moto(service: str) -> Any:
    """Clients outlive the mock: it stands between every client and the network while it is on."""
    return boto3.client(service, "ap-northeast-2")  # type: ignore[call-overload]  # any service, by name


@cache
def _embedded(emulator: "Emulator") -> Callable[[str], Any]:
    return cache(lambda service: emulator.client(service))
