"""Logging in: the ID token to the page, the refresh token into a cookie, and never a word too much."""

from collections.abc import Iterator

import pytest

from infra.twins.staff_pool import Login
from shared.domain.change import Ref
from shared.domain.routing.staff import Agent, Presence
from shared.domain.timeline.entry import Entry, Kind
from shared.edge import wiring
from tests.support.rule_scene import RuleScene
from tests.support.staff import PAGES, Answered, Browser, DeskSocket

EMAIL, PASSWORD = "agent1@example.test", "Patchbay-Demo-1"
BROWSER = Browser(sub="")


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    monkeypatch.setenv("DESK_SOCKET_WSS", "wss://desk.example.test/live")
    monkeypatch.setenv("ALLOWED_ORIGINS", PAGES)
    made = RuleScene()
    made.world.staff_pool.hire(EMAIL, Login("one", "Agent One", PASSWORD, ("agent", "supervisor")))
    wiring.use(made.world.ports())
    yield made


def log_in(**told: str) -> Answered:
    return BROWSER.post("/session", {"email": EMAIL, "password": PASSWORD} | told)


def cookie_of(answer: Answered) -> str:
    return answer.headers["Set-Cookie"].partition(";")[0]


def test_a_login_gives_a_token_to_the_page_and_a_cookie_to_the_browser(scene: RuleScene) -> None:
    told = log_in(email=f" {EMAIL} ")

    assert told.status == 200
    assert (told.body["expires_in"], told.body["agent"]["name"]) == (3600, "Agent One")
    assert told.body["agent"]["groups"] == ["agent", "supervisor"]
    assert told.headers["Set-Cookie"] == (
        "patchbay_session=refresh-1; Path=/api/session; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"
    )
    assert "refresh-1" not in str(told.body)


def test_a_login_and_each_look_after_it_tell_by_which_address_the_settings_know_the_agent(
    scene: RuleScene,
) -> None:
    log_in()
    assert scene.agent("one").login == EMAIL

    Browser(sub="one").get("/me")

    assert scene.agent("one").login not in ("", EMAIL)


def test_without_https_the_cookie_is_not_secure_or_it_would_be_lost(
    scene: RuleScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_SOCKET_WSS", "ws://127.0.0.1:8000/socket/desk")

    assert log_in().headers["Set-Cookie"].endswith("SameSite=Strict")


def test_the_first_login_makes_the_agent_and_each_is_written_down(scene: RuleScene) -> None:
    log_in()
    log_in()

    assert scene.get(Agent, "one").name == "Agent One"
    audited = [e.facts["action"] for e in scene.all(Entry) if e.kind is Kind.AUDITED]
    assert audited == ["staff_added", "signed_in", "signed_in"]


def test_who_does_not_answer_customers_becomes_no_agent(scene: RuleScene) -> None:
    scene.world.staff_pool.hire("eye@example.test", Login("eye", "Auditor", PASSWORD, ("auditor",)))

    assert log_in(email="eye@example.test").status == 200
    assert scene.world.store.get(Ref(Agent, "eye")) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/session"), ("POST", "/session/refresh"), ("DELETE", "/session")]
)
def test_another_site_logs_nobody_in_or_out(scene: RuleScene, site: str, method: str, path: str) -> None:
    told = Browser(sub="", cookie=cookie_of(log_in()), site=site).ask(
        method, path, {"email": EMAIL, "password": PASSWORD}
    )

    assert (told.status, told.code) == (403, "forbidden")
    assert "Set-Cookie" not in told.headers


@pytest.mark.parametrize("wrong", [{"password": "nope"}, {"email": "nobody@example.test"}])
def test_a_failed_login_does_not_tell_which_was_wrong(scene: RuleScene, wrong: dict[str, str]) -> None:
    told = log_in(**wrong)

    assert (told.status, told.code) == (401, "login_failed")
    assert told.body["error"]["message"] == "The email or the password is wrong."
    assert "Set-Cookie" not in told.headers


def test_at_the_first_login_a_password_of_ones_own_is_chosen(scene: RuleScene) -> None:
    scene.world.staff_pool.logins[EMAIL].temporary = True

    asked = log_in()
    weak = log_in(new_password="short")
    done = log_in(new_password="Chosen-By-Myself-1")

    assert (asked.status, asked.code) == (403, "new_password_required")
    assert (weak.status, weak.code) == (422, "weak_password")
    assert done.status == 200
    assert log_in(password="Chosen-By-Myself-1").status == 200


def test_the_cookie_renews_the_token(scene: RuleScene) -> None:
    browser = Browser(sub="", cookie=f"theme=dark; {cookie_of(log_in())}")

    told = browser.post("/session/refresh", {})

    assert (told.status, told.body["agent"]["id"]) == (200, "one")
    assert "Set-Cookie" not in told.headers


@pytest.mark.parametrize(
    "cookie", ["", "other=1", "patchbay_session=", "patchbay_session=forged", "=;=,", "\x00"]
)
def test_without_a_good_cookie_there_is_no_session(scene: RuleScene, cookie: str) -> None:
    told = Browser(sub="", cookie=cookie).post("/session/refresh", {})

    assert (told.status, told.code) == (401, "signed_out")


def test_logging_out_ends_the_session_on_both_sides(scene: RuleScene) -> None:
    browser = Browser(sub="", cookie=cookie_of(log_in()))

    told = browser.delete("/session")

    assert "patchbay_session=; " in told.headers["Set-Cookie"]
    assert "Max-Age=0" in told.headers["Set-Cookie"]
    assert browser.post("/session/refresh", {}).status == 401


def test_logging_out_closes_the_persons_sockets_and_takes_them_offline(scene: RuleScene) -> None:
    browser = Browser(sub="", cookie=cookie_of(log_in()))
    scene.presence(Presence.AVAILABLE)
    DeskSocket(scene.world)

    assert browser.delete("/session").status == 200

    assert scene.agent().presence is Presence.OFFLINE
    assert not scene.world.desk_sockets.post("D1", {})


def test_a_socket_that_does_not_answer_keeps_nobody_logged_in(scene: RuleScene) -> None:
    browser = Browser(sub="", cookie=cookie_of(log_in()))
    DeskSocket(scene.world)
    scene.world.desk_sockets.refusing = 1

    told = browser.delete("/session")

    assert (told.status, browser.post("/session/refresh", {}).status) == (200, 401)


def test_logging_out_with_a_forged_cookie_ends_nobody_elses_session(scene: RuleScene) -> None:
    log_in()
    scene.presence(Presence.AVAILABLE)

    assert Browser(sub="", cookie="patchbay_session=forged").delete("/session").status == 200

    assert scene.agent().presence is Presence.AVAILABLE


def test_logging_out_twice_is_fine(scene: RuleScene) -> None:
    assert BROWSER.delete("/session").status == 200
