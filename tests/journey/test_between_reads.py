"""Any two acts, one of them between two reads of the other: refused or done, never a bug, and all agrees."""

from collections.abc import Callable
from itertools import product
from typing import cast

import pytest

from infra.twins.store import MemoryStore
from shared.domain.customer.head import Head
from shared.domain.routing.staff import Agent
from tests.support.between import Between
from tests.support.consistency import faults
from tests.support.town import Town

ACTS: dict[str, Callable[[Town], None]] = {
    "texts": lambda town: town.does("texts", 0, "Hi", 0),
    "leaves": lambda town: town.does("leaves", 0),
    "accepts": lambda town: town.does("accepts", "one"),
    "declines": lambda town: town.does("declines", "one"),
    "goes": lambda town: town.does("goes", "one"),
    "replies": lambda town: town.does("replies", "one", "sms"),
    "closes": lambda town: town.does("closes", "one"),
    "falls silent": lambda town: town.does("passes", 1000),
    "is swept": lambda town: town.does("sweeps"),
}


def ringing() -> Town:
    town = Town()
    town.texts(0, "Hello", 0)
    town.chats(0, "Hello", 0)
    town.comes("one")
    town.publishes()
    town.assigns()
    return town


def talking() -> Town:
    town = ringing()
    town.accepts("one")
    town.publishes()
    town.assigns()
    return town


@pytest.mark.parametrize("before", [ringing, talking])
@pytest.mark.parametrize(("act", "other"), product(ACTS, ACTS))
@pytest.mark.parametrize("kind", [Agent, Head])
def test_two_acts_at_once_end_well(before: Callable[[], Town], act: str, other: str, kind: type) -> None:
    town = before()
    real = town.world.store

    def meanwhile() -> None:
        town.world.store = real
        ACTS[other](town)
        town.world.store = raced

    raced = cast(MemoryStore, Between(real, kind, meanwhile))
    town.world.store = raced

    ACTS[act](town)

    assert faults(real) == []
