"""Supervisors on an open case, over HTTP and on the socket: read along, note, step in, answer, assign."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from functions.supervisor_api.app import handler
from infra.twins.settings import FixedSettings
from infra.twins.staff_pool import Login
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import Put
from shared.domain.customer.snooze import Sleeper
from shared.domain.declared import Undo
from shared.domain.desk.inbox import ABUSED, SUPERVISORS, DeskOf, Notice
from shared.domain.routing.staff import Agent, Heartbeat, Presence
from shared.domain.session.socket import SocketOf, Watch
from shared.domain.timeline.entry import Kind
from shared.edge import wiring
from shared.use_cases.case.snooze_case import SnoozeCase
from shared.use_cases.routing.add_staff import AddStaff
from tests.support.rule_scene import RuleScene
from tests.support.staff import PAGES, Answered, Browser, DeskSocket
from tests.support.staff_event import asked_by_staff

CASE = "/cases/{case_id}/supervised"
BOSS = Browser(sub="boss", groups="supervisor", name="The boss")
SUPERVISED = {"key": "key-0001", "text": "The customer asked for me"}


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    monkeypatch.setenv("ALLOWED_ORIGINS", PAGES)
    monkeypatch.setenv("DESK_SOCKET_WSS", "wss://desk.example.test")
    made = RuleScene()
    wiring.use(made.world.ports())
    yield made


def ask(method: str, path: str, told: Any = None, groups: str = "supervisor", **values: str) -> Any:
    """The status and the answer."""
    claims = {"sub": "boss", "name": "The boss", "email": "boss@example.test", "cognito:groups": groups}
    return asked_by_staff(handler, method, path, claims, body=told, values=values)


def supervised(scene: RuleScene, act: str, **more: str) -> Any:
    head = scene.head()
    told = {"act": act, "customer_id": head.customer_id, **SUPERVISED, **more}
    return ask("POST", CASE, told, case_id=head.cases[0].id)


def answers(scene: RuleScene, text: str = "I am the manager", key: str = "key-0002", **more: Any) -> Answered:
    head = scene.head()
    told = {"customer_id": head.customer_id, "channel": "sms", "text": text, "key": key, **more}
    return BOSS.post(f"/cases/{head.cases[0].id}/replies", told)


def test_a_supervisor_steps_in_answers_and_leaves(scene: RuleScene) -> None:
    scene.taken()

    early = answers(scene, key="key-0000").status
    status, told = supervised(scene, "step_in")
    answer = answers(scene)
    left, _ = supervised(scene, "leave", key="key-0003")
    late = answers(scene, key="key-0004")

    assert (early, status, answer.status, left, late.status) == (409, 200, 202, 200, 409)
    assert (told["entry"]["kind"], told["entry"]["actor_name"]) == ("stepped_in", "The boss")
    assert answer.body["entry"]["text"] == "I am the manager"
    assert (answer.body["entry"]["actor_name"], late.code) == ("The boss", "not_owner")


def test_the_customer_is_sent_the_answer_and_nothing_else(scene: RuleScene) -> None:
    scene.taken()

    supervised(scene, "note", key="key-0000")
    supervised(scene, "step_in")
    answers(scene)

    sent = [entry.text for entry in scene.entries() if entry.audience == "customer"]
    assert sent[-1] == "I am the manager"
    assert "The customer asked for me" not in sent


def test_a_held_answer_of_a_supervisor_is_taken_back_by_them_alone() -> None:
    scene = RuleScene(World(settings=FixedSettings(Centre(undo=(Undo("sms", 10),)))))
    wiring.use(scene.world.ports())
    case = scene.taken()
    supervised(scene, "step_in")
    entry = answers(scene).body["entry"]
    wish = {"customer_id": case.member, "member": entry["customer_id"], "seq": entry["seq"]}

    others = Browser(sub="one").post(f"/cases/{case.id}/withdraw", {**wish, "key": "back-0001"})
    told = BOSS.post(f"/cases/{case.id}/withdraw", {**wish, "key": "back-0002"})

    assert (others.code, told.status, told.body["entry"]["kind"]) == ("no_reply", 200, "reply_withdrawn")
    assert BOSS.get("/me").body["undo"] == {"sms": 10}


def test_a_supervisor_answers_with_a_file_and_from_a_saved_reply_of_their_own(scene: RuleScene) -> None:
    case = scene.taken()
    supervised(scene, "step_in")
    asked = {"channel": "sms", "name": "tea.png", "size": 8, "type": "image/png"}
    place = BOSS.post(f"/cases/{case.id}/files", asked).body
    scene.world.files.put(place["upload"]["fields"]["key"], b"\x89PNG\r\n\x1a\n")
    BOSS.put("/saved-replies/sorry", {"title_en": "Sorry", "text_en": "Sorry, {customer}"})
    files = [{"id": place["id"], "name": "tea.png", "type": "image/png"}]

    unfilled = answers(scene, "Sorry, {customer}", saved="sorry")
    sent = answers(scene, "Sorry, Kim", key="key-0003", saved="sorry", files=files)

    assert (unfilled.code, sent.status) == ("place_open", 202)
    assert [part["name"] for part in sent.body["entry"]["files"]] == ["tea.png"]
    assert [one["code"] for one in BOSS.get("/saved-replies").body["own"]] == ["sorry"]


def test_who_only_audits_answers_nobody(scene: RuleScene) -> None:
    case = scene.taken()

    for path in (f"/cases/{case.id}/replies", f"/cases/{case.id}/withdraw", f"/cases/{case.id}/files"):
        assert Browser(sub="boss", groups="auditor").post(path, {}).status == 403


def test_agents_see_the_supervisor_by_name(scene: RuleScene) -> None:
    scene.taken()
    supervised(scene, "note")

    page = Browser().get(f"/customers/{scene.head().customer_id}/entries")

    assert page.body["items"][-1]["actor_name"] == "The boss"


def test_who_supervises_gets_no_work_by_being_known(scene: RuleScene) -> None:
    scene.taken()
    supervised(scene, "note")

    me = Browser(sub="boss", groups="supervisor").get("/me")

    assert (me.status, me.body["agent"]["presence"], me.body["cases"]) == (200, "offline", [])
    assert scene.get(Agent, "boss").presence is Presence.OFFLINE
    assert (
        Browser(sub="boss", groups="supervisor").put("/me/presence", {"presence": "available"}).status == 403
    )


def test_a_case_is_assigned_to_another_agent(scene: RuleScene) -> None:
    scene.taken()
    scene.hire("two")

    status, told = supervised(scene, "assign", to="two")
    again, same = supervised(scene, "assign", to="two")

    assert (status, again, told) == (200, 200, same)
    assert len(scene.entries(Kind.TRANSFERRED)) == 1


def test_a_case_that_its_agent_snoozed_is_assigned_to_another_and_leaves_the_list(scene: RuleScene) -> None:
    case = scene.taken()
    scene.hire("two")
    tomorrow = scene.world.clock() + timedelta(days=1)
    SnoozeCase(*scene.needs)("one", case.member, case.id, tomorrow, "key-0000")

    status, _ = supervised(scene, "assign", to="two")

    assert (status, scene.all(Sleeper)) == (200, [])


@pytest.mark.parametrize("group", ["agent", "expert", "auditor", "agent,auditor"])
def test_only_supervisors_and_admins_supervise(scene: RuleScene, group: str) -> None:
    scene.taken()
    told = {"act": "step_in", "customer_id": scene.head().customer_id, **SUPERVISED}

    for method, path in (("POST", CASE), ("GET", "/notices"), ("GET", "/wall"), ("GET", "/agents")):
        values = {"case_id": scene.head().cases[0].id} if path == CASE else {}
        assert ask(method, path, told if path == CASE else None, group, **values)[0] == 403


@pytest.mark.parametrize("act", ["", "close", "STEP_IN"])
def test_what_is_no_act_is_malformed_and_adds_nobody(scene: RuleScene, act: str) -> None:
    scene.taken()

    assert supervised(scene, act)[0] == 400
    assert "boss" not in {agent.id for agent in scene.all(Agent)}


@pytest.mark.parametrize("group", ["supervisor", "admin"])
def test_a_supervisor_reads_along_on_the_socket_and_takes_no_place_in_a_pool(
    scene: RuleScene, group: str
) -> None:
    case = scene.taken()

    assert Browser(sub="boss", groups=group).post("/socket-ticket").status == 200
    socket = DeskSocket(scene.world, "boss")
    socket.say({"action": "watch", "customer_id": case.member})

    assert [watch.agent_id for watch in scene.all(Watch)] == ["boss"]
    assert "boss" not in {beat.agent_id for beat in scene.all(Heartbeat)}


def test_who_reads_along_cannot_reply_on_the_socket(scene: RuleScene) -> None:
    case = scene.taken()
    frame = {"action": "reply", "key": "key-0001", "case_id": case.id, "customer_id": case.member}

    (told,) = DeskSocket(scene.world, "boss").say(frame | {"channel": "sms", "text": "Hi"})

    assert (told["type"], told["code"]) == ("error", "not_owner")


def test_an_auditor_gets_no_ticket(scene: RuleScene) -> None:
    assert Browser(sub="boss", groups="auditor").post("/socket-ticket").status == 403


def test_signing_out_closes_the_sockets_of_a_supervisor(scene: RuleScene) -> None:
    scene.world.staff_pool.hire("boss@example.test", Login("boss", "The boss", "right", ("supervisor",)))
    came = Browser(sub="").post("/session", {"email": "boss@example.test", "password": "right"})
    DeskSocket(scene.world, "boss")

    Browser(sub="", cookie=came.headers["Set-Cookie"].split(";")[0]).delete("/session")

    assert scene.all(SocketOf) == []


def abused(scene: RuleScene, n: int) -> None:
    at = scene.world.clock()
    kept = Notice(SUPERVISORS, f"N{n}", ABUSED, at, "C1", f"K{n}", "C1", n, "one", at + timedelta(days=1))
    scene.world.store.commit(Put(kept))


def test_the_inbox_of_supervisors_names_who_did_what_newest_first(scene: RuleScene) -> None:
    scene.hire()
    for n in (1, 2):
        abused(scene, n)
        scene.world.clock.advance(60)

    _, told = ask("GET", "/notices")

    assert [(one["id"], one["by"], one["seen"]) for one in told["items"]] == [
        ("N2", "Agent One", False),
        ("N1", "Agent One", False),
    ]


def test_each_supervisor_has_their_own_mark_of_what_they_have_seen(scene: RuleScene) -> None:
    abused(scene, 1)
    ask("PUT", "/notices/seen")
    ask("PUT", "/notices/seen")
    scene.world.clock.advance(1)
    abused(scene, 2)

    _, told = ask("GET", "/notices")

    assert [(one["id"], one["seen"]) for one in told["items"]] == [("N2", False), ("N1", True)]
    assert [desk.agent_id for desk in scene.all(DeskOf)] == ["boss"]


def test_a_mark_keeps_whatever_else_a_desk_is_set_up_with(scene: RuleScene) -> None:
    AddStaff(*scene.needs)("boss", "The boss")
    scene.world.store.commit(Put(DeskOf("boss", told=("offers.sound",), version=3)))

    ask("PUT", "/notices/seen")

    desk = scene.get(DeskOf, "boss")
    assert (desk.told, desk.seen_at, desk.version) == (("offers.sound",), scene.world.clock(), 4)
