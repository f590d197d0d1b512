"""Where an agent is rung, and the token that makes their browser a telephone, over the desk's API."""

from collections.abc import Iterator

import pytest

from infra.twins.settings import FixedSettings
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.staffing import Member, Profile
from shared.edge import wiring
from tests.support.rule_scene import RuleScene
from tests.support.staff import Browser

KEY = {"account_sid": "AC1", "api_key_sid": "SK2", "api_key_secret": "of-the-key", "auth_token": "x"}


def scene_with(calls: Calls) -> RuleScene:
    made = RuleScene()
    made.world.settings = FixedSettings(Centre(calls=calls))
    made.world.secrets.rotate("of-the-calls", KEY)
    wiring.use(made.world.ports())
    made.hire()
    return made


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("VOICE_SECRET_ID", "of-the-calls")
    scene_with(Calls(browser=True))
    yield Browser()


def test_an_agent_gets_a_token_of_an_hour_in_their_own_name(page: Browser) -> None:
    told = page.post("/me/phone-token")

    assert told.status == 200
    assert (told.body["identity"], told.body["expires_in"]) == ("one", 3600)
    assert told.body["token"].count(".") == 2


def test_where_the_settings_do_not_offer_it_there_is_none(page: Browser) -> None:
    scene_with(Calls())

    told = page.post("/me/phone-token")

    assert (told.status, told.code) == (422, "browser_calls_off")


def test_without_an_api_key_there_is_none(page: Browser) -> None:
    scene_with(Calls(browser=True)).world.secrets.rotate("of-the-calls", {"auth_token": "x"})

    assert page.post("/me/phone-token").code == "browser_calls_off"


def test_where_the_channel_is_off_there_is_none(page: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOICE_SECRET_ID")

    assert page.post("/me/phone-token").code == "browser_calls_off"


def test_who_does_not_talk_with_customers_gets_none(page: Browser) -> None:
    assert Browser("boss", groups="supervisor").post("/me/phone-token").status == 403


def test_a_phone_is_set_with_the_desk_and_alone(page: Browser) -> None:
    told = page.put("/me/desk", {"phone": "010-5550-0001"})

    assert (told.status, told.body["phone"]) == (200, "+821055500001")
    assert "phone" not in page.put("/me/desk", {"told": []}).body


def test_a_wrong_phone_is_told_in_the_agents_language_and_keeps_the_desk(page: Browser) -> None:
    before = page.put("/me/desk", {"told": ["text"]}).body["desk"]

    told = Browser(language="ko").put("/me/desk", {"phone": "119", "told": []})

    assert (told.status, told.code) == (422, "bad_phone")
    assert "010-1234-5678" in told.body["error"]["message"]
    assert page.put("/me/desk", {}).body["desk"]["told"] == before["told"]


def test_the_desk_is_told_where_calls_ring_and_whether_that_is_the_agents_to_say(page: Browser) -> None:
    page.put("/me/desk", {"phone": "010-5550-0001"})

    told = page.get("/me").body

    assert (told["phone"], told["own_phones"], told["calls_browser"]) == ("+821055500001", True, True)
    assert told["announce_listening"] is False


def test_where_the_settings_name_the_phone_it_is_not_the_agents_to_say(page: Browser) -> None:
    scene = RuleScene()
    member = Member("one@example.test", "all", (), "sip:one@pbx.example.com")
    centre = Centre(profiles=(Profile("all", ("main",)),), calls=Calls(announce_listening=True))
    scene.world.settings = FixedSettings(centre, members=[member])
    wiring.use(scene.world.ports())

    told = page.get("/me").body

    assert (told["phone"], told["own_phones"]) == ("sip:one@pbx.example.com", False)
    assert told["announce_listening"] is True
    assert page.put("/me/desk", {"phone": "010-5550-0001"}).code == "phone_of_settings"


def test_a_supervisor_is_told_whether_both_hear_of_them(page: Browser) -> None:
    scene_with(Calls(announce_listening=True))

    assert Browser("boss", groups="supervisor").get("/me").body["announce_listening"] is True
