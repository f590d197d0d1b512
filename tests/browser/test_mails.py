"""Mails at the desk, as agents read and answer them; and a channel that takes nothing but templates now."""

import json
import smtplib
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from infra.local.providers.ses_book import ADDRESS
from tests.support.browser import violations
from tests.support.desk_scene import takes
from tests.support.house import NARROW, House
from tests.unit.adapters.test_file_type import png

pytestmark = pytest.mark.embedded
DATA = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
WIDTH = "image => image.complete && image.naturalWidth > 0"
HTML = """<p>My <b>order</b> is broken.</p><img src="cid:photo@shop" alt="photo">
<img src="https://pictures.example.test/x.gif" alt="elsewhere"><script>document.title = "taken over"</script>
<p><a href="https://shop.example.test/">shop</a></p>"""


def writes(house: House, subject: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Cc"] = "Ann <ann@example.test>", ADDRESS, "bo@example.test"
    mail["Subject"], mail["Message-ID"] = subject, f"<{subject.replace(' ', '-')}@example.test>"
    mail.set_content("My order is broken.\n\nOn 3 May 2026, help@example.test wrote:\n> It is on its way.\n")
    mail.add_alternative(HTML, subtype="html")
    mail.get_payload()[1].add_related(png(), "image", "png", cid="<photo@shop>")  # type: ignore[union-attr,index]
    assert house.centre.mail
    host, _, port = house.centre.mail.server.partition(":")
    with smtplib.SMTP(host, int(port), local_hostname="localhost", timeout=60) as program:
        program.send_message(mail)


def test_a_mail_is_read_in_full_shown_as_sent_without_scripts_and_answered(house: House) -> None:
    desk = house.desk(house.hire(locale="en-GB"))
    writes(house, "An order")
    takes(desk)
    mail = desk.locator(".line.mail.from-customer")
    expect(mail.locator(".mail-subject")).to_have_text("An order")
    expect(mail.locator(".mail-rows")).to_contain_text("bo@example.test")
    expect(mail.locator(".bubble")).to_have_text("My order is broken.")
    expect(mail.locator(".picture img")).to_be_visible()

    mail.get_by_role("button", name="Show quoted text").click()
    expect(mail.locator(".mail-quoted")).to_contain_text("> It is on its way.")
    mail.get_by_role("button", name="Show as sent").press("Enter")
    frame = mail.frame_locator("iframe")
    expect(frame.locator("b")).to_have_text("order")
    picture = frame.locator("img").first
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate(WIDTH)
    assert "https" not in (frame.locator("img").nth(1).get_attribute("src") or "")
    assert frame.locator("a").get_attribute("target") == "_blank"
    assert (
        frame.locator("p").first.evaluate("one => getComputedStyle(one).fontFamily").startswith("system-ui")
    )

    desk.route("**/pictures/0", lambda route: route.fulfill(json={"url": DATA}))
    mail.get_by_role("button", name="Show pictures").click()
    expect(frame.locator("img").nth(1)).to_have_attribute("src", DATA)
    assert desk.title() != "taken over"
    assert violations(desk) == []

    about = desk.locator("pb-composer .about-way")
    expect(about).to_contain_text("ann@example.test")
    expect(about).to_contain_text("Re: An order")
    desk.locator("pb-composer textarea").fill("A new one comes tomorrow.")
    desk.locator("pb-composer .primary").click()
    expect(desk.locator(".line.mail.from-us:not(.pending) .mail-subject")).to_have_text("Re: An order")


TEMPLATE = {"channel": "sms", "name": "order", "language": "en", "category": "utility"}
TEMPLATE |= {"text": "Your order {{1}} is {{2}}.", "parameters": ["number", "state"]}  # type: ignore[dict-item]


def closed(route: Route) -> None:
    """The customer's card, as if the time for free words on their channel was over."""
    answer = route.fetch()
    card = answer.json()
    for way in card["reply_channels"]:
        way |= {"allowed": False, "reason": "window_closed", "window": "template_only", "until": None}
    route.fulfill(response=answer, json=card)


def offers_template(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json=answer.json() | {"templates": [TEMPLATE]})


def test_a_channel_that_is_closed_for_free_words_says_so_and_sends_a_template(house: House) -> None:
    agent = house.hire(locale="en-GB", viewport=NARROW)
    sent: list[Any] = []

    def refuse(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(status=422, json={"error": {"code": "no_template", "message": "No such template."}})

    agent.context.route("**/api/me", offers_template)
    agent.context.route("**/api/customers/*", closed)
    agent.context.route("**/replies", refuse)
    desk: Page = house.desk(agent)
    house.sms(house.number(), "Where is it?")
    desk.locator("pb-offers .offer button.primary").click()
    composer = desk.locator("pb-composer")
    expect(composer.locator(".window.closed")).to_contain_text("Choose a template")
    expect(composer.locator("textarea")).to_be_hidden()
    composer.locator(".primary").click(force=True)  # it says that it is disabled
    expect(composer.get_by_role("alert")).to_contain_text("Choose a template first")

    composer.get_by_role("combobox").select_option(label="order · en")
    composer.get_by_label("number").fill("A1")
    composer.locator(".primary").click(force=True)
    expect(composer.get_by_role("alert")).to_contain_text("state")
    composer.get_by_label("state").fill("here")
    expect(composer.locator(".template-preview")).to_have_text("Your order A1 is here.")
    assert violations(desk) == []
    composer.get_by_label("state").press("Enter")

    expect(desk.locator(".line.pending .bubble")).to_have_text("Your order A1 is here.")
    (told,) = sent
    assert told["template"] == {"name": "order", "language": "en", "parameters": ["A1", "here"]}
