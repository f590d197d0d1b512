"""Logging in with an authenticator app beside the password."""

from collections.abc import Iterator

import pytest

from infra.twins.staff_pool import Login, code_of
from shared.edge import wiring
from tests.support.rule_scene import RuleScene
from tests.support.staff import Answered, Browser

EMAIL, PASSWORD, SECRET = "agent1@example.test", "Patchbay-Demo-1", "SECRET"


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    monkeypatch.setenv("DESK_SOCKET_WSS", "wss://desk.example.test/live")
    made = RuleScene()
    made.world.staff_pool.hire(EMAIL, Login("one", "Agent One", PASSWORD, ("agent",)))
    wiring.use(made.world.ports())
    yield made


def log_in(language: str = "en", **told: str) -> Answered:
    return Browser(sub="", language=language).post("/session", {"email": EMAIL, "password": PASSWORD} | told)


def demanded(scene: RuleScene) -> dict[str, str]:
    """What the page is given to set the app up with."""
    scene.world.staff_pool.second_factor_demanded = True
    told = log_in()
    assert (told.status, told.code) == (403, "authenticator_required")
    fields: dict[str, str] = told.body["error"]["fields"]
    return fields


def test_who_has_an_app_is_asked_for_its_code(scene: RuleScene) -> None:
    scene.world.staff_pool.logins[EMAIL].secret = SECRET

    asked, wrong, right = log_in(), log_in(code="1"), log_in(code=f" {code_of(SECRET)} ")

    assert (asked.status, asked.code) == (403, "code_required")
    assert (wrong.status, wrong.code) == (403, "wrong_code")
    assert "Set-Cookie" not in wrong.headers
    assert (right.status, right.body["agent"]["id"]) == (200, "one")


def test_a_code_does_not_stand_for_the_password(scene: RuleScene) -> None:
    scene.world.staff_pool.logins[EMAIL].secret = SECRET

    assert log_in(password="wrong", code=code_of(SECRET)).code == "login_failed"


def test_where_it_is_demanded_who_has_none_sets_one_up(scene: RuleScene) -> None:
    given = demanded(scene)

    done = log_in(code=code_of(given["secret"]), session=given["session"])
    later = log_in(code=code_of(given["secret"]))

    assert (done.status, later.status) == (200, 200)
    assert done.headers["Set-Cookie"].startswith("patchbay_session=")
    assert log_in().code == "code_required", "from now on it is asked for"


def test_a_wrong_code_at_setting_up_may_be_corrected(scene: RuleScene) -> None:
    given = demanded(scene)

    wrong = log_in(code="1", session=given["session"])
    right = log_in(code=code_of(given["secret"]), session=given["session"])

    assert (wrong.code, right.status) == ("wrong_code", 200)


@pytest.mark.parametrize("session", ["forged", "session-0"])
def test_an_old_or_forged_session_lets_nobody_in(scene: RuleScene, session: str) -> None:
    given = demanded(scene)

    told = log_in(code=code_of(given["secret"]), session=session)

    assert (told.status, told.code) == (401, "login_over")
    assert "Set-Cookie" not in told.headers


def test_what_to_do_is_said_in_the_readers_language(scene: RuleScene) -> None:
    scene.world.staff_pool.second_factor_demanded = True

    assert "인증 앱" in log_in("ko").body["error"]["message"]
    assert "authenticator app" in log_in("en").body["error"]["message"]
