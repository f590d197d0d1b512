"""Files at the desk: seen by a link, attached at a place, checked before they are sent."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from shared.domain.change import Put
from shared.domain.channel.media import link_in, linked
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.traits import LONGEST_FILE
from shared.edge import wiring
from tests.support.rule_scene import RuleScene
from tests.support.staff import Browser

KEY = "key-0001"
GIF = b"GIF89a" + bytes(20)
PHOTO = Part("a.gif", "image/gif", 26, PartState.STORED, "media/C1/E1/0")


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[RuleScene]:
    monkeypatch.setenv("FILE_LINKS", "yes")
    made = RuleScene()
    wiring.use(made.world.ports())
    yield made


@pytest.fixture
def page(scene: RuleScene) -> Browser:
    return Browser()


@pytest.fixture
def case(scene: RuleScene) -> Any:
    return scene.taken("안녕하세요")


def put(scene: RuleScene, page: Browser, case: Any, body: bytes, name: str = "a.gif") -> dict[str, str]:
    """What a browser does: it asks for a place, and puts the file there."""
    told = page.post(
        f"/cases/{case.id}/files", {"channel": "sms", "name": name, "size": len(body), "type": "image/gif"}
    )
    assert told.status == 200, told.body
    scene.world.files.put(told.body["upload"]["fields"]["key"], body)
    return {"id": told.body["id"], "name": told.body["name"], "type": "image/gif"}


def answer(page: Browser, case: Any, *files: object, text: str = "", channel: str = "sms") -> Any:
    body = {"key": KEY, "customer_id": case.member, "channel": channel, "text": text, "files": list(files)}
    return page.post(f"/cases/{case.id}/replies", body)


def sent(scene: RuleScene) -> Entry:
    (entry,) = (e for e in scene.entries() if e.kind is Kind.MESSAGE_SENT)
    return entry


def test_a_file_is_put_at_a_place_of_the_agents_own_and_sent_from_another(
    scene: RuleScene, page: Browser, case: Any
) -> None:
    file = put(scene, page, case, GIF, "4111 1111 1111 1111.gif")

    told = answer(page, case, file)

    (part,) = sent(scene).content.parts
    assert told.status == 202
    assert part.name == "**** **** **** ****.gif"
    assert (part.type, part.size, part.state, part.link) == ("image/gif", len(GIF), PartState.STORED, "")
    assert part.key.startswith(f"media/{case.member}/") and scene.world.files.bodies[part.key] == GIF
    assert f"uploads/desk/one/{file['id']}" in scene.world.files.bodies
    shown = {"n": 0, "name": part.name, "type": "image/gif", "size": len(GIF), "state": "stored"}
    shown |= {"reason": "", "shown_as": "picture", "cid": ""}
    assert told.body["entry"]["files"] == [shown]


def test_the_same_answer_again_is_one_and_its_file_lies_there_once(
    scene: RuleScene, page: Browser, case: Any
) -> None:
    file = put(scene, page, case, GIF)

    first, again = answer(page, case, file), answer(page, case, file)

    assert first.body == again.body
    assert len(scene.world.files.names("media/")) == 1


def test_what_the_file_is_counts_and_not_what_the_browser_said(
    scene: RuleScene, page: Browser, case: Any
) -> None:
    told = answer(page, case, put(scene, page, case, b"MZ" + bytes(60)))

    assert (told.status, told.body["error"]["code"]) == (422, "file_refused")
    assert not scene.world.files.names("media/")


def test_what_the_channel_does_not_carry_goes_as_a_link_that_opens_this_file_alone(
    scene: RuleScene, page: Browser, case: Any
) -> None:
    assert answer(page, case, put(scene, page, case, b"no type at all")).status == 202

    entry = sent(scene)
    link = link_in(f"{entry.timeline}.{entry.seq}.0.{entry.content.parts[0].link}")
    assert link and linked(entry, link, entry.at) == entry.content.parts[0]
    assert linked(entry, replace(link, secret="0" * 26), entry.at) is None
    assert linked(entry, replace(link, n=1), entry.at) is None


def test_where_there_are_no_links_it_is_refused_with_a_sentence_before_it_is_put_anywhere(
    scene: RuleScene, page: Browser, case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILE_LINKS", "")

    told = page.post(f"/cases/{case.id}/files", {"channel": "sms", "name": "a.zip", "size": 1})

    assert (told.status, told.body["error"]["code"]) == (422, "file_type_not_carried")
    assert told.body["error"]["message"].startswith("This channel does not carry")


def test_a_file_that_is_too_large_is_refused_at_once(page: Browser, case: Any) -> None:
    told = page.post(f"/cases/{case.id}/files", {"channel": "chat", "name": "a", "size": LONGEST_FILE + 1})

    assert (told.status, told.body["error"]["code"]) == (422, "file_too_large")


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [
        ([{"id": "0" * 26, "name": "a"}], 422, "file_gone"),
        ([{"id": "../../media/C1", "name": "a"}], 400, "malformed"),
        ([{"id": "0" * 26}], 400, "malformed"),
        (["a"], 400, "malformed"),
        ([{"id": "0" * 26, "name": "a"}] * 11, 400, "malformed"),
    ],
)
def test_only_files_that_were_put_there_are_sent(
    page: Browser, case: Any, files: list[object], status: int, code: str
) -> None:
    told = answer(page, case, *files)

    assert (told.status, told.body["error"]["code"]) == (status, code)


def test_nobody_sends_a_file_of_another_agent_or_in_anothers_case(
    scene: RuleScene, page: Browser, case: Any
) -> None:
    scene.world.files.put(f"uploads/desk/two/{'0' * 26}", GIF)
    file = put(scene, page, case, GIF)

    assert answer(page, case, {"id": "0" * 26, "name": "a"}).status == 422
    scene.hire("two")
    assert answer(Browser(sub="two"), case, file).body["error"]["code"] == "not_owner"
    assert not scene.world.files.names("media/")


def test_neither_words_nor_a_file_is_nothing(page: Browser, case: Any) -> None:
    assert answer(page, case).body["error"]["code"] == "empty"


def received(scene: RuleScene, *parts: Part) -> Entry:
    """The customer's message, with these files."""
    before = next(e for e in scene.entries() if e.kind is Kind.MESSAGE_RECEIVED)
    after = replace(before, content=Content("", parts), version=before.version + 1)
    scene.world.store.commit(Put(after, over=before.version))
    return after


def test_a_stored_file_is_seen_by_a_link_and_any_other_by_none(
    scene: RuleScene, page: Browser, case: Any
) -> None:
    waiting = Part(source="https://api.twilio.com/x")
    entry = received(scene, PHOTO, waiting)
    place = f"/customers/{case.member}/entries/{entry.seq}/files"

    told = page.get(f"{place}/0")

    assert told.body == {"url": "memory:///media/C1/E1/0", "expires_in": 300}
    for n in ("1", "2"):
        refused = page.get(f"{place}/{n}")
        assert (refused.status, refused.body["error"]["code"]) == (404, "file_not_stored")
    assert page.get(f"{place}/x").status == 400
    assert page.get(f"/customers/{case.member}/entries/99/files/0").status == 404


def test_the_desk_is_told_of_files_and_never_where_the_provider_has_them(
    scene: RuleScene, page: Browser, case: Any
) -> None:
    received(scene, PHOTO, Part("b.svg", "image/svg+xml", source="https://api.twilio.com/x"))

    told = page.get(f"/customers/{case.member}/entries")

    files = told.body["items"][0]["files"]
    assert [(file["state"], file["shown_as"]) for file in files] == [("stored", "picture"), ("waiting", "")]
    assert "twilio" not in str(told.body) and "media/" not in str(told.body)


def test_a_look_at_a_file_of_somebody_elses_customer_is_written_down(
    scene: RuleScene, page: Browser, case: Any
) -> None:
    entry = received(scene, PHOTO)
    scene.hire("two")

    assert Browser(sub="two").get(f"/customers/{case.member}/entries/{entry.seq}/files/0").status == 200
    assert [e for e in scene.all(Entry) if e.kind is Kind.AUDITED]
