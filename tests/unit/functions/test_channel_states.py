"""How channels stand: what the figures and the date of a secret say, and never the secret."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.twins.clock import START
from infra.twins.world import World
from shared.domain.change import Put
from shared.domain.report.figures import Figure
from shared.domain.times import local_day
from shared.edge import wiring
from tests.support.admin_api import ask

ZONE = "Asia/Seoul"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("SMS_SECRET_ID", "sms-secret")
    monkeypatch.delenv("EMAIL_SECRET_ID", raising=False)
    world = World()
    world.secrets.rotate("sms-secret", {"auth_token": "hush"})
    world.secrets.written_at["sms-secret"] = START - timedelta(days=30)
    wiring.use(world.ports())
    yield world


def day(back: int = 0) -> str:
    return (local_day(START, ZONE) - timedelta(days=back)).isoformat()


def of(told: Any, name: str) -> Any:
    return next(one for one in told["items"] if one["name"] == name)


def test_a_channel_that_is_on_tells_its_counts_of_today_and_when_its_secret_was_changed(world: World) -> None:
    world.store.commit(
        Put(Figure(day(), 9, "sms", "main", messages_received=3)),
        Put(Figure(day(), 11, "sms", "main", "one", messages_sent=2, messages_failed=1)),
        Put(Figure(day(1), 23, "sms", "main", messages_received=7)),
    )

    status, told = ask("GET", "/channels")

    sms = of(told, "sms")
    assert (status, sms["on"], sms["received"], sms["sent"], sms["failed"]) == (200, True, 3, 2, 1)
    assert datetime.fromisoformat(sms["last_in"]).astimezone(START.tzinfo).hour == 0  # 9 o'clock in Seoul
    assert sms["secret_changed_at"].startswith((START - timedelta(days=30)).date().isoformat())
    assert "hush" not in json.dumps(told)


def test_a_channel_that_was_used_yesterday_says_when(world: World) -> None:
    world.store.commit(Put(Figure(day(1), 23, "sms", "main", messages_received=7)))

    sms = of(ask("GET", "/channels")[1], "sms")

    assert (sms["received"], sms["last_out"]) == (0, None)
    assert sms["last_in"] == f"{day(1)}T14:00:00.000Z"


def test_a_channel_without_a_secret_is_off(world: World) -> None:
    email = of(ask("GET", "/channels")[1], "email")

    assert (email["on"], email["secret_changed_at"], email["last_in"]) == (False, None, None)


def test_what_lies_in_the_doors_queues_is_told(world: World) -> None:
    world.witness.lying = 4

    assert ask("GET", "/channels")[1]["waiting"] == 4


@pytest.mark.parametrize(
    ("groups", "status"), [("admin", 200), ("auditor", 200), ("supervisor", 200), ("agent,expert", 403)]
)
def test_those_who_answer_for_the_centre_see_it(world: World, groups: str, status: int) -> None:
    assert ask("GET", "/channels", groups=groups)[0] == status
