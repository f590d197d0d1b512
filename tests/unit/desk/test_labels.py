"""Staff read what queues and skills are called, and see what a contact asks for."""

from collections.abc import Iterator

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.desk.labels import Label, labels
from shared.domain.queue import Need, Queue
from shared.domain.staffing import Member, Skill
from shared.edge import wiring
from tests.support.rule_scene import RuleScene
from tests.support.staff import Browser

CENTRE = Centre(
    queues=(
        Queue("main", needs=(Need("english", 2),), label_ko="기본", label_en="General", succeeds=("old",)),
        Queue("plain"),
        Queue("half", label_ko="절반"),
    ),
    skills=(Skill("english", "영어", "English"),),
)


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    monkeypatch.setenv("DESK_SOCKET_WSS", "wss://desk.example.test/live")
    everybody = Member("", "everything", (Need("english", 3),))
    made = RuleScene(World(settings=FixedSettings(CENTRE, members=[everybody])))
    wiring.use(made.world.ports())
    yield made


def test_a_queue_without_a_label_is_called_by_its_other_one_or_its_name() -> None:
    told = labels(CENTRE)

    assert told.queues["main"] == Label("기본", "General")
    assert told.queues["half"] == Label("절반", "절반")
    assert told.queues["plain"] == Label("plain", "plain")


def test_a_queue_that_was_taken_away_is_called_what_its_successor_is() -> None:
    assert labels(CENTRE).queues["old"] == Label("기본", "General")


def test_the_desk_learns_the_names_with_the_agents_work(scene: RuleScene) -> None:
    told = Browser().get("/me").body["labels"]

    assert told["queues"]["main"] == {"ko": "기본", "en": "General"}
    assert told["skills"] == {"english": {"ko": "영어", "en": "English"}}


def test_an_offer_and_an_open_case_say_what_the_contact_asks_for(scene: RuleScene) -> None:
    scene.hire()
    scene.sms("Hello")
    scene.assign()

    (offer,) = Browser().get("/me").body["offers"]
    card = Browser().get(f"/customers/{offer['customer_id']}").body

    assert offer["needs"] == card["cases"][0]["needs"] == [{"skill": "english", "level": 2}]
