"""What a saved reply does once it is written, as the page asks for it of the API. Run by Node."""

import json
from dataclasses import replace
from typing import Any

import pytest

from shared.domain.centre import Centre
from shared.domain.declared import Tag
from shared.domain.queue import Queue
from shared.domain.saved_reply import ACTIONS
from tests.support import node
from tests.support.whole_scene import NUMBER, WholeScene

pytestmark = node.needs_node

CENTRE = replace(Centre(acw_seconds=0), tags=(Tag("vip"),), queues=(Queue("main"), Queue("second")))
VALUES = {"close": "solved", "tag": "vip", "snooze": "2", "transfer": "second"}


def asked(what: str, case: dict[str, str]) -> Any:
    """The path and the body that the page sends."""
    one = {**case, "at": "2026-01-05T09:00:00.000Z"}
    return node.run(
        'import { ASKS } from "%/desk/saved/asks.js";\n'
        f"say(ASKS[{json.dumps(what)}]({json.dumps(one)}, {json.dumps(VALUES[what])}, 'With a saved reply'));"
    )


def test_the_page_knows_every_action_of_a_saved_reply() -> None:
    known = node.run('import { ASKS } from "%/desk/saved/asks.js";\nsay(Object.keys(ASKS));')

    assert {*known} == {*ACTIONS} == {*VALUES}


@pytest.mark.parametrize("what", VALUES)
def test_what_the_page_asks_for_is_done(what: str) -> None:
    scene = WholeScene(centre=CENTRE)
    agent = scene.agent()
    scene.sms(NUMBER, "Hello")
    scene.run()
    case = agent.accept()
    agent.reply(case, "sms", "All right.")

    path, body = asked(what, case)
    answer = agent.ask("POST", path, {**body, "key": f"key-0001-{what}"})

    assert answer.status == 200, answer.told
    assert all(one["done"] for one in answer.told.get("items", ())), answer.told
