"""What happens on a desk in a browser, in the words of its tests."""

from playwright.sync_api import Locator, Page, expect

from shared.adapters import codec
from shared.adapters.clock import system_clock
from shared.domain.channel.commands import Due
from tests.support.house import House, Staff


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
    desk.keyboard.press("Enter")
    expect(desk.locator(".line.from-us:not(.pending)", has_text=text)).to_be_visible()


def chosen_way(desk: Page) -> Locator:
    """The way that the next reply takes."""
    return desk.locator(".reply-channels .way:has(:checked) .channel")


def place(part: Locator) -> dict[str, float]:
    box = part.bounding_box()
    assert box is not None
    return dict(box)
