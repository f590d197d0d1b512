"""A customer who has written for years opens as fast as one of yesterday."""

import json
import re
from dataclasses import replace
from datetime import timedelta

from shared.domain.change import ANY, Put
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.edge import wiring
from tests.support.rule_scene import RuleScene
from tests.support.staff import Browser
from tests.support.tree import ROOT

YEARS = 5_000
CONVERSATIONS = ROOT / "functions/desk_api/web/desk/conversations.js"
ASKED = "주문한 세작 녹차 두 통이 아직 오지 않았어요. 언제쯤 받을 수 있을까요? Order 4021, thank you!"
ANSWERED = "확인해 보니 오늘 오후에 도착할 예정입니다. It left our warehouse this morning and is on its way."


def of_years() -> RuleScene:
    """5,000 lines: a question, an answer, and again."""
    scene = RuleScene()
    scene.sms(ASKED)
    asked, head = scene.entries()[0], scene.head()
    answered = replace(
        asked,
        kind=Kind.MESSAGE_SENT,
        actor="agent:one",
        content=Content(ANSWERED),
        delivery=Delivery.DELIVERED,
    )
    for seq in range(2, YEARS + 1):
        line: Entry = answered if seq % 2 == 0 else asked
        at = asked.at + timedelta(hours=seq)
        scene.world.store.commit(Put(replace(line, seq=seq, id=f"{asked.id[:-5]}{seq:05}", at=at)))
    scene.world.store.commit(Put(replace(head, version=YEARS), over=ANY))
    return scene


def lines_of_a_page() -> int:
    """As many as the desk asks for when it opens somebody."""
    (found,) = re.findall(r"^const PAGE = (\d+);$", CONVERSATIONS.read_text(), re.M)
    return int(found)


def test_somebody_with_5000_lines_opens_in_one_request_of_less_than_40_kb() -> None:
    scene = of_years()
    wiring.use(scene.world.ports())
    customer, page = scene.head().customer_id, lines_of_a_page()

    answer = Browser().get(f"/customers/{customer}/entries", after=str(YEARS - page), limit=str(page))

    assert [line["seq"] for line in answer.body["items"]] == list(range(YEARS - page + 1, YEARS + 1))
    assert answer.body["next"] is None
    assert len(json.dumps(answer.body, ensure_ascii=False).encode()) <= 40_000
