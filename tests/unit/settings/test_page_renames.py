"""A thing that gets another name on the settings page takes along whatever names it."""

import json
from copy import deepcopy
from typing import Any

from tests.support.node import needs_node, run

pytestmark = needs_node
DRAFT: dict[str, Any] = {
    "centre": {
        "queues": [
            {"name": "main", "needs": [{"skill": "english", "level": 2}], "rings": [], "succeeds": ["old"]},
            {
                "name": "nights",
                "overflow": {"queue": "main", "after_seconds": 9},
                "alternatives": ["sms", "main"],
                "rings": [{"after_seconds": 30, "drop": ["english"], "admit": ["all"]}],
            },
        ],
        "skills": [{"name": "english"}],
        "profiles": [{"name": "all", "queues": ["main", "nights"]}],
        "rules": [{"queue": "main", "needs": [{"skill": "english", "level": 1}]}],
        "guides": [{"name": "g", "queue": "main"}],
        "tags": [{"code": "vip"}],
        "dispositions": [{"code": "solved"}],
    },
    "agents": [{"login": "a@b", "profile": "all", "skills": [{"skill": "english", "level": 3}]}],
    "saved_replies": [
        {
            "code": "r",
            "queues": ["main"],
            "actions": [
                {"what": "transfer", "value": "main"},
                {"what": "tag", "value": "vip"},
                {"what": "close", "value": "solved"},
            ],
        }
    ],
}


def renamed(part: str, before: str, after: str, kept: tuple[str, ...] = (), draft: Any = None) -> Any:
    """The draft after it, as the page has it: the thing bears its new name already."""
    told = deepcopy(draft or DRAFT)
    thing = next(one for one in told["centre"][part] if before in (one.get("name"), one.get("code")))
    thing["name" if "name" in thing else "code"] = after
    place = told["centre"][part].index(thing)
    script = 'import { renamed } from "%/admin/renames.js";'
    call = f"draft, {json.dumps(part)}, draft.centre[{json.dumps(part)}][{place}], {json.dumps(before)}"
    script += f" const draft = {json.dumps(told)}; const done = renamed({call}, {json.dumps(after)},"
    return run(f"{script} {json.dumps(list(kept))}); say([done, draft]);")


def test_a_queue_takes_along_profiles_rules_overflows_guides_and_replies() -> None:
    done, draft = renamed("queues", "main", "front", ("main", "nights"))

    assert done and '"main"' not in json.dumps(draft).replace('"succeeds": ["old", "main"]', "")
    assert draft["centre"]["profiles"][0]["queues"] == ["front", "nights"]
    assert draft["centre"]["queues"][1]["overflow"]["queue"] == "front"
    assert draft["saved_replies"][0]["actions"][0]["value"] == "front"


def test_a_queue_that_was_saved_succeeds_its_former_name_and_a_new_one_does_not() -> None:
    assert renamed("queues", "main", "front", ("main",))[1]["centre"]["queues"][0]["succeeds"] == [
        "old",
        "main",
    ]
    assert renamed("queues", "main", "front")[1]["centre"]["queues"][0]["succeeds"] == ["old"]


def test_a_queue_that_gets_its_former_name_back_does_not_succeed_itself() -> None:
    _, once = renamed("queues", "main", "front", ("main",))
    _, back = renamed("queues", "front", "main", ("main",), draft=once)

    assert back["centre"]["queues"][0]["succeeds"] == ["old"]


def test_skills_profiles_tags_and_outcomes_do_as_queues_do() -> None:
    for part, before in (
        ("skills", "english"),
        ("profiles", "all"),
        ("tags", "vip"),
        ("dispositions", "solved"),
    ):
        done, draft = renamed(part, before, "other")
        assert done and f'"{before}"' not in json.dumps(draft), part


def test_a_name_that_two_things_have_names_neither() -> None:
    twice = deepcopy(DRAFT)
    twice["centre"]["queues"].append({"name": "main"})

    done, draft = renamed("queues", "main", "front", draft=twice)

    assert not done and draft["centre"]["rules"][0]["queue"] == "main"
