"""What staff know of a customer: changed part by part, told on the timeline by name, never lost to a race."""

from collections.abc import Iterator
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.change import ANY, Put, Ref
from shared.domain.channel.arrival import Message
from shared.domain.customer.evidence import FieldValue, Profile
from shared.domain.customer.head import Head
from shared.domain.declared import Field, Tag
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Kind
from shared.edge import wiring
from tests.support.rule_scene import VISITOR, RuleScene
from tests.support.staff import Browser

CENTRE = Centre(
    tags=(Tag("vip"), Tag("delivery")),
    fields=(
        Field("since", kind="date"),
        Field("seats", kind="number"),
        Field("plan", kind="choice", choices=("free", "pro")),
        Field("city"),
    ),
)
HELLO = Message(Content("Hello"))
EVERYTHING = {
    "name": "Kim Minsu",
    "company": "Teahouse",
    "language": "en",
    "tags": ["vip", "delivery"],
    "fields": {"since": "2026-02-28", "seats": "12", "plan": "pro", "city": "서울"},
    "value": "1250000",
    "pinned": "Calls back after six.",
}


@pytest.fixture
def scene() -> Iterator[RuleScene]:
    made = RuleScene(World(settings=FixedSettings(CENTRE)))
    wiring.use(made.world.ports())
    made.sms("안녕하세요")
    made.hire()
    yield made


@pytest.fixture
def page(scene: RuleScene) -> Browser:
    return Browser()


def path(scene: RuleScene) -> str:
    return f"/customers/{scene.head().customer_id}/profile"


def shown(scene: RuleScene, page: Browser) -> Any:
    return page.get(f"/customers/{scene.head().customer_id}").body["profile"]


def stored(scene: RuleScene) -> Profile:
    return scene.get(Profile, scene.head().customer_id)


def test_an_agent_says_all_there_is_to_say_and_the_card_shows_it(scene: RuleScene, page: Browser) -> None:
    told = page.put(path(scene), {"version": 1, **EVERYTHING})

    card = page.get(f"/customers/{scene.head().customer_id}").body
    profile = card["profile"]
    assert (told.status, card["name"], profile["version"]) == (200, "Kim Minsu", 2)
    assert {part: profile[part] for part in ("company", "language", "tags", "fields")} == {
        part: EVERYTHING[part] for part in ("company", "language", "tags", "fields")
    }
    assert (profile["value"], profile["pinned"]["text"]) == (1_250_000, "Calls back after six.")
    assert (profile["pinned"]["by_name"], profile["by_name"]) == ("Agent One", "Agent One")


def test_only_what_is_sent_changes(scene: RuleScene, page: Browser) -> None:
    page.put(path(scene), {"version": 1, **EVERYTHING})

    page.put(path(scene), {"version": 2, "company": "", "fields": {"plan": ""}, "value": "", "pinned": ""})

    after = stored(scene)
    assert (after.name, after.tags, after.language) == ("Kim Minsu", ("vip", "delivery"), "en")
    assert (after.company, after.value, after.pinned) == ("", None, None)
    assert [one.code for one in after.fields] == ["city", "seats", "since"]


def test_the_timeline_names_what_changed_and_never_says_the_values(scene: RuleScene, page: Browser) -> None:
    page.put(path(scene), {"version": 1, "name": "Kim Minsu", "fields": {"city": "서울"}})

    (line,) = scene.entries(Kind.PROFILE_CHANGED)
    (fact,) = facts(line)
    assert (line.actor, line.facts) == ("agent:one", {"fields": "name field.city", "agent": "one"})
    assert fact.name == "ProfileChanged" and "Kim" not in str(fact) and "서울" not in str(line)


def test_the_same_request_again_changes_nothing(scene: RuleScene, page: Browser) -> None:
    first = page.put(path(scene), {"version": 1, **EVERYTHING})
    again = page.put(path(scene), {"version": 1, **EVERYTHING})

    assert (first.status, again.status, stored(scene).version) == (200, 200, 2)
    assert len(scene.entries(Kind.PROFILE_CHANGED)) == 1


def test_the_slower_of_two_agents_is_shown_what_the_faster_one_wrote(scene: RuleScene, page: Browser) -> None:
    scene.hire("two")
    Browser("two").put(path(scene), {"version": 1, "name": "Kim", "company": "Teahouse"})

    told = page.put(path(scene), {"version": 1, "name": "Minsu"})

    theirs = told.body["error"]["fields"]["profile"]
    assert (told.status, told.code) == (409, "profile_changed")
    assert (theirs["version"], theirs["name"], theirs["company"]) == (2, "Kim", "Teahouse")
    assert theirs["by_name"] == "Agent Two" and theirs["at"]
    assert stored(scene).name == "Kim" and len(scene.entries(Kind.PROFILE_CHANGED)) == 1


def test_a_message_that_comes_meanwhile_is_no_other_profile(scene: RuleScene, page: Browser) -> None:
    store, commit = scene.world.store, scene.world.store.commit
    raced: list[int] = []

    def slowly(*writes: Any) -> None:
        if not raced:
            raced.append(1)
            scene.sms("One more thing")
        commit(*writes)

    store.commit = slowly  # type: ignore[method-assign]
    told = page.put(path(scene), {"version": 1, "name": "Kim"})

    assert (told.status, stored(scene).name) == (200, "Kim")


@pytest.mark.parametrize(
    ("part", "sent", "where"),
    [
        ("name", "x" * 121, "name"),
        ("company", "x" * 121, "company"),
        ("pinned", "x" * 1001, "pinned"),
        ("language", "fr", "language"),
        ("tags", ["gold"], "tags"),
        ("value", "-1", "value"),
        ("value", "12.5", "value"),
        ("fields", {"since": "2026-02-30"}, "field.since"),
        ("fields", {"since": "28.2.2026"}, "field.since"),
        ("fields", {"seats": "many"}, "field.seats"),
        ("fields", {"plan": "Pro"}, "field.plan"),
        ("fields", {"city": "x" * 121}, "field.city"),
        ("fields", {"shoe": "42"}, "field.shoe"),
    ],
)
def test_what_cannot_be_taken_is_a_sentence_at_its_field_and_nothing_is_saved(
    scene: RuleScene, page: Browser, part: str, sent: Any, where: str
) -> None:
    told = page.put(path(scene), {"version": 1, "name": "Kim", part: sent})

    assert (told.status, told.code) == (422, "wrong_profile")
    assert list(told.body["error"]["fields"]) == [where]
    assert told.body["error"]["fields"][where].endswith(".")
    assert stored(scene).name == "" and scene.entries(Kind.PROFILE_CHANGED) == []


def test_a_card_number_in_the_note_is_masked(scene: RuleScene, page: Browser) -> None:
    page.put(path(scene), {"version": 1, "pinned": "pays by 4111 1111 1111 1111"})

    assert shown(scene, page)["pinned"]["text"] == "pays by **** **** **** ****"


def test_the_language_that_staff_said_rules_whatever_the_customer_writes(
    scene: RuleScene, page: Browser
) -> None:
    page.put(path(scene), {"version": 1, "language": "en"})

    for text in ("배송이 언제 오나요?", "아직 안 왔어요"):
        scene.sms(text)
    assert (scene.head().language, scene.head().leaning) == ("en", "")

    page.put(path(scene), {"version": 2, "language": ""})
    scene.sms("배송이 언제 오나요?")
    assert scene.head().language == "ko"


def test_the_page_a_customer_writes_from_does_not_change_it_either(scene: RuleScene, page: Browser) -> None:
    scene.does(HELLO, VISITOR)
    customer = scene.visitor_head().customer_id
    page.put(f"/customers/{customer}/profile", {"version": 1, "language": "en"})

    scene.arrives("chat", Address("visitor", VISITOR), HELLO, language="ko")

    assert scene.visitor_head().language == "en"


def test_of_merged_customers_the_root_rules_and_no_member_loses_a_value(
    scene: RuleScene, page: Browser
) -> None:
    scene.chat("Hello")
    visitor = scene.visitor_head().customer_id
    page.put(
        f"/customers/{visitor}/profile",
        {"version": 1, "name": "민수", "company": "찻집", "tags": ["vip"], "language": "ko"},
    )
    page.put(path(scene), {"version": 1, "name": "Kim Minsu", "tags": ["delivery"]})

    scene.proves()

    root = scene.get(Head, scene.head().customer_id)
    members = {root.customer_id, *root.members}
    assert {visitor} < members and root.language_said and root.language == "ko"
    told = shown(scene, page)
    assert told["company"] == "찻집"
    assert {told["name"], *told["others"]["name"]} == {"Kim Minsu", "민수"}
    kept = [scene.world.store.get(Ref(Profile, member)) for member in members]
    assert {one.name for one in kept if one} == {"Kim Minsu", "민수"}


def test_what_staff_take_away_from_a_merged_customer_stays_away(scene: RuleScene, page: Browser) -> None:
    scene.chat("Hello")
    scene.proves()
    root = scene.head()
    (member,) = root.members
    store = scene.world.store
    theirs = store.get(Ref(Profile, member)) or Profile(member)
    store.commit(Put(Profile(member, "민수", theirs.version + 1, company="찻집", tags=("vip",)), over=ANY))
    version = shown(scene, page)["version"]

    page.put(path(scene), {"version": version, "company": "", "tags": []})

    told = shown(scene, page)
    assert (told["name"], told["company"], told["tags"]) == ("민수", "", [])
    assert told["others"] == {"company": ["찻집"]}


def test_a_customer_of_whom_nothing_was_kept_gets_a_first_profile(scene: RuleScene, page: Browser) -> None:
    del scene.world.store.items[_key_of(scene)]
    assert shown(scene, page)["version"] == 0

    told = page.put(path(scene), {"version": 0, "fields": {"city": "Busan"}})

    assert told.status == 200
    assert stored(scene).fields == (FieldValue("city", "Busan"),)


def test_auditors_change_nothing_and_nobody_is_nobody(scene: RuleScene, page: Browser) -> None:
    assert Browser("eye", groups="auditor").put(path(scene), {"version": 1, "name": "X"}).status == 403
    assert page.put("/customers/nobody/profile", {"version": 0, "name": "X"}).status == 404


def _key_of(scene: RuleScene) -> Any:
    """Where the profile lies."""
    return next(key for key, item in scene.world.store.items.items() if isinstance(item, Profile))
