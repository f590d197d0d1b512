"""The settings over the administrators' API: the checks of a file, at their field, in two languages."""

import json
from typing import Any

import pytest

from infra.twins.world import World
from shared.adapters import codec
from shared.domain.centre import Centre, Config
from shared.domain.change import Ref
from shared.domain.flow.flow import FlowVersion
from shared.domain.settings.document import Document
from shared.domain.template import Template
from shared.edge import wiring
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.settings.versions import Versions
from tests.support.admin_api import ask
from tests.support.configured import configured
from tests.support.flows import WELCOME

TEMPLATE = Template("pager", "order", "ko", "utility", "{{1}}", ("number",))


@pytest.fixture
def world() -> World:
    world = World()
    wiring.use(world.ports())
    configured(world, Document(Centre(flow="welcome"), (TEMPLATE,), (WELCOME,)))
    return world


def saving(based_on: int = 1, agents: Any = (), **of_centre: Any) -> dict[str, Any]:
    centre = codec.plain(Centre(flow="welcome")) | of_centre
    return {"centre": centre, "agents": list(agents), "based_on": based_on}


QUEUE = {"name": "main", "priority": 12}


def test_the_page_is_told_the_document_its_version_and_what_can_be_chosen(world: World) -> None:
    status, told = ask("GET", "/settings")

    assert (status, told["n"], told["agents"], told["centre"]["flow"]) == (200, 1, [], "welcome")
    assert [one["name"] for one in told["channels"]] == ["chat", "email", "sms", "voice"]
    assert told["facts"][0] == "channel" and told["agent_order"][0] == "owner"
    assert [one["n"] for one in told["history"]] == [1]


def test_before_the_first_version_the_demo_centre_is_shown_as_version_0() -> None:
    wiring.use(World().ports())

    status, told = ask("GET", "/settings")

    assert (status, told["n"], told["history"]) == (200, 0, [])
    assert ask("PUT", "/settings", saving(0, flow="", name="First"))[1] == {"n": 1}


def test_a_save_changes_what_the_page_shows_and_leaves_templates_and_flows(world: World) -> None:
    status, told = ask("PUT", "/settings", saving(acw_seconds=90))

    document = Versions(world.store).current().document
    assert (status, told) == (200, {"n": 2})
    assert (document.centre.acw_seconds, document.templates, document.flows) == (90, (TEMPLATE,), (WELCOME,))
    assert world.store.get(Ref(FlowVersion, 2, "welcome"))


def test_a_save_names_who_saved_it(world: World) -> None:
    ask("PUT", "/settings", saving(acw_seconds=90))

    config = world.store.get(Ref(Config, 2))

    assert config and (config.by, config.name) == ("agent:boss", "Boss")
    assert ask("GET", "/settings")[1]["history"][0]["changes"] == ["centre: acw seconds 60 → 90"]
    korean = ask("GET", "/settings", language="ko")[1]["history"][0]["changes"]
    assert korean == ["센터: 후처리 시간(초) 60 → 90"]


def test_a_save_by_an_agent_is_a_line_of_their_own_timeline(world: World) -> None:
    AddStaff(world.store, world.now)("boss", "Boss")

    ask("PUT", "/settings", saving(acw_seconds=90))

    lines = [one.facts for one in world.store.items.values() if getattr(one, "kind", "") == "audited"]
    assert {"action": "settings_saved", "agent": "boss", "version": 2} in lines


def test_a_mistake_is_a_field_and_a_sentence_and_nothing_is_saved(world: World) -> None:
    status, told = ask("PUT", "/settings", saving(queues=[QUEUE]), language="ko")

    error = told["error"]
    assert (status, error["code"]) == (422, "wrong_settings")
    assert error["fields"]["problems"] == [
        {"path": "queues.0.priority", "message": "값이 12입니다. 1에서 9 사이로 쓰세요."}
    ]
    assert Versions(world.store).current().n == 1


def test_a_stale_save_is_told_what_became_other_meanwhile(world: World) -> None:
    ask("PUT", "/settings", saving(acw_seconds=90))

    status, told = ask("PUT", "/settings", saving(acw_seconds=30))

    assert (status, told["error"]["code"]) == (409, "stale_settings")
    assert told["error"]["fields"]["meanwhile"] == ["centre: acw seconds 60 → 90"]
    assert told["error"]["fields"]["n"] == 2


def test_a_check_tells_problems_and_differences_and_saves_nothing(world: World) -> None:
    status, told = ask("POST", "/settings/check", saving(queues=[QUEUE], acw_seconds=90))

    assert status == 200
    assert [one["path"] for one in told["problems"]] == ["queues.0.priority"]
    assert told["differences"] == ["centre: acw seconds 60 → 90", "queue main: priority 5 → 12"]
    assert (told["n"], told["meanwhile"], Versions(world.store).current().n) == (1, [], 1)


def test_a_version_is_taken_up_again_unless_another_one_came_meanwhile(world: World) -> None:
    ask("PUT", "/settings", saving(acw_seconds=90))
    ask("PUT", "/settings", saving(2, acw_seconds=120))

    assert ask("POST", "/settings/rollback", {"n": 1, "based_on": 2})[0] == 409
    assert ask("POST", "/settings/rollback", {"n": 1, "based_on": 3}) == (200, {"n": 4})
    assert ask("GET", "/settings")[1]["history"][0]["of"] == 1


def test_what_taking_up_a_version_changes_now_is_told_and_nothing_is_written(world: World) -> None:
    ask("PUT", "/settings", saving(acw_seconds=90))
    ask("PUT", "/settings", saving(2, acw_seconds=120))

    status, told = ask("POST", "/settings/rollback", {"n": 2, "based_on": 3, "check": True})

    assert (status, told["differences"]) == (200, ["centre: acw seconds 120 → 90"])
    assert Versions(world.store).current().n == 3
    assert ask("POST", "/settings/rollback", {"n": 9, "based_on": 3, "check": True})[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PUT", "/settings", saving(9)), ("POST", "/settings/rollback", {"n": 9, "based_on": 1})],
)
def test_a_version_that_never_was_is_not_there(world: World, method: str, path: str, body: Any) -> None:
    status, told = ask(method, path, body)

    assert (status, told["error"]["code"]) == (404, "no_version")


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/settings"), ("POST", "/settings/check"), ("POST", "/settings/rollback")]
)
@pytest.mark.parametrize("groups", ["supervisor", "agent,expert", "auditor"])
def test_only_admins_change_settings(world: World, method: str, path: str, groups: str) -> None:
    assert ask(method, path, saving(), groups)[0] == 403


@pytest.mark.parametrize(("groups", "status"), [("auditor", 200), ("supervisor", 403), ("agent,expert", 403)])
def test_auditors_see_the_settings_beside_admins_and_nobody_else(
    world: World, groups: str, status: int
) -> None:
    assert ask("GET", "/settings", groups=groups)[0] == status


def test_saved_replies_are_shown_and_saved_with_the_rest(world: World) -> None:
    reply = {"code": "hours", "text_en": "From 9 to 6.", "actions": [{"what": "close", "value": "solved"}]}

    saved = ask("PUT", "/settings", saving() | {"saved_replies": [reply]})

    (shown,) = ask("GET", "/settings")[1]["saved_replies"]
    assert (saved, shown["code"], shown["text_en"]) == ((200, {"n": 2}), "hours", "From 9 to 6.")
    assert shown["actions"] == reply["actions"]
    assert world.settings.saved_replies() == () and Versions(world.store).current().document.replies


def test_a_page_that_knows_no_saved_replies_keeps_them(world: World) -> None:
    ask("PUT", "/settings", saving() | {"saved_replies": [{"code": "hours", "text_en": "From 9 to 6."}]})

    ask("PUT", "/settings", saving(2, acw_seconds=90))
    kept = Versions(world.store).current().document.replies
    ask("PUT", "/settings", saving(3, acw_seconds=90) | {"saved_replies": []})

    assert [one.code for one in kept] == ["hours"]
    assert Versions(world.store).current().document.replies == ()


def test_a_mistake_in_a_saved_reply_is_named_at_its_field(world: World) -> None:
    reply = {"code": "a b", "text_en": "x", "queues": ["vip"]}

    told = ask("POST", "/settings/check", saving() | {"saved_replies": [reply]})[1]

    assert [one["path"] for one in told["problems"]] == ["saved_replies.0.code", "saved_replies.0.queues"]


def test_whatever_the_desk_is_made_of_is_saved_by_the_page(world: World) -> None:
    told: dict[str, Any] = {
        "tags": [{"code": "vip"}],
        "fields": [{"code": "plan", "kind": "choice", "choices": ["free", "pro"]}],
        "guides": [{"name": "refund", "steps": [{"code": "a", "label_ko": "가", "label_en": "A"}]}],
        "undo": [{"channel": "sms", "seconds": 10}],
    }

    assert ask("PUT", "/settings", saving(**told)) == (200, {"n": 2})
    centre = ask("GET", "/settings")[1]["centre"]
    assert {part: codec.plain(centre[part]) for part in ("undo",)} == {"undo": told["undo"]}
    assert centre["fields"][0]["choices"] == ["free", "pro"] and centre["guides"][0]["name"] == "refund"


@pytest.mark.parametrize("wrong", [{"centre": 3}, {"based_on": 1}, saving(queues="main"), [1]])
def test_a_body_of_another_shape_is_malformed(world: World, wrong: Any) -> None:
    assert ask("PUT", "/settings", wrong)[0] == 400


def test_a_document_longer_than_other_bodies_is_taken(world: World) -> None:
    agents = [{"login": f"agent{n}@example.test", "profile": "all"} for n in range(2000)]
    profiles = [{"name": "all", "queues": ["main"]}]

    assert len(json.dumps(saving(agents=agents))) > 64 * 1024
    assert ask("PUT", "/settings", saving(agents=agents, profiles=profiles)) == (200, {"n": 2})
