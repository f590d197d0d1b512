"""What was written is found by its words: from the facts on the bus to what a desk gets."""

import io
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from functions.desk_api.app import handler as desk_api
from functions.text_indexer import app as indexer
from functions.text_merger import app as merger
from shared.adapters.bus import detail
from shared.domain.change import Delete, Put, Ref
from shared.domain.channel.arrival import CodeRequest
from shared.domain.desk.text_view import TextHits
from shared.domain.errors import Malformed, TryAgain
from shared.domain.timeline.bus_facts import Fact, facts
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.searched import FACTS, Indexed, Part, TextKey
from shared.edge import wiring
from shared.use_cases.desk.find_in_customer import FindInCustomer
from shared.use_cases.desk.find_texts import FindTexts
from shared.use_cases.desk.index_texts import IndexTexts
from shared.use_cases.desk.merge_texts import MergeTexts
from tests.support.rule_scene import RuleScene
from tests.support.staff_event import asked_by_staff
from tests.support.template import resources

OTHER = "+821099990000"
DAY = timedelta(days=1)


@pytest.fixture
def scene() -> Iterator[RuleScene]:
    scene = RuleScene()
    wiring.use(scene.world.ports())
    yield scene
    wiring.reset()


def news(scene: RuleScene) -> list[Fact]:
    return [fact for _, entry in scene.world.store.stream for fact in facts(entry)]


def batch(*told: Fact | str) -> dict[str, Any]:
    bodies = [
        one if isinstance(one, str) else json.dumps({"detail-type": one.name, "detail": detail(one)})
        for one in told
    ]
    return {"Records": [{"messageId": str(i), "body": body} for i, body in enumerate(bodies)]}


def index(scene: RuleScene) -> None:
    assert indexer.handler(batch(*news(scene)), None) == {"batchItemFailures": []}


def find(scene: RuleScene, query: str, cursor: str = "") -> TextHits:
    return FindTexts(scene.world.store, scene.world.finder, scene.world.now)(query, cursor, "en")


def said(found: TextHits) -> list[str]:
    return [hit.excerpt for hit in found.hits]


def ask(query: str, group: str = "agent", **told: str) -> tuple[int, Any]:
    claims = {"sub": "one", "email": "one@example.test", "cognito:groups": group}
    return asked_by_staff(desk_api, "GET", "/find/texts", claims, query={"q": query, **told})


def test_messages_and_notes_of_all_customers_are_found_latest_first(scene: RuleScene) -> None:
    scene.sms("배송이 언제 오나요")
    scene.world.clock.advance(60)
    scene.sms("배송 문의합니다", OTHER)
    scene.sms("환불해 주세요", OTHER)
    index(scene)

    found = find(scene, "배송")

    assert said(found) == ["배송 문의합니다", "배송이 언제 오나요"]
    assert [hit.excerpt[a:b] for hit in found.hits for a, b in hit.places] == ["배송", "배송"]
    assert found.hits[0].name == "010-9999-0000"
    assert (found.next, found.older) == ("", False)


def test_a_batch_that_comes_again_and_late_is_in_the_index_once(scene: RuleScene) -> None:
    scene.sms("first refund")
    late = news(scene)
    scene.world.clock.advance(60)
    scene.sms("second refund")

    index(scene)
    index(scene)
    assert indexer.handler(batch(*late), None) == {"batchItemFailures": []}

    assert said(find(scene, "refu")) == ["second refund", "first refund"]
    ((_, lines),) = scene.world.finder.kept.values()
    assert len(lines) == len({(line.timeline, line.seq) for line in lines})


def test_what_is_no_fact_fails_alone_and_while_the_index_is_away_all_wait(scene: RuleScene) -> None:
    scene.sms("refund")
    told = batch("{}", *news(scene))

    assert indexer.handler(told, None) == {"batchItemFailures": [{"itemIdentifier": "0"}]}

    scene.world.finder.away = True
    failed = indexer.handler(told, None)["batchItemFailures"]
    assert len(failed) == len(told["Records"])


def test_erased_lines_are_shown_to_nobody(scene: RuleScene) -> None:
    scene.sms("my secret refund")
    index(scene)
    (entry,) = [e for e in scene.entries() if "secret" in e.text]

    scene.world.store.commit(Delete(Ref(Entry, entry.timeline, entry.seq)))

    assert find(scene, "secret").hits == ()


def test_a_line_of_a_merged_customer_is_found_under_the_root(scene: RuleScene) -> None:
    scene.sms("written by SMS before")
    scene.chat("written in the chat")
    scene.proves()
    index(scene)

    hits = find(scene, "written").hits

    assert {hit.customer_id for hit in hits} == {scene.head().customer_id}
    assert len({hit.timeline for hit in hits}) == 2
    assert len({hit.name for hit in hits}) == 1


def test_codes_that_were_sent_are_not_found(scene: RuleScene) -> None:
    scene.sms("hello")
    scene.does(CodeRequest("+821012345678"))
    index(scene)

    assert find(scene, scene.code).hits == ()


def test_pages_show_each_line_once_and_lead_to_older_months_on_request(scene: RuleScene) -> None:
    for n in range(30):
        scene.sms(f"refund old{n}")
        scene.world.clock.advance(1)
    scene.world.clock.advance(150 * DAY.total_seconds())
    for n in range(70):
        scene.sms(f"refund new{n}")
        scene.world.clock.advance(1)
    index(scene)

    pages, cursor = [], ""
    while True:
        page = find(scene, "refund", cursor)
        pages.append(page)
        cursor = page.next
        if not cursor:
            break

    shown = [(hit.timeline, hit.seq) for page in pages for hit in page.hits]
    assert len(shown) == len({*shown}) == 100
    assert [page.older for page in pages].count(True) == 1
    assert all("new" in text for page in pages[:2] for text in said(page))


def test_a_beginning_that_other_words_share_is_read_until_there_is_enough_or_four_batches(
    scene: RuleScene,
) -> None:
    scene.sms("requirement")
    for n in range(120):
        scene.sms(f"requests {n}")
    index(scene)

    found = find(scene, "requi")

    assert said(found) == ["requirement"]
    assert not found.next


def test_within_one_customer_texts_are_compared_without_an_index(scene: RuleScene) -> None:
    scene.sms("the order 12345678 is late")
    scene.sms("no order", OTHER)
    find_one = FindInCustomer(scene.world.store, scene.world.now)

    found = find_one(scene.head().customer_id, "order", "", "en")

    assert said(found) == ["the order 12345678 is late"]
    assert scene.world.finder.asked == []
    with pytest.raises(Malformed):
        find_one(scene.head().customer_id, "order", "x", "en")


def test_many_hits_of_one_customer_come_in_pages(scene: RuleScene) -> None:
    for n in range(130):
        scene.sms(f"refund {n}")
    find_one = FindInCustomer(scene.world.store, scene.world.now)

    first = find_one(scene.head().customer_id, "refund", "", "en")
    second = find_one(scene.head().customer_id, "refund", first.next, "en")

    shown = [(hit.timeline, hit.seq) for page in (first, second) for hit in page.hits]
    assert len(first.hits) == 100
    assert len(shown) == len({*shown}) == 130
    assert second.next == ""


@pytest.mark.parametrize("cursor", ["x", "2026-13.1", "2026-01-05", "2026-01-05.", "2026-01.-1", "٢٠٢٦-٠١.1"])
def test_a_cursor_that_nobody_gave_is_malformed(scene: RuleScene, cursor: str) -> None:
    scene.sms("refund")
    index(scene)

    with pytest.raises(Malformed):
        find(scene, "refund", cursor)


# the night


def merge(scene: RuleScene) -> MergeTexts:
    world = scene.world
    return MergeTexts(world.store, world.finder, world.settings, world.clock, wiring.new_key)


def test_at_night_the_days_that_are_over_go_into_their_month(scene: RuleScene) -> None:
    scene.sms("refund one")
    scene.world.clock.advance(DAY.total_seconds())
    scene.sms("refund two")
    index(scene)
    today = scene.world.finder.parts()[0]

    answer = merger.handler({}, None)

    assert len(answer["merged"]) == 1
    assert scene.world.finder.parts() == (today, today[:7])
    assert said(find(scene, "refund")) == ["refund two", "refund one"]
    assert merger.handler({}, None) == {"merged": []}


def test_a_death_between_the_month_and_the_day_loses_nothing_and_shows_nothing_twice(
    scene: RuleScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.sms("refund one")
    index(scene)
    scene.world.clock.advance(DAY.total_seconds())
    finder = scene.world.finder
    whole = finder.replace

    def dies(part: Part, lines: Sequence[Indexed]) -> None:
        raise TryAgain("dies here")

    monkeypatch.setattr(finder, "replace", dies)
    with pytest.raises(TryAgain):
        merge(scene)()
    assert said(find(scene, "refund")) == ["refund one"]

    monkeypatch.setattr(finder, "replace", whole)
    merge(scene)()

    assert said(find(scene, "refund")) == ["refund one"]
    assert len(finder.parts()) == 1


def test_what_comes_into_a_day_while_it_is_merged_is_not_lost(
    scene: RuleScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.sms("refund one")
    index(scene)
    scene.sms("refund two")
    late = news(scene)
    scene.world.clock.advance(DAY.total_seconds())
    finder, whole = scene.world.finder, scene.world.finder.replace

    def after_another(part: Part, lines: Sequence[Indexed]) -> None:
        monkeypatch.setattr(finder, "replace", whole)
        IndexTexts(scene.world.store, finder, scene.world.settings, wiring.new_key)(late)
        whole(part, lines)

    monkeypatch.setattr(finder, "replace", after_another)
    merge(scene)()

    assert sorted(said(find(scene, "refund"))) == ["refund one", "refund two"]


def test_a_part_made_anew_holds_no_line_that_was_erased(scene: RuleScene) -> None:
    scene.sms("refund one")
    scene.sms("refund two")
    index(scene)
    (part,) = scene.world.finder.parts()
    gone = next(e for e in scene.entries() if e.text == "refund one")
    scene.world.store.commit(Delete(Ref(Entry, gone.timeline, gone.seq)))

    assert merger.handler({"rebuild": part}, None) == {"rebuilt": part}

    assert (gone.timeline, gone.seq) not in {(o.timeline, o.seq) for o in scene.world.finder.read(part).lines}
    assert said(find(scene, "refund")) == ["refund two"]


def test_only_one_key_is_ever_made(scene: RuleScene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.sms("refund")
    store, first = scene.world.store, TextKey("aa" * 32)
    get = store.get

    def too_early(ref: Ref[Any]) -> Any:
        monkeypatch.setattr(store, "get", get)
        store.commit(Put(first))
        return None

    monkeypatch.setattr(store, "get", too_early)
    index(scene)

    assert store.get(Ref(TextKey)) == first
    assert said(find(scene, "refund")) == ["refund"]


# the API


def test_the_api_searches_all_or_one_and_says_what_is_too_short(scene: RuleScene) -> None:
    scene.sms("배송 문의")
    index(scene)

    status, found = ask("배송")
    _, one = ask("배송", customer=scene.head().customer_id)
    refused, told = ask("배")

    assert (status, refused) == (200, 422)
    assert found["hits"] == one["hits"] and len(found["hits"]) == 1
    assert found["hits"][0]["places"] == [[0, 2]]
    assert told["error"]["code"] == "query_too_short"


def test_while_the_index_is_away_the_api_says_to_try_again(scene: RuleScene) -> None:
    scene.sms("배송 문의")
    index(scene)
    scene.world.finder.away = True

    assert ask("배송")[0] == 503


def test_an_auditor_does_not_search_texts(scene: RuleScene) -> None:
    assert ask("배송", group="auditor")[0] == 403


def test_the_rule_brings_the_facts_that_the_indexer_reads() -> None:
    pattern = resources()["WhatWasWritten"]["Properties"]["EventPattern"]

    assert pattern["detail-type"] == [*FACTS]


def test_neither_what_was_typed_nor_what_is_no_customers_id_is_in_the_log(
    scene: RuleScene, log: io.StringIO
) -> None:
    scene.sms("My teapot is broken")

    known, _ = ask("teapot", customer=scene.head().customer_id)
    unknown = [ask("teapot", customer=told)[0] for told in ("+821012345678", "Kim Minsu", "x" * 3000)]

    assert (known, unknown) == (200, [404, 404, 400])
    assert f'"customer":"{scene.head().customer_id}"' in log.getvalue()
    assert not any(told in log.getvalue() for told in ("teapot", "+8210", "Minsu", "xxx"))
