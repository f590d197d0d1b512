"""Around a reply, at the desk's API: saved replies, second thoughts, mails with letters in bold."""

from collections.abc import Iterator

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.channel.arrival import Message
from shared.domain.declared import Undo
from shared.domain.saved_reply import ReplyAction, SavedReply
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Delivery, Kind
from shared.edge import wiring
from shared.use_cases.channel.release_reply import let_go
from shared.use_cases.desk.saved_replies import MOST
from tests.support.rule_scene import RuleScene
from tests.support.staff import Browser

CENTRE = Centre(name="Teahouse", acw_seconds=0, undo=(Undo("sms", 10),))
TEAM = SavedReply(
    "delivery",
    "배송 안내",
    "Delivery",
    "{customer} 님, {day}에 도착합니다.",
    "Dear {customer}, it arrives on {day}.",
    (ReplyAction("close", "solved"),),
)
OWN = {"title_en": "Greeting", "text_en": "Hello {customer}"}


@pytest.fixture
def scene() -> Iterator[RuleScene]:
    made = RuleScene(World(settings=FixedSettings(CENTRE, replies=[TEAM])))
    wiring.use(made.world.ports())
    yield made
    wiring.reset()


@pytest.fixture
def page(scene: RuleScene) -> Browser:
    return Browser()


def replying(scene: RuleScene, **told: object) -> tuple[str, dict[str, object]]:
    head = scene.head()
    body = {"key": "key-0001", "customer_id": head.customer_id, "channel": "sms", "text": "Hello"}
    return f"/cases/{head.cases[0].id}/replies", body | told


# saved replies


def test_an_agent_sees_the_teams_and_none_of_their_own_yet(page: Browser) -> None:
    told = page.get("/saved-replies").body

    assert (told["own"], told["centre"]) == ([], "Teahouse")
    (team,) = told["team"]
    assert team["text_en"] == "Dear {customer}, it arrives on {day}."
    assert team["actions"] == [{"what": "close", "value": "solved"}]


def test_an_own_one_is_kept_changed_and_taken_away(page: Browser) -> None:
    page.put("/saved-replies/greeting", OWN)
    page.put("/saved-replies/greeting", OWN)
    page.put("/saved-replies/greeting", OWN | {"text_en": "Good day"})
    (kept,) = page.get("/saved-replies").body["own"]

    page.put("/saved-replies/greeting", {"title_en": "Greeting"})
    page.put("/saved-replies/greeting", {"title_en": "Greeting"})

    assert (kept["code"], kept["text_en"]) == ("greeting", "Good day")
    assert page.get("/saved-replies").body["own"] == []


def test_nobody_else_sees_what_is_an_agents_own(page: Browser) -> None:
    page.put("/saved-replies/greeting", OWN)

    assert Browser(sub="two").get("/saved-replies").body["own"] == []


@pytest.mark.parametrize(
    ("code", "told", "answer"),
    [
        ("Bad Code", OWN, (400, "malformed")),
        ("a", {"text_en": "x"}, (422, "no_title")),
        ("a", OWN | {"text_en": "x" * 2001}, (422, "too_long")),
        ("a", OWN | {"title_ko": "x" * 81}, (422, "too_long")),
        ("a", OWN | {"actions": [{"what": "explode", "value": ""}]}, (400, "malformed")),
    ],
)
def test_what_cannot_be_kept_is_refused(
    page: Browser, code: str, told: dict[str, object], answer: tuple[int, str]
) -> None:
    refused = page.put(f"/saved-replies/{code}", told)

    assert (refused.status, refused.code) == answer


def test_there_is_an_end_to_what_one_agent_keeps(page: Browser) -> None:
    for number in range(MOST):
        page.put(f"/saved-replies/r{number}", OWN)

    refused = page.put("/saved-replies/more", OWN)

    assert refused.code == "too_many_saved"
    assert str(MOST) in refused.body["error"]["message"]
    assert page.put("/saved-replies/r1", OWN).status == 200


@pytest.mark.parametrize("text", ["Dear Kim, it arrives on {day}.", "Kim 님, {day}에 도착합니다."])
def test_an_empty_place_of_the_saved_reply_is_not_sent(scene: RuleScene, page: Browser, text: str) -> None:
    scene.taken()

    refused = page.post(*replying(scene, text=text, saved="delivery"))

    assert (refused.status, refused.code) == (422, "place_open")
    assert "day" in refused.body["error"]["message"]
    assert scene.entries(Kind.MESSAGE_SENT)[-1:] == [] or scene.entries(Kind.MESSAGE_SENT)[-1].text != text


@pytest.mark.parametrize("saved", ["delivery", "taken-away", ""])
def test_a_filled_text_goes_whatever_became_of_the_saved_reply(
    scene: RuleScene, page: Browser, saved: str
) -> None:
    scene.taken()

    told = page.post(*replying(scene, text="Dear Kim, press {Enter}.", saved=saved))

    assert told.status == 202
    assert told.body["entry"]["text"] == "Dear Kim, press {Enter}."


def test_an_own_one_of_the_same_code_goes_before_the_teams(scene: RuleScene, page: Browser) -> None:
    scene.taken()
    page.put("/saved-replies/delivery", OWN | {"text_en": "Tomorrow, {who}"})

    assert page.post(*replying(scene, text="On {day}", saved="delivery")).status == 202
    assert page.post(*replying(scene, text="x {who}", saved="delivery", key="key-0002")).code == "place_open"


# second thoughts


def test_a_held_reply_says_until_when_and_can_be_taken_back(scene: RuleScene, page: Browser) -> None:
    scene.taken()
    path, body = replying(scene)
    entry = page.post(path, body).body["entry"]
    wish = {"key": "back-0001", "customer_id": body["customer_id"]}
    wish |= {"member": entry["customer_id"], "seq": entry["seq"]}

    told = page.post(path.replace("replies", "withdraw"), wish)
    again = page.post(path.replace("replies", "withdraw"), wish)

    assert (entry["delivery"], entry["held_until"]) == ("held", "2026-01-05T09:00:10.000Z")
    assert (told.status, told.body["entry"]["kind"]) == (200, "reply_withdrawn")
    assert again.body == told.body
    (line,) = [one for one in scene.entries(Kind.MESSAGE_SENT) if one.text == "Hello"]
    assert line.delivery is Delivery.WITHDRAWN


def test_too_late_is_said_in_a_sentence(scene: RuleScene, page: Browser) -> None:
    scene.taken()
    path, body = replying(scene, channel="sms")
    entry = page.post(path, body).body["entry"]
    (line,) = [one for one in scene.entries(Kind.MESSAGE_SENT) if one.seq == entry["seq"]]
    let_go(scene.world.store, line)
    wish = {"key": "back-0001", "customer_id": body["customer_id"]}
    wish |= {"member": entry["customer_id"], "seq": entry["seq"]}

    refused = Browser(language="ko").post(path.replace("replies", "withdraw"), wish)

    assert (refused.status, refused.code) == (409, "already_gone")
    assert refused.body["error"]["message"].startswith("이미 전송된 답장입니다.")


# mails with form


def mailed(scene: RuleScene) -> str:
    """An agent's case that began with a mail; the answer is its id."""
    scene.arrives("email", Address("email", "kim@example.test"), Message(Content("Hi", subject="Tea")))
    scene.hire()
    scene.assign()
    return scene.accept()


def test_a_mail_with_letters_in_bold_keeps_its_form_and_its_words(scene: RuleScene, page: Browser) -> None:
    case_id = mailed(scene)
    customer = scene.owner(Address("email", "kim@example.test")).customer_id
    html = "<p>Dear <b>Kim</b></p><script>x()</script>"
    body = {"key": "key-0001", "customer_id": customer, "channel": "email", "text": "else", "html": html}

    entry = page.post(f"/cases/{case_id}/replies", body).body["entry"]
    again = page.post(f"/cases/{case_id}/replies", body).body["entry"]
    shown = page.get(f"/customers/{customer}/entries/{entry['seq']}/body").body

    assert (entry["text"], entry["mail"]["body"]) == ("Dear Kim", "html")
    assert shown["html"] == "<p>Dear <b>Kim</b></p>"
    assert again["id"] == entry["id"]


def test_a_channel_without_form_sends_the_text_alone(scene: RuleScene, page: Browser) -> None:
    scene.taken()

    entry = page.post(*replying(scene, html="<b>Bold</b>")).body["entry"]

    assert (entry["text"], entry["mail"]) == ("Hello", None)
