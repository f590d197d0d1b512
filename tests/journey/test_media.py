"""Files both ways through the whole centre in memory, with every function as the template has it."""

import json
from typing import Any

import pytest

from shared.domain.channel.fetching import Fetched, NotFetched
from shared.domain.timeline.content import PartState
from shared.domain.timeline.entry import Delivery, Entry, Kind
from tests.support.whole_scene import NUMBER, SHOP, Desk, WholeScene

URL = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM1/Media/ME1"
GIF = b"GIF89a" + bytes(20)


@pytest.fixture
def scene() -> WholeScene:
    made = WholeScene()
    made.world.fetch.found[URL] = Fetched(GIF)
    return made


def messages(scene: WholeScene, kind: Kind) -> list[Entry]:
    found = [one for one in scene.world.store.items.values() if isinstance(one, Entry) and one.kind is kind]
    return sorted(found, key=lambda one: one.seq)


def attach(scene: WholeScene, desk: Desk, case: Any, channel: str, body: bytes) -> dict[str, str]:
    told = desk.ask(
        "POST", f"/cases/{case['case_id']}/files", {"channel": channel, "name": "a.gif", "size": 26}
    ).told
    scene.world.files.put(told["upload"]["fields"]["key"], body)
    return {"id": told["id"], "name": told["name"]}


def answer(desk: Desk, case: Any, channel: str, *files: object) -> None:
    body = {
        "key": "key-00000001",
        "customer_id": case["customer_id"],
        "channel": channel,
        "text": "",
        "version": 0,
    }
    assert desk.ask("POST", f"/cases/{case['case_id']}/replies", body | {"files": files}).status == 202


def test_a_picture_by_mms_is_stored_once_and_the_desk_is_told(scene: WholeScene) -> None:
    desk = scene.agent()
    scene.sms(NUMBER, "Look", files=[URL])
    scene.sms(NUMBER, "Look", sid=f"SMin{1:030}", files=[URL])
    scene.run()
    case = desk.accept()

    (entry,) = messages(scene, Kind.MESSAGE_RECEIVED)
    (part,) = entry.content.parts
    assert (part.state, part.type) == (PartState.STORED, "image/gif")
    assert scene.world.files.bodies[part.key] == GIF
    (wanted,) = scene.world.fetch.asked
    assert wanted.auth and wanted.hosts[0] == "api.twilio.com"
    link = desk.ask("GET", f"/customers/{case['customer_id']}/entries/{entry.seq}/files/0").told
    assert link["url"].endswith(part.key)


def test_the_words_are_there_before_the_picture_and_a_watching_desk_hears_of_it_when_it_comes(
    scene: WholeScene,
) -> None:
    scene.world.fetch.found[URL] = NotFetched("status_503")
    desk = scene.agent()
    scene.sms(NUMBER, "Hello")
    scene.run()
    case = desk.accept()
    ticket = desk.ask("POST", "/socket-ticket").told["ticket"]
    socket = scene.doors.connect("DeskSocketApi", ticket, "https://desk.example.test")
    scene.doors.frame(socket, {"action": "watch", "customer_id": case["customer_id"]})
    scene.sms(NUMBER, "Look", files=[URL])
    scene.run()
    scene.world.fetch.found[URL] = Fetched(GIF)
    scene.live(10)

    frames = [f for f in scene.world.desk_sockets.frames[socket] if f["type"] == "entry"]
    states = [f["entry"]["files"][0]["state"] for f in frames if f["entry"]["files"]]
    assert states == ["waiting", "stored"]


def test_a_picture_goes_out_by_mms(scene: WholeScene) -> None:
    desk = scene.agent()
    scene.sms(NUMBER, "Hello")
    scene.run()
    case = desk.accept()

    answer(desk, case, "sms", attach(scene, desk, case, "sms", GIF))
    scene.run()

    (text,) = [one for one in scene.provider.texts if one.to == NUMBER]
    assert [scene.world.files.bodies[url.removeprefix("memory:///")] for url in text.files] == [GIF]


def test_a_visitor_sends_a_picture_and_gets_one_back(scene: WholeScene) -> None:
    desk, visitor = scene.agent(), scene.visitor()
    told = scene.doors.post(
        "/public/chat/files",
        json.dumps({"visitor": visitor.token, "name": "a.gif", "size": 26}).encode(),
        {"origin": SHOP, "content-type": "application/json"},
    ).told
    scene.world.files.put(told["upload"]["fields"]["key"], GIF)
    scene.doors.frame(
        visitor.connection,
        {
            "action": "message",
            "id": "message-0001",
            "text": "",
            "files": [{"id": told["id"], "name": "a.gif"}],
        },
    )
    scene.run()
    case = desk.accept()
    answer(desk, case, "chat", attach(scene, desk, case, "chat", b"<svg/>"))
    scene.run()

    (came,), (went,) = messages(scene, Kind.MESSAGE_RECEIVED), messages(scene, Kind.MESSAGE_SENT)
    assert came.content.parts[0].state is PartState.STORED
    assert went.delivery is Delivery.SENT
    (frame,) = [f for f in scene.world.chat_sockets.frames[visitor.connection] if f.get("files")]
    assert (frame["files"][0]["name"], frame["files"][0]["shown_as"]) == ("a.gif", "")


def test_a_file_nobody_can_fetch_is_given_up_and_holds_up_nothing(scene: WholeScene) -> None:
    scene.world.fetch.found[URL] = NotFetched("too_slow")
    scene.sms(NUMBER, "Look", files=[URL])
    scene.live(600)

    (entry,) = messages(scene, Kind.MESSAGE_RECEIVED)
    assert (entry.content.parts[0].state, entry.content.parts[0].reason) == (PartState.REFUSED, "gave_up")
    assert entry.text == "Look"
