"""A mail at the desk: what stands beside its text, its own form, and pictures from elsewhere."""

from dataclasses import replace
from typing import Any

import pytest

from functions.channels.email.markup import page as cleaned
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import Put
from shared.domain.channel.fetching import Fetched, Unfetchable
from shared.domain.channel.held import held_pictures
from shared.domain.timeline.content import Content, Part
from shared.domain.timeline.entry import Entry, Kind
from shared.edge import wiring
from tests.support.rule_scene import RuleScene
from tests.support.staff import Browser

GIF = b"GIF89a" + bytes(20)
HTML = """<p>Hello</p><img src="cid:logo"><img src="https://a.example.test/x?a=1&amp;b=2">
<img src="https://b.example.test/y">"""
BODY = "bodies/mail/1.html"
WAY = Way(
    "email", Address("email", "ann@example.test"), "", "desk@example.test", "help@example.test",
    cc=("bo@example.test",),
)  # fmt: skip


@pytest.fixture
def scene() -> RuleScene:
    made = RuleScene()
    wiring.use(made.world.ports())
    return made


@pytest.fixture
def mail(scene: RuleScene) -> Entry:
    """A customer's message, as if it had come by mail."""
    scene.taken("안녕하세요")
    before = next(e for e in scene.entries() if e.kind is Kind.MESSAGE_RECEIVED)
    content = Content("Hello", (Part("l.gif", cid="logo"),), "An order", BODY, "> before", ("text_cut",))
    after = replace(before, way=WAY, content=content, version=before.version + 1)
    scene.world.store.commit(Put(after, over=before.version))
    scene.world.files.put(BODY, cleaned(HTML).shown.encode())
    return after


def place(mail: Entry, what: str) -> str:
    return f"/customers/{mail.timeline}/entries/{mail.seq}/{what}"


def shown(mail: Entry, browser: Browser) -> Any:
    return browser.get(f"/customers/{mail.timeline}/entries").body["items"][0]


def test_who_wrote_who_got_it_and_what_it_repeats_stand_beside_its_text(mail: Entry) -> None:
    told = shown(mail, Browser())

    assert told["mail"] == {
        "subject": "An order",
        "sender": "ann@example.test",
        "to": "help@example.test",
        "cc": ["bo@example.test"],
        "answers_to": "desk@example.test",
        "quoted": "> before",
        "body": "html",
        "problems": ["text_cut"],
    }
    assert told["files"][0]["cid"] == "logo"
    assert BODY not in str(told)


def test_what_is_no_mail_says_nothing_of_the_kind(scene: RuleScene) -> None:
    case = scene.taken("Hello")

    assert {one["mail"] for one in Browser().get(f"/customers/{case.member}/entries").body["items"]} == {None}


def test_its_form_has_no_address_that_a_page_would_load_by_itself(mail: Entry) -> None:
    html = Browser().get(place(mail, "body")).body["html"]

    assert 'src="cid:logo"' in html and 'src="http' not in html
    assert held_pictures(html) == ("https://a.example.test/x?a=1&b=2", "https://b.example.test/y")


def test_a_picture_from_elsewhere_is_fetched_when_it_is_asked_for(scene: RuleScene, mail: Entry) -> None:
    scene.world.fetch.found["https://a.example.test/x?a=1&b=2"] = Fetched(GIF)

    told = Browser().post(place(mail, "pictures/0"))

    assert told.status == 200
    assert told.body["url"].startswith("data:image/gif;base64,R0lGOD")


@pytest.mark.parametrize("answer", [Fetched(b"<svg onload='alert(1)'/>"), Unfetchable("not_public")])
def test_what_is_no_picture_and_what_cannot_be_fetched_is_not_handed_on(
    scene: RuleScene, mail: Entry, answer: Fetched | Unfetchable
) -> None:
    scene.world.fetch.found["https://b.example.test/y"] = answer

    told = Browser().post(place(mail, "pictures/1"))

    assert (told.status, told.code) == (404, "no_picture")


@pytest.mark.parametrize(("n", "status"), [("2", 404), ("x", 400)])
def test_only_pictures_of_the_mail_are_fetched(mail: Entry, n: str, status: int) -> None:
    assert Browser().post(place(mail, f"pictures/{n}")).status == status


def test_a_mail_without_a_form_and_one_whose_form_is_gone_say_so(scene: RuleScene, mail: Entry) -> None:
    scene.world.files.remove([BODY])

    assert Browser().get(place(mail, "body")).code == "no_body"
    assert Browser().get(f"/customers/{mail.timeline}/entries/99/body").code == "no_body"


def test_a_look_at_the_mail_of_somebody_elses_customer_is_written_down(scene: RuleScene, mail: Entry) -> None:
    scene.hire("two")

    assert Browser(sub="two").get(place(mail, "body")).status == 200
    assert [e for e in scene.all(Entry) if e.kind is Kind.AUDITED]
