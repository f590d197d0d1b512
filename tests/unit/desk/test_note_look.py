"""Anybody of the staff may look at any customer, and nobody unseen."""

import io
from collections.abc import Iterator

import pytest

from shared.domain.errors import Refused
from shared.domain.timeline.entry import Entry, Kind
from shared.edge import wiring
from shared.use_cases.desk.note_look import NoteLook
from tests.support.rule_scene import RuleScene
from tests.support.staff import PAGES, Browser, DeskSocket


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    monkeypatch.setenv("ALLOWED_ORIGINS", PAGES)
    made = RuleScene()
    made.taken()
    made.hire("two")
    wiring.use(made.world.ports())
    yield made


def looks(scene: RuleScene) -> list[tuple[str, object]]:
    noted = [e for e in scene.all(Entry) if e.kind is Kind.AUDITED and e.facts["action"] == "looked_at"]
    return [(entry.actor, entry.facts["customer"]) for entry in noted]


def test_looking_at_somebody_elses_customer_is_written_down_once_a_day(scene: RuleScene) -> None:
    customer, page = scene.head().customer_id, Browser("two")

    for _ in range(3):
        assert page.get(f"/customers/{customer}").status == 200
        assert page.get(f"/customers/{customer}/entries").status == 200
    assert looks(scene) == [("agent:two", customer)]
    scene.world.clock.advance(24 * 3600)
    page.get(f"/customers/{customer}/entries", after="1")

    assert looks(scene) == [("agent:two", customer)] * 2


def test_to_watch_is_to_look(scene: RuleScene) -> None:
    customer = scene.head().customer_id

    DeskSocket(scene.world, "two").say({"action": "watch", "customer_id": customer})

    assert looks(scene) == [("agent:two", customer)]


def test_ones_own_work_needs_no_line(scene: RuleScene) -> None:
    customer = scene.head().customer_id
    Browser("one").get(f"/customers/{customer}")
    DeskSocket(scene.world, "one").say({"action": "watch", "customer_id": customer})
    scene.closes()

    Browser("one").get(f"/customers/{customer}/entries")

    assert looks(scene) == []


def test_a_supervisors_look_is_in_the_log(scene: RuleScene, log: io.StringIO) -> None:
    customer = scene.head().customer_id

    assert Browser("boss", groups="supervisor").get(f"/customers/{customer}").status == 200

    assert "customer_looked_at" in log.getvalue()
    assert "agent:boss" in log.getvalue()


@pytest.mark.parametrize("part", ["body", "files/0", "pictures/0"])
def test_a_supervisors_look_at_a_part_of_a_message_is_in_the_log(
    scene: RuleScene, log: io.StringIO, part: str
) -> None:
    method = "POST" if part.startswith("pictures") else "GET"
    path = f"/customers/{scene.head().customer_id}/entries/1/{part}"

    told = Browser("boss", groups="supervisor").ask(method, path, None)

    assert told.status == 404  # this message has no such part
    assert "customer_looked_at" in log.getvalue()
    assert "agent:boss" in log.getvalue()


def test_who_reads_along_and_is_no_agent_is_in_the_log(scene: RuleScene, log: io.StringIO) -> None:
    customer = scene.head().customer_id

    for agent in ("one", "two"):
        DeskSocket(scene.world, agent, f"D-{agent}").say({"action": "watch", "customer_id": customer})
    assert "customer_looked_at" not in log.getvalue()
    DeskSocket(scene.world, "boss", "D-boss").say({"action": "watch", "customer_id": customer})

    assert "customer_looked_at" in log.getvalue()
    assert "agent:boss" in log.getvalue()


def test_an_auditor_sees_no_customer(scene: RuleScene) -> None:
    customer = scene.head().customer_id

    for path in (f"/customers/{customer}", f"/customers/{customer}/entries"):
        assert Browser("eye", groups="auditor").get(path).status == 403


def test_nobody_is_looked_at_who_is_not_there(scene: RuleScene) -> None:
    with pytest.raises(Refused):
        NoteLook(*scene.needs)("two", "nobody")

    assert looks(scene) == []
