"""Calls over HTTP: what an agent does with one, what their desk and the card show, who listens."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from functions.supervisor_api.app import handler
from infra.twins.settings import FixedSettings
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.customer.call import LegRole, LegState, RecordingState
from shared.domain.timeline.entry import Kind
from shared.edge import wiring
from tests.support.call_scene import PHONE, CallScene
from tests.support.rule_scene import NUMBER
from tests.support.staff import PAGES, Answered, Browser
from tests.support.staff_event import asked_by_staff


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[CallScene]:
    monkeypatch.setenv("ALLOWED_ORIGINS", PAGES)
    monkeypatch.setenv("DESK_SOCKET_WSS", "wss://desk.example.test")
    made = CallScene()
    wiring.use(made.world.ports())
    yield made


@pytest.fixture
def page(scene: CallScene) -> Browser:
    return Browser(name="Agent One")


def acts(page: Browser, scene: CallScene, act: str, key: str = "key-0001", **more: Any) -> Answered:
    case = scene.case()
    told = {"key": key, "customer_id": case.member, "act": act, **more}
    return page.post(f"/cases/{more.pop('case', case.id)}/calls", told)


def listens(scene: CallScene, how: str, reason: str = "Coaching", key: str = "key-0005") -> Any:
    claims = {"sub": "boss", "name": "The boss", "email": "boss", "cognito:groups": "supervisor"}
    case = scene.case()
    told = {"key": key, "customer_id": case.member, "how": how, "reason": reason}
    path, values = "/cases/{case_id}/listen", {"case_id": case.id}
    return asked_by_staff(handler, "POST", path, claims, body=told, values=values)


def test_the_desk_shows_the_call_and_what_can_be_done(scene: CallScene, page: Browser) -> None:
    call = scene.talks()
    scene.change(replace(scene.call(), recording=RecordingState.IN_PROGRESS))

    (case,) = page.get("/me").body["cases"]

    line, legs = case["call"], case["call"]["legs"]
    assert {name: line[name] for name in ("spot", "held", "paused", "recording", "outbound")} == {
        "spot": "room",
        "held": False,
        "paused": False,
        "recording": "in-progress",
        "outbound": False,
    }
    assert line["number_shown"] == "010-1234-5678"
    assert line["since"].startswith("2026-")
    assert [(leg["role"], leg["name"], leg["state"]) for leg in legs] == [
        ("customer", "", "talking"),
        ("agent", "Agent One", "talking"),
    ]
    assert line["may"] == ["hold", "pause_recording", "add", "hang_up"]
    assert legs[1]["id"] == call.staff()[0].id


def test_a_case_without_a_call_has_none(scene: CallScene, page: Browser) -> None:
    scene.taken()

    assert page.get("/me").body["cases"][0]["call"] is None
    assert page.get(f"/customers/{scene.case().member}").body["cases"][0]["call"] is None


def test_the_card_shows_the_call_of_an_open_case_and_lets_nobody_act(scene: CallScene, page: Browser) -> None:
    scene.talks()

    (case,) = page.get(f"/customers/{scene.case().member}").body["cases"]

    assert [leg["role"] for leg in case["call"]["legs"]] == ["customer", "agent"]
    assert case["call"]["may"] == []


def test_an_agent_knows_where_calls_ring_them(scene: CallScene, page: Browser) -> None:
    scene.world.settings = FixedSettings(replace(Centre(), calls=Calls(browser=True)))
    wiring.use(scene.world.ports())
    scene.hire()

    me = page.get("/me").body

    assert (me["phone"], me["own_phones"], me["calls_browser"]) == (PHONE, True, True)


def test_an_agent_holds_resumes_and_hangs_up(scene: CallScene, page: Browser) -> None:
    scene.talks()

    answers = [acts(page, scene, name, f"key-{name}") for name in ("hold", "resume", "hang_up")]

    assert [one.status for one in answers] == [200, 200, 200]
    assert answers[0].body == {"case_id": scene.case().id, "customer_id": scene.case().member}
    assert [e.facts["act"] for e in scene.entries(Kind.CALL_ACTED)] == ["hold", "resume", "hang_up"]
    assert scene.call().ending


def test_an_agent_adds_a_number_and_lets_them_go(scene: CallScene, page: Browser) -> None:
    scene.talks()

    added = acts(page, scene, "add", number="02-555-0077")
    leg = scene.rings(scene.call(), "", LegRole.NUMBER, LegState.TALKING)
    dropped = acts(page, scene, "drop", "key-0002", leg=leg.id)

    assert (added.status, dropped.status) == (200, 200)


@pytest.mark.parametrize(
    ("act", "more", "status", "code"),
    [
        ("resume", {}, 409, "not_held"),
        ("drop", {"leg": "leg-0009"}, 409, "no_leg"),
        ("add", {"number": "119"}, 422, "bad_number"),
        ("place", {"number": NUMBER}, 409, "in_call"),
        ("sing", {}, 400, "malformed"),
        ("", {}, 400, "malformed"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(
    scene: CallScene, page: Browser, act: str, more: dict[str, str], status: int, code: str
) -> None:
    scene.talks()

    refused = acts(page, scene, act, **more)

    assert (refused.status, refused.code) == (status, code)
    assert refused.body["error"]["message"]


def test_an_agent_calls_a_customer_in_their_case_and_in_a_new_one(scene: CallScene, page: Browser) -> None:
    scene.sms("Call me")
    scene.hire()
    scene.assign()
    scene.accept()

    placed = acts(page, scene, "place", number="010-1234-5678")
    again = acts(page, scene, "place", number="010-1234-5678")
    shown = page.get("/me").body["cases"][0]["call"]

    assert (placed.status, again.body) == (200, placed.body)
    assert (shown["outbound"], shown["number_shown"], shown["legs"]) == (True, "010-1234-5678", [])
    assert shown["may"] == ["hang_up"]


def test_a_call_to_a_customer_without_a_case_opens_one(scene: CallScene, page: Browser) -> None:
    case = scene.taken()
    scene.closes()
    scene.hire()

    told = {"key": "key-0007", "customer_id": case.member, "act": "place", "number": NUMBER}
    placed = page.post("/cases/new/calls", told)

    assert placed.status == 200
    assert placed.body["case_id"] == scene.case().id != case.id


def test_a_supervisor_listens_and_whispers_and_leaves(scene: CallScene) -> None:
    scene.talks()
    scene.hire("boss")

    heard = [listens(scene, how, key=f"key-{how}") for how in ("listen", "whisper", "stop")]

    assert [status for status, _ in heard] == [200, 200, 200]
    entry = heard[0][1]["entry"]
    assert (entry["kind"], entry["text"], entry["actor_name"]) == ("audited", "Coaching", "The boss")
    assert scene.call().listeners == ()


def test_a_supervisor_who_says_no_reason_or_has_no_phone_hears_nothing(scene: CallScene) -> None:
    scene.talks()

    (why, refused), (where, mute) = listens(scene, "listen", ""), listens(scene, "listen")

    assert (why, refused["error"]["code"]) == (422, "empty")
    assert (where, mute["error"]["code"]) == (409, "no_phone")
    assert scene.call().listeners == ()
