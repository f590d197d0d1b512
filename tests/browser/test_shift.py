"""A whole shift at the desk by the keyboard alone, and the same by the names that a screen reader says."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.local.demo.seed import PASSWORD
from tests.support.desk_scene import takes
from tests.support.hands import Hands, Named
from tests.support.house import House, Staff
from tests.support.patience import soon
from tests.unit.adapters.test_file_type import png

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}
TEXT = re.compile("^Write to the customer")
NOTE = re.compile("^Only staff will see")
DELIVERY = {
    "title_ko": "배송", "title_en": "Delivery day", "text_ko": "{day}에 도착합니다.",
    "text_en": "It arrives on {day}.", "actions": [],
}  # fmt: skip


@pytest.mark.parametrize("how", [Hands, Named], ids=["keyboard", "names"])
def test_a_whole_shift(house: House, how: Callable[[Page], Named]) -> None:
    agent, other = house.hire(**ENGLISH), house.hire(**ENGLISH)
    agent.put("/saved-replies/delivery", DELIVERY)
    other.goes("break")
    by = how(house.visit("/desk", **ENGLISH))

    signs_in(by, agent)
    numbers = [accepts(house, by, agent, n) for n in range(3)]
    finds(by, numbers[0])
    answers(by)
    sends_a_file(by)
    mentions(by, other)
    hands_on(by, house, other)
    snoozes(by, numbers[1])
    numbers.append(accepts(house, by, agent, 3))
    closes_many(by, agent)
    signs_out(by)

    assert by.lost() == []


def signs_in(by: Named, agent: Staff) -> None:
    by.writes("Email", agent.email)
    by.writes("Password", PASSWORD)
    by.sends()
    by.chooses("Your presence", "Available")
    soon(lambda: agent.get("/me")["agent"]["presence"] == "available")


def accepts(house: House, by: Named, agent: Staff, n: int) -> str:
    """A customer's message is accepted: with the key, or by the button; the answer is their number."""
    number = house.number()
    house.sms(number, f"I am {number[-4:]}")
    expect(by.at("button", re.compile("^Accept"))).to_be_visible()
    by.leaves_text()
    by.presses("button", re.compile("^Accept"), "Alt+y" if n else "")
    by.sees(f"I am {number[-4:]}")
    expect(by.at("textbox", TEXT)).to_be_focused()
    return number


def finds(by: Named, number: str) -> None:
    by.presses("button", re.compile("^Find"), "Control+k")
    shown = f"010-{number[5:9]}-{number[9:]}"
    by.finds(f"0{number[3:]}", re.compile(shown))
    by.sends()
    by.sees(f"I am {number[-4:]}")


def answers(by: Named) -> None:
    """A saved reply by a word of it; its empty place is filled by typing."""
    by.writes(TEXT, "/") if isinstance(by, Hands) else by.presses("button", re.compile("^Saved replies"))
    by.writes("Find a saved reply", "deliv", "combobox")
    expect(by.at("option", re.compile("Delivery day"))).to_be_visible()
    by.sends()
    expect(by.at("textbox", TEXT)).to_have_value("It arrives on {day}.")
    by.types("Friday")
    by.sends()
    by.sees("It arrives on Friday.")


def sends_a_file(by: Named) -> None:
    with by.page.expect_file_chooser() as chooser:
        by.presses("button", "Attach files")
    chooser.value.set_files({"name": "map.png", "mimeType": "image/png", "buffer": png()})
    expect(by.at("button", "Remove map.png")).to_be_visible()
    by.back_to(TEXT)
    by.types("This is the way")
    by.sends()
    by.sees("This is the way")
    expect(by.at("img", re.compile("map.png"))).to_be_visible()


def mentions(by: Named, other: Staff) -> None:
    by.leaves_text()
    by.presses("radio", re.compile("^Note"), "Alt+m")
    expect(by.at("textbox", NOTE)).to_be_focused()
    by.types(f"Do you know this, @{other.name.split()[1]}")
    expect(by.at("option", re.compile(other.name))).to_be_visible()
    by.sends()
    by.sends()
    by.sees(f"Do you know this, @{other.name}")
    soon(lambda: other.get("/me")["notices"])


def hands_on(by: Named, house: House, other: Staff) -> None:
    desk = house.desk(other)
    by.leaves_text()
    by.presses("button", "Hand on", "Alt+g")
    by.writes("Search colleagues and queues", other.name, "searchbox")
    by.ticks(re.compile(other.name), "radio")
    by.writes(re.compile("^Reason"), "They speak Korean")
    by.presses("button", "Go")
    expect(by.page.get_by_role("dialog")).to_have_count(0)
    takes(desk)
    other.goes("break")


def snoozes(by: Named, number: str) -> None:
    by.presses("button", re.compile(f"I am {number[-4:]}"))
    by.sees(f"I am {number[-4:]}")
    by.does("More", re.compile("^Tomorrow"))
    by.sees("You snoozed this case", "status")


def closes_many(by: Named, agent: Staff) -> None:
    mine = [case["number"] for case in agent.get("/me")["cases"]]
    assert len(mine) == 2
    by.presses("button", re.compile("^All open"))
    for number in mine:
        by.ticks(f"Select case {number}")
    by.does("Do…", "Close…")
    by.ticks("Solved", "radio")
    by.presses("button", "Close them")
    by.sees("2 of 2 done.", "status")
    soon(lambda: agent.get("/me")["cases"] == [])


def signs_out(by: Named) -> None:
    by.opens_account()
    by.presses("button", "Sign out")
    expect(by.at("textbox", "Email")).to_be_focused()
