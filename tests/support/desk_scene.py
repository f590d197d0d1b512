"""What happens on a desk in a browser, in the words of its tests."""

import re

from playwright.sync_api import FloatRect, Locator, Page, expect

from shared.adapters import codec
from shared.adapters.clock import system_clock
from shared.domain.channel.commands import Due
from tests.support.house import House, Staff
from tests.support.patience import soon

SIX = re.compile(r"\b\d{6}\b")


def takes(desk: Page) -> str:
    """The offer that rings is accepted; the answer is the id of its case, whose conversation is open then."""
    before = desk.url
    desk.locator("pb-offers .offer button.primary").click()
    desk.wait_for_url(lambda address: address != before)
    expect(desk.locator("pb-composer textarea")).to_be_visible()
    return desk.url.partition("#")[2].partition(".")[0]


def rings_out(house: House, agent: Staff) -> None:
    """The timer of the agent's offer fires now, as it does when nobody answers in time."""
    (offer,) = agent.get("/me")["offers"]
    due = Due(system_clock(), "offer", offer["customer_id"], offer["case_id"], offer["offer_id"])
    queue = house.centre.outputs["TimersQueueUrl"]
    house.centre.client("sqs").send_message(QueueUrl=queue, MessageBody=codec.encode(due))


def replies(desk: Page, text: str) -> None:
    desk.locator("pb-composer textarea").fill(text)
    expect(desk.locator("pb-composer .primary")).to_be_enabled()
    desk.locator("pb-composer textarea").press("Enter")
    expect(desk.locator(".line.from-us:not(.pending)", has_text=text)).to_be_visible()


def chosen_way(desk: Page) -> Locator:
    """The way that the next reply takes."""
    return desk.locator(".reply-channels .way:has(:checked) .channel")


def place(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


class Visitor:
    """A customer in the chat widget."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.page = house.visit("/chat", locale="en-GB")
        self.page.locator("patchbay-chat button.launch").click()

    def says(self, text: str) -> None:
        self.page.locator("patchbay-chat textarea").fill(text)
        self.page.keyboard.press("Enter")

    def proves(self, number: str) -> None:
        """The six digits that were sent to the number are typed into the chat."""
        self.page.locator("patchbay-chat .head button.bare").first.click()
        self.page.locator("patchbay-chat #phone").fill(number)
        self.page.keyboard.press("Enter")
        self.says(soon(lambda: self._code(number)))

    def _code(self, number: str) -> str:
        told = self.page.request.get("/local/sms/messages", params={"number": number}).json()
        return next((found[0] for one in told["items"] if (found := SIX.search(one["text"]))), "")
