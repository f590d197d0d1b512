"""What supervisors and auditors are told, and who may ask."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.admin_api.app import handler as admin
from functions.report_exporter.app import handler as export
from functions.supervisor_api.app import handler as supervisor
from infra.twins.world import World
from shared.domain.change import Put
from shared.domain.channel.receipt import Mark, Outcome
from shared.domain.routing.pool import Waiting, rank
from shared.domain.routing.staff import Agent, Engagement, Heartbeat, Presence
from shared.edge import wiring
from shared.use_cases.report.count_facts import CountFacts
from tests.support.facts import a_fact
from tests.support.staff_event import asked_by_staff

NOW = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
MAIN = {"ko": "main", "en": "main"}


@pytest.fixture
def world() -> World:
    world = World()
    world.clock.now = NOW
    wiring.use(world.ports())
    return world


AS_SET = {
    "queue": "main",
    "waiting": 0,
    "oldest_seconds": None,
    "label": MAIN,
    "serving": 0,
    "free": 0,
    "opening": "open",
    "by": "",
    "why": "",
    "into": "",
    "until": None,
    "goal_seconds": 30,
}


def ask(handler: Any, path: str, groups: str = "supervisor", **query: str) -> tuple[int, Any]:
    claims = {"sub": "s1", "email": "super@example.test", "cognito:groups": groups}
    return asked_by_staff(handler, "GET", path, claims, query=query, language="ko")


def test_figures_of_today_have_totals_and_sparse_rows(world: World) -> None:
    CountFacts(world.store, world.files, world.settings)(
        [a_fact("MessageReceived"), a_fact("Assigned", seq=2)]
    )

    status, told = ask(supervisor, "/figures")

    assert (status, told["day"], told["zone"]) == (200, "2026-03-02", "Asia/Seoul")
    assert told["totals"]["average_queue_answer_time"] == 5.0
    assert told["totals"]["csat"] is None
    assert told["rows"][0] == {
        "hour": 12,
        "channel": "sms",
        "queue": "main",
        "agent": "",
        "messages_received": 1,
    }


def test_figures_name_the_agents_in_them(world: World) -> None:
    world.store.commit(Put(Agent("one", "김상담", "main", 1)))
    CountFacts(world.store, world.files, world.settings)(
        [a_fact("Assigned"), a_fact("Assigned", seq=2, agent="gone")]
    )

    _, told = ask(supervisor, "/figures")

    assert {row["agent"] for row in told["rows"]} == {"one", "gone"}
    assert told["agents"] == {"one": "김상담"}


def test_figures_of_a_day_asked_for(world: World) -> None:
    status, told = ask(supervisor, "/figures", day="2026-02-01")

    assert (status, told["day"], told["rows"]) == (200, "2026-02-01", [])


@pytest.mark.parametrize(
    "day", ["yesterday", "9999-12-31", "0001-01-01", "2026-W01-1", "20260301", "2" * 3000]
)
@pytest.mark.parametrize(("handler", "path"), [(supervisor, "/figures"), (admin, "/ledger")])
def test_a_day_that_is_none_is_told_in_the_readers_language(
    world: World, handler: Any, path: str, day: str
) -> None:
    status, told = ask(handler, path, day=day)

    assert (status, told["error"]["code"]) == (400, "malformed")
    assert any("가" <= c <= "힣" for c in told["error"]["message"])


@pytest.mark.parametrize(
    ("handler", "path"), [(supervisor, "/figures"), (supervisor, "/live"), (admin, "/ledger")]
)
def test_two_hundred_parameters_are_malformed(world: World, handler: Any, path: str) -> None:
    status, told = ask(handler, path, **{f"p{i}": "1" for i in range(200)})

    assert (status, told["error"]["code"]) == (400, "malformed")


@pytest.mark.parametrize("path", ["/figures", "/live", "/reports"])
def test_an_agent_may_not_see_the_supervisors_pages(world: World, path: str) -> None:
    status, told = ask(supervisor, path, groups="agent,expert")

    assert (status, told["error"]["code"]) == (403, "forbidden")


def test_live_shows_who_waits_and_who_is_there(world: World) -> None:
    for seconds in (90, 30):
        at = NOW - timedelta(seconds=seconds)
        world.store.commit(Put(Waiting("main", "main", rank(at, 5), f"i{seconds}", "c1", "k1", "sms", at, 5)))
    since = NOW - timedelta(hours=1)
    held = (Engagement("k2", "c2", "chat", NOW, "i2", 5),)
    world.store.commit(Put(Agent("a1", "Agent One", "main", 1, Presence.AVAILABLE, since, engagements=held)))
    world.store.commit(Put(Agent("a2", "Agent Two", "main", 1)))
    world.store.commit(Put(Heartbeat("main", "a1", NOW, NOW + timedelta(days=1))))
    world.store.commit(Put(Heartbeat("main", "a2", NOW - timedelta(hours=1), NOW + timedelta(days=1))))

    status, told = ask(supervisor, "/live")

    assert status == 200
    assert told["queues"] == [AS_SET | {"waiting": 2, "oldest_seconds": 90, "serving": 1, "free": 1}]
    assert told["agents"] == [
        {
            "id": "a1",
            "name": "Agent One",
            "presence": "available",
            "routing_status": "interacting",
            "engagements": 1,
            "since": "2026-03-02T02:30:00.000Z",
            "reason": "",
            "draining": False,
            "holds": ["chat"],
            "used": 5,
            "full": 15,
            "wrapping": 0,
        }
    ]


def test_an_empty_queue_is_shown_as_empty(world: World) -> None:
    assert ask(supervisor, "/live")[1] == {
        "queues": [AS_SET],
        "agents": [],
    }


def test_report_files_are_listed_with_size_and_address_newest_day_first(world: World) -> None:
    export({"day": "2026-03-01"}, None)
    export({"day": "2026-03-02"}, None)

    status, told = ask(supervisor, "/reports")

    assert status == 200
    assert [item["day"] for item in told["items"]] == ["2026-03-02"] * 17 + ["2026-03-01"] * 17
    first = told["items"][0]
    assert first["name"] == "agents.csv"
    assert first["bytes"] == len(world.files.bodies["reports/day=2026-03-02/agents.csv"])
    assert first["url"].endswith("reports/day=2026-03-02/agents.csv")


@pytest.mark.parametrize("group", ["admin", "auditor", "supervisor"])
def test_the_ledger_is_told_per_channel_with_its_marks(world: World, group: str) -> None:
    world.meter.count("Accepted", 2, channel="sms")
    mark = Mark("2026-03-02", "sms", Outcome.IGNORED, "a1", "e1", "ping", NOW, NOW + timedelta(days=40))
    world.store.commit(Put(mark))
    world.witness.lying = 1

    status, told = ask(admin, "/ledger", groups=group)

    assert (status, told["day"], told["adds_up"], told["waiting"]) == (200, "2026-03-02", True, 1)
    (line,) = told["channels"]
    assert (line["channel"], line["accepted"], line["ignored"], line["waiting"]) == ("sms", 2, 1, 1)
    assert [(m["outcome"], m["reason"], m["event_id"]) for m in told["marks"]] == [("ignored", "ping", "e1")]


def test_an_agent_may_not_read_the_ledger(world: World) -> None:
    assert ask(admin, "/ledger", groups="agent")[0] == 403
