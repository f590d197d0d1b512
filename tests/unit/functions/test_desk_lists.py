"""Lists and acts over HTTP: who may, what is answered, in whose language."""

from typing import Any

import pytest

from infra.local.stepper import Answered
from tests.support.whole_scene import NUMBER, WholeScene

AGENT, EXPERT, SUPERVISOR, AUDITOR = ["agent"], ["expert"], ["supervisor"], ["auditor"]


@pytest.fixture
def scene() -> WholeScene:
    """A customer waits, an agent is on a break."""
    made = WholeScene()
    made.agent("one", available=False).presence("break")
    made.sms(NUMBER, "Hello?")
    made.run()
    return made


def ask(scene: WholeScene, method: str, path: str, told: object = None, groups: Any = AGENT) -> Answered:
    claims = {"sub": "one", "name": "Agent one", "email": "one", "token_use": "id", "cognito:groups": groups}
    path, _, query = path.partition("?")
    return scene.doors.staff(claims, method, path, told, query)


def items(scene: WholeScene, path: str, **how: Any) -> list[Any]:
    return list(ask(scene, "GET", path, **how).told["items"])


def named(scene: WholeScene) -> dict[str, str]:
    head = scene.head(scene.customer(NUMBER))
    return {"customer_id": head.customer_id, "case_id": head.cases[0].id}


def act(scene: WholeScene, what: str, groups: Any = AGENT, **told: Any) -> Answered:
    body = {"act": what, "cases": [named(scene)], "key": f"key-{what}-1", **told}
    return ask(scene, "POST", "/acts", body, groups)


def test_who_waits_is_taken_snoozed_and_woken(scene: WholeScene) -> None:
    (waits,) = items(scene, "/lists/waiting")
    taken = act(scene, "take").told
    (owned,) = ask(scene, "GET", "/me").told["cases"]
    act(scene, "snooze", until="2026-01-05T12:00:00Z")
    (slept,) = items(scene, "/lists/snoozed")

    ask(scene, "PUT", "/me/presence", {"presence": "available"})
    scene.sms(NUMBER, "I am back")
    scene.run()

    assert (waits["position"], waits["last_text"]) == (1, "Hello?")
    assert taken == {"items": [{"case_id": waits["case_id"], "done": True, "code": "", "message": ""}]}
    assert owned["case_id"] == slept["case_id"] == waits["case_id"]
    assert slept["snoozed_until"] == "2026-01-05T12:00:00.000Z"
    assert items(scene, "/lists/snoozed") == []
    assert len(ask(scene, "GET", "/me").told["cases"]) == 1


def test_a_snoozed_case_says_so_on_the_card(scene: WholeScene) -> None:
    act(scene, "take")
    act(scene, "snooze", until="2026-01-05T12:00:00Z")

    (case,) = ask(scene, "GET", f"/customers/{named(scene)['customer_id']}").told["cases"]

    assert (case["state"], case["snoozed_until"]) == ("owned", "2026-01-05T12:00:00.000Z")


def test_each_item_is_refused_in_a_sentence(scene: WholeScene) -> None:
    scene.agent("two", available=False).presence("break")
    scene.doors.staff(
        {"sub": "two", "name": "Agent two", "email": "two", "token_use": "id", "cognito:groups": AGENT},
        "POST",
        "/acts",
        {"act": "take", "cases": [named(scene)], "key": "key-two-01"},
    )

    (refused,) = act(scene, "take").told["items"]

    assert (refused["done"], refused["code"]) == (False, "taken")
    assert refused["message"].startswith("Agent two was faster")


def test_experts_and_supervisors_read_and_auditors_do_not(scene: WholeScene) -> None:
    assert len(items(scene, "/lists/waiting", groups=EXPERT)) == 1
    assert len(items(scene, "/lists/waiting", groups=SUPERVISOR)) == 1
    assert act(scene, "take", EXPERT).status == 403
    assert ask(scene, "GET", "/lists/waiting", groups=AUDITOR).status == 403


@pytest.mark.parametrize(
    ("path", "status"), [("/lists/all", 404), ("/lists/open?sort=colour", 400), ("/lists/open?owner=me", 200)]
)
def test_what_is_asked_wrongly_is_refused(scene: WholeScene, path: str, status: int) -> None:
    assert ask(scene, "GET", path).status == status


@pytest.mark.parametrize(
    "told",
    [{"act": "delete"}, {"cases": ["c"]}, {"cases": [{"customer_id": "c"}]}, {"act": "snooze"},
     {"act": "snooze", "until": "tomorrow"}, {"act": "snooze", "until": "2026-01-05T12:00:00"}],
)  # fmt: skip
def test_what_is_no_act_is_malformed(scene: WholeScene, told: dict[str, Any]) -> None:
    assert act(scene, **({"what": "tag"} | {"act": "tag"} | told)).status == 400


@pytest.mark.parametrize(
    "moment",
    ["2026-01-05T12:00:00", "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-10:00", "yesterday", "", 5],
)
def test_a_mark_of_what_was_seen_is_a_moment_with_its_zone(scene: WholeScene, moment: object) -> None:
    ask(scene, "PUT", "/me/desk", {"seen_at": "2026-01-05T09:00:00+09:00"})
    before = ask(scene, "GET", "/me").told["desk"]

    assert ask(scene, "PUT", "/me/desk", {"seen_at": moment}).status == 400
    assert ask(scene, "GET", "/me").told["desk"] == before
    assert before["seen_at"] == "2026-01-05T00:00:00Z"


def test_a_desk_that_was_never_set_up_can_be(scene: WholeScene) -> None:
    version = ask(scene, "GET", "/me").told["desk"]["version"]
    body = {"version": version, "views": [{"name": "Refunds", "query": "list=open&tag=refund"}]}

    first, late = ask(scene, "PUT", "/me/desk", body), ask(scene, "PUT", "/me/desk", body)

    assert (first.status, late.status) == (200, 409)
    assert ask(scene, "GET", "/me").told["desk"]["views"] == body["views"]
