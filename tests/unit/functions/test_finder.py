"""The finder's edge and GET /find: from a fact on the bus to what a search answers."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from functions.desk_api.app import handler as desk_api
from functions.finder import app
from shared.adapters.bus import detail
from shared.domain.desk.found import FindRow, OpenRow
from shared.domain.errors import TryAgain
from shared.domain.timeline.bus_facts import NAMES, Fact, facts
from shared.edge import wiring
from shared.use_cases.case.make_callback import MakeCallback
from tests.support.facts import a_fact
from tests.support.rule_scene import NUMBER, RuleScene
from tests.support.staff_event import asked_by_staff
from tests.support.template import resources


@pytest.fixture
def scene() -> Iterator[RuleScene]:
    scene = RuleScene()
    wiring.use(scene.world.ports())
    yield scene
    wiring.reset()


def batch(*told: Fact | str) -> dict[str, Any]:
    bodies = [one if isinstance(one, str) else bus_event(one) for one in told]
    return {"Records": [{"messageId": str(i), "body": body} for i, body in enumerate(bodies)]}


def bus_event(fact: Fact) -> str:
    return json.dumps({"source": "patchbay", "detail-type": fact.name, "detail": detail(fact)})


def news(scene: RuleScene) -> list[Fact]:
    return [fact for _, entry in scene.world.store.stream for fact in facts(entry)]


def heard() -> list[str]:
    """The names of the facts that reach the finder."""
    rule = resources("AWS::Events::Rule")["WhatIsFound"]
    return list(rule["Properties"]["EventPattern"]["detail-type"])


def ask(text: str, cursor: str = "", group: str = "agent", language: str = "en") -> tuple[int, Any]:
    claims = {"sub": "one", "email": "one@example.test", "cognito:groups": group}
    query = {"q": text, "cursor": cursor}
    return asked_by_staff(desk_api, "GET", "/find", claims, query=query, language=language)


def test_a_new_customer_is_found_and_their_case_listed(scene: RuleScene) -> None:
    scene.sms("Hello")

    answer = app.handler(batch(*news(scene)), None)

    status, told = ask("5678")
    assert (answer, status, told["next"]) == ({"batchItemFailures": []}, 200, None)
    (item,) = told["items"]
    assert (item["kind"], item["customer_id"], item["shown"]) == (
        "customer",
        scene.head().customer_id,
        "010-1234-5678",
    )
    assert [row.case_id for row in scene.all(OpenRow)] == [scene.head().cases[0].id]


def test_only_what_is_no_fact_fails(scene: RuleScene) -> None:
    scene.sms("Hello")

    answer = app.handler(batch("no json", *news(scene), '{"detail": 7}'), None)

    failed = [int(one["itemIdentifier"]) for one in answer["batchItemFailures"]]
    assert failed == [0, len(news(scene)) + 1]
    assert scene.all(FindRow)


def test_a_table_that_does_not_answer_lets_the_batch_come_again(scene: RuleScene) -> None:
    def down(writes: Any) -> None:
        raise TryAgain("the table did not answer")

    scene.sms("Hello")
    scene.world.store.before_commit = down
    event = batch(*news(scene)[:1])

    assert app.handler(event, None) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert app.handler(event, None) == {"batchItemFailures": []}
    assert ask("5678")[1]["items"]


def test_a_fact_of_a_customer_who_is_not_there_does_no_harm(scene: RuleScene) -> None:
    assert app.handler(batch(a_fact("CaseClosed")), None) == {"batchItemFailures": []}
    assert not scene.world.store.commits or not scene.all(FindRow)


@pytest.mark.parametrize("group", ["agent", "expert", "supervisor", "admin"])
def test_whoever_may_read_customers_may_search_them(group: str, scene: RuleScene) -> None:
    assert ask("5678", group=group)[0] == 200


def test_an_auditor_may_not(scene: RuleScene) -> None:
    assert ask("5678", group="auditor")[0] == 403


@pytest.mark.parametrize(("language", "word"), [("en", "Type a little more"), ("ko", "조금 더 입력하세요")])
def test_too_little_is_told_in_a_sentence(language: str, word: str, scene: RuleScene) -> None:
    status, told = ask("12", language=language)

    assert (status, told["error"]["code"]) == (400, "find_too_short")
    assert word in told["error"]["message"]


def test_what_was_typed_is_in_no_log(scene: RuleScene, log: io.StringIO) -> None:
    scene.sms("Hello")
    app.handler(batch(*news(scene)), None)

    ask(NUMBER)
    ask("0.김민수", cursor="nonsense")

    said = log.getvalue()
    assert "searched" in said
    assert not any(word in said for word in (NUMBER, NUMBER[-8:], "김민수", "nonsense"))


def test_who_never_had_a_case_and_wants_no_messages_is_found(scene: RuleScene) -> None:
    number = "+821055554444"
    scene.sms("STOP", number)

    app.handler(batch(*(fact for fact in news(scene) if fact.name in heard())), None)

    assert [one["customer_id"] for one in ask(number)[1]["items"]] == [scene.head(number).customer_id]


def test_a_case_that_waits_for_a_promised_call_is_listed_as_nobodys(scene: RuleScene) -> None:
    case = scene.taken()
    at = (scene.world.clock() + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    app.handler(batch(*(fact for fact in news(scene) if fact.name in heard())), None)
    before, (owned,) = len(news(scene)), scene.all(OpenRow)

    MakeCallback(*scene.needs).schedule("one", case.member, case.id, NUMBER, at, "key-00001")
    app.handler(batch(*(fact for fact in news(scene)[before:] if fact.name in heard())), None)

    assert (owned.owner, scene.head().cases[0].owner) == ("one", "")
    assert [row.owner for row in scene.all(OpenRow)] == [""]


def test_the_rule_of_the_bus_names_facts_there_are_and_no_message() -> None:
    assert set(heard()) <= NAMES
    assert not {"MessageReceived", "MessageSent"} & set(heard())
