"""The customer's card: edited by keyboard, by two at once, and the way out of an abusive conversation."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.desk_scene import Visitor, takes
from tests.support.house import House, Staff

pytestmark = pytest.mark.embedded
DECLARED = {
    "tags": [{"code": "vip", "label_ko": "우수", "label_en": "VIP"}],
    "fields": [
        {
            "code": "plan",
            "label_ko": "요금제",
            "label_en": "Plan",
            "kind": "choice",
            "choices": ["free", "pro"],
        },
        {"code": "since", "label_ko": "가입일", "label_en": "Since", "kind": "date", "choices": []},
    ],
}


@pytest.fixture
def admin(house: House) -> Iterator[Staff]:
    """Tags and fields are there during the test; other tests share the centre."""
    admin = house.hire("admin")
    told = admin.get("/settings")
    saving = {"centre": told["centre"] | DECLARED, "agents": told["agents"], "based_on": told["n"]}
    now = admin.put("/settings", saving)["n"]
    yield admin
    admin.post("/settings/rollback", {"n": told["n"], "based_on": now})


@pytest.fixture
def agent(house: House, admin: Staff) -> Staff:
    return house.hire("agent", locale="en-GB")


@pytest.fixture
def desk(house: House, agent: Staff) -> Page:
    page = house.desk(agent)
    Visitor(house).says("You are all so stupid")
    takes(page)
    return page


def customer(desk: Page) -> str:
    return desk.url.partition("#")[2].partition(".")[2]


def card(agent: Staff, desk: Page) -> Any:
    return agent.get(f"/customers/{customer(desk)}")


def test_all_of_the_card_is_written_with_the_keyboard(desk: Page, agent: Staff) -> None:
    edit = desk.get_by_role("button", name="Edit customer")
    edit.press("Enter")
    form = desk.get_by_role("form", name="Customer")

    expect(form.get_by_label("Name")).to_be_focused()
    desk.keyboard.type("Kim Minsu")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Teahouse")
    form.get_by_label("VIP").press("Space")
    form.get_by_label("Account value").fill("12,500,000")
    form.get_by_label("Plan").select_option("pro")
    form.get_by_label("Since").fill("2024-03-01")
    form.get_by_label("Pinned note").fill("Calls back after six.")
    form.get_by_label("Name").press("Enter")

    expect(desk.locator("pb-card .pinned")).to_contain_text("Calls back after six.")
    expect(desk.locator("pb-card .facts")).to_contain_text("₩12,500,000")
    expect(desk.locator("pb-card .chips")).to_contain_text("VIP")
    expect(desk.locator(".talk-who h2")).to_have_text("Kim Minsu")
    expect(desk.locator("pb-work .work-item", has_text="Kim Minsu")).to_have_count(1)
    expect(edit).to_be_focused()
    expect(desk.locator("pb-timeline")).to_contain_text("You changed what is known of the customer: name")


def test_a_form_that_is_left_changes_nothing_and_gives_the_focus_back(desk: Page, agent: Staff) -> None:
    desk.get_by_role("button", name="Edit customer").click()
    desk.get_by_role("form", name="Customer").get_by_label("Company").fill("Teahouse")
    desk.keyboard.press("Escape")

    expect(desk.get_by_role("form", name="Customer")).to_have_count(0)
    expect(desk.get_by_role("button", name="Edit customer")).to_be_focused()
    assert card(agent, desk)["profile"]["company"] == ""


def test_what_is_wrong_is_told_at_its_field_and_what_was_written_stays(desk: Page) -> None:
    desk.get_by_role("button", name="Edit customer").click()
    form = desk.get_by_role("form", name="Customer")
    form.get_by_label("Company").fill("Teahouse")
    form.get_by_label("Account value").fill("a lot")
    form.get_by_role("button", name="Save").click()

    expect(form.get_by_label("Account value")).to_be_focused()
    expect(form.locator("[data-part=value] .problem")).to_have_text(
        "Write the amount as a number, not below zero."
    )
    expect(form.get_by_label("Company")).to_have_value("Teahouse")


def test_of_two_who_wrote_at_once_the_slower_chooses_for_each_part(
    desk: Page, agent: Staff, admin: Staff
) -> None:
    desk.get_by_role("button", name="Edit customer").click()
    form = desk.get_by_role("form", name="Customer")
    form.get_by_label("Company").fill("Teahouse Seoul")
    form.get_by_label("Name").fill("Kim Minsu")
    version = card(agent, desk)["profile"]["version"]
    theirs = {"version": version, "company": "Teahouse Busan", "tags": ["vip"]}
    admin.put(f"/customers/{customer(desk)}/profile", theirs)

    form.get_by_role("button", name="Save").click()

    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_label("Yours: Teahouse Seoul")).to_be_checked()
    dialog.get_by_label("Theirs: Teahouse Busan").check()
    dialog.get_by_role("button", name="Keep what is chosen").click()
    expect(desk.locator("pb-card .facts")).to_contain_text("Teahouse Busan")
    told = card(agent, desk)["profile"]
    assert (told["name"], told["company"], told["tags"]) == ("Kim Minsu", "Teahouse Busan", ["vip"])


def test_what_is_written_survives_a_message_that_comes_meanwhile(
    house: House, agent: Staff, admin: Staff
) -> None:
    desk, visitor = house.desk(agent), Visitor(house)
    visitor.says("Hello")
    takes(desk)
    desk.get_by_role("button", name="Edit customer").click()
    company = desk.get_by_role("form", name="Customer").get_by_label("Company")
    company.fill("Teahouse")

    visitor.says("Are you there?")
    expect(desk.locator("pb-timeline")).to_contain_text("Are you there?")

    expect(company).to_have_value("Teahouse")
    expect(company).to_be_focused()


def test_an_abusive_conversation_is_warned_ended_and_followed_by_a_rest(desk: Page, agent: Staff) -> None:
    desk.get_by_role("button", name="Abusive customer…").click()
    desk.get_by_role("button", name="Do this").click()
    expect(desk.locator(".toast", has_text="The customer was warned.")).to_be_visible()
    expect(desk.locator("pb-timeline")).to_contain_text("warned the customer because of abuse")

    desk.get_by_role("button", name="Abusive customer…").click()
    desk.get_by_role("dialog").get_by_text("End the conversation", exact=True).click()
    desk.get_by_label("What happened, for staff (optional)").fill("Shouted")
    desk.get_by_role("button", name="Do this").click()

    desk.get_by_role("button", name="Take a break").click()
    expect(desk.locator(".dot[data-presence=break]").first).to_be_visible()
    assert agent.get("/me")["cases"] == []
