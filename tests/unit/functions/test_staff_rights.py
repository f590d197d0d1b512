"""Routes that hand cases on and run the centre: tests/support/rights.py compares each with its role."""

from typing import Any

import pytest

from infra.local.stepper import Answered
from shared.domain.centre import Centre
from shared.domain.declared import Guide, GuideStep, Tag
from shared.domain.queue import Queue
from tests.support.rights import allowed
from tests.support.whole_scene import NUMBER, WholeScene

STEPS = (GuideStep("ask", "묻기", "Ask"),)
QUEUES = (Queue("main"), Queue("repairs"))
CENTRE = Centre(queues=QUEUES, acw_seconds=60, guides=(Guide("first", STEPS),), tags=(Tag("vip"),))
HALF = "2026-01-06T01:00:00Z"


@pytest.fixture
def scene() -> WholeScene:
    """Two agents; a customer's case is the first one's."""
    made = WholeScene(centre=CENTRE)
    one = made.agent("one")
    made.sms(NUMBER, "Hello?")
    made.run()
    one.accept()
    made.agent("two")
    return made


def ask(scene: WholeScene, method: str, path: str, told: object = None, by: str = "one") -> Answered:
    group = "supervisor" if by == "boss" else "agent"
    claims = {"sub": by, "name": by, "email": by, "token_use": "id", "cognito:groups": [group]}
    path, _, query = path.partition("?")
    answer = scene.doors.staff(claims, method, path, told, query)
    assert answer.status < 300, (path, answer.told)
    scene.run()
    return answer


def named(scene: WholeScene) -> dict[str, str]:
    head = scene.head(scene.customer(NUMBER))
    return {"customer_id": head.customer_id, "case_id": head.cases[0].id}


def act(scene: WholeScene, what: str, by: str = "one", **told: Any) -> Answered:
    case = named(scene)
    body = {"customer_id": case["customer_id"], "key": f"key-{what}-{by}", **told}
    return ask(scene, "POST", f"/cases/{case['case_id']}/{what}", body, by)


def waiting(scene: WholeScene, queue: str = "main") -> dict[str, str]:
    """The case, given back to its queue while nobody is there."""
    for name in ("one", "two"):
        ask(scene, "PUT", "/me/presence", {"presence": "break"}, name)
    act(scene, "transfer", queue=queue, note="Please")
    (contact,) = ask(scene, "GET", f"/waiting?queue={queue}", by="boss").told["items"]
    return {name: contact[name] for name in ("customer_id", "case_id", "interaction_id")}


def test_an_agent_asks_a_colleague_and_hands_the_case_over(scene: WholeScene) -> None:
    case = named(scene)
    ask(scene, "GET", f"/colleagues?case_id={case['case_id']}&customer_id={case['customer_id']}")
    ask(scene, "GET", "/colleagues")
    act(scene, "consult", to="two", note="Can you?")
    act(scene, "end-consult")
    act(scene, "consult", to="two", note="And now?", key="key-consult-2")
    scene.agent("two").accept()
    act(scene, "hand-over", to="two", note="Yours")

    assert scene.head(case["customer_id"]).cases[0].agent == "two"


def test_an_agent_ticks_follows_closes_and_is_done(scene: WholeScene) -> None:
    case = named(scene)
    act(scene, "steps", step="ask", done=True)
    act(scene, "follow", following=True)
    act(scene, "follow", following=False)
    act(scene, "replies", channel="sms", text="Done")
    act(scene, "close", disposition="solved")
    ask(scene, "POST", f"/cases/{case['case_id']}/wrapped", {})

    assert scene.head(case["customer_id"]).cases == ()


def test_an_agent_promises_a_call_and_makes_it(scene: WholeScene) -> None:
    act(scene, "callback", phone=NUMBER, at=HALF)
    scene.live(2 * 24 * 3600)
    scene.agent("one").accept()
    act(scene, "calls", answered=True)


def test_a_supervisor_moves_gives_drains_and_closes(scene: WholeScene) -> None:
    contact = waiting(scene)
    ask(scene, "POST", "/moves", {"queue": "main", "to": "repairs", "contacts": [contact]}, "boss")
    ask(scene, "PUT", "/me/presence", {"presence": "available"}, "two")
    ask(scene, "PUT", "/agents/two/draining", {"draining": True}, "boss")
    ask(scene, "PUT", "/agents/two/draining", {"draining": False}, "boss")
    ask(scene, "PUT", "/queue-state", {"queue": "main", "opening": "draining", "into": "repairs"}, "boss")
    ask(scene, "PUT", "/queue-state", {"queue": "main", "opening": "open"}, "boss")

    assert scene.head(contact["customer_id"]).cases[0].contact.queue == "repairs"


def test_a_supervisor_gives_who_waits_to_an_agent(scene: WholeScene) -> None:
    contact = waiting(scene)

    assert ask(scene, "POST", "/assignments", {**contact, "agent_id": "two"}, "boss").told["rings"] is False


@pytest.mark.parametrize("path", ["/open", "/agents", "/terms", "/wall", "/live", "/figures", "/notices"])
def test_a_supervisor_sees_what_goes_on(scene: WholeScene, path: str) -> None:
    assert ask(scene, "GET", path, by="boss").status == 200


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("tag", {"add": ["vip"]}),
        ("snooze", {"until": HALF}),
        ("assign", {"queue": "repairs", "note": "Please"}),
        ("close", {"disposition": "solved"}),
    ],
)
def test_an_agent_does_each_act_on_their_case(scene: WholeScene, what: str, told: Any) -> None:
    body = {"act": what, "cases": [named(scene)], "key": f"key-{what}-1", **told}

    (done,) = ask(scene, "POST", "/acts", body).told["items"]

    assert done["done"], done


def test_a_right_that_a_role_does_not_have_is_found_missing() -> None:
    assert allowed("functions.supervisor_api.app", "dynamodb:DeleteItem", "SNOOZED#one")
    assert not allowed("functions.supervisor_api.app", "dynamodb:DeleteItem", "CUST#1")
    assert not allowed("functions.desk_api.app", "s3:PutObject", "bodies/mail/1.html")
