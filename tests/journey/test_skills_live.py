"""Skills, rings and an agent of one's own on the embedded AWS: real queues, delays, roles and settings."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from functions.channels import traits
from infra.local.centre import Centre
from shared.adapters.clock import system_clock
from shared.adapters.store import TableStore
from shared.domain import centre as settings
from shared.domain.queue import Need, Queue, Ring
from shared.domain.settings.document import Document
from shared.domain.staffing import Limit, Member, Profile, Rule, Skill, When
from shared.use_cases.configure import Configure
from tests.support.patience import soon
from tests.support.person import Person, accepted

pytestmark = pytest.mark.embedded
RING = 5  # seconds
KNOWN_AFTER = 11  # seconds: functions look at the settings every ten
ENGLISH_QUEUE = Queue(
    "english",
    needs=(Need("english", 3),),
    rings=(Ring(RING, drop=("english",)),),
    preferred_seconds=600,
)
SKILLED = Document(
    settings.Centre(
        queues=(
            Queue(needs=(Need("korean"),)),
            ENGLISH_QUEUE,
        ),
        skills=(Skill("korean", "한국어", "Korean"), Skill("english", "영어", "English")),
        profiles=(Profile("all", ("main", "english"), (Limit("sms", 1),)),),
        rules=(Rule((When("language", ("en",)),), queue="english"),),
        acw_seconds=0,
    ),
    members=(
        Member("agent1@example.test", "all", (Need("korean", 5),)),
        Member("agent2@example.test", "all", (Need("english", 4),)),
    ),
)
KOREAN, ENGLISH = "안녕하세요, 주문이 아직 안 왔어요.", "Hello, where is my order? It has not come."


@pytest.fixture(scope="module")
def skilled(tmp_path_factory: pytest.TempPathFactory, _closed_network: None) -> Iterator[Centre]:
    """A centre of its own, as its settings are others."""
    with Centre(tmp_path_factory.mktemp("skilled")) as running:
        store = TableStore(running.outputs["TableName"], lambda: running.client("dynamodb"))
        Configure(store, system_clock, traits())(SKILLED)
        time.sleep(KNOWN_AFTER)
        yield running


def write(centre: Centre, number: str, text: str) -> None:
    Person(centre).ask("POST", "/local/sms/send", {"from": number, "text": text})


def presence(agent: Person, presence: str) -> None:
    agent.ask("PUT", "/api/me/presence", {"presence": presence})


def offered(agent: Person, text: str) -> Any:
    """The offer of who wrote this, once it rings."""

    def look() -> Any:
        return next((one for one in agent.ask("GET", "/api/me")["offers"] if one["preview"] == text), None)

    return soon(look)


def test_who_speaks_it_gets_it_a_ring_widens_and_who_comes_back_gets_their_agent(skilled: Centre) -> None:
    one, two = Person(skilled, "agent1@example.test"), Person(skilled, "agent2@example.test")
    write(skilled, "+821000000011", KOREAN)
    write(skilled, "+821000000012", ENGLISH)
    soon(lambda: one.ask("GET", "/api/me")["waiting"] == {"main": 1, "english": 1})

    presence(two, "available")
    english = accepted(two, offered(two, ENGLISH))
    presence(one, "available")
    accepted(one, offered(one, KOREAN)).act("close", disposition="spam")

    write(skilled, "+821000000013", f"{ENGLISH} (2)")
    second = offered(one, f"{ENGLISH} (2)")
    back = accepted(one, second)
    made = next(line for line in back.lines() if line["kind"] == "offer_made")
    assert made["facts"]["waited_ms"] >= RING * 1000, "until then only those who speak English were asked"
    back.act("close", disposition="spam")

    write(skilled, "+821000000014", f"{KOREAN} (2)")
    busy = accepted(one, offered(one, f"{KOREAN} (2)"))
    write(skilled, "+821000000013", "Are you there again, please?")
    soon(lambda: back.told()["state"] == "waiting")
    english.act("close", disposition="spam")
    presence(two, "available")
    busy.act("close", disposition="spam")

    assert offered(one, "Are you there again, please?"), "and not the other one, who was free before"
