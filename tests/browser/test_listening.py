"""A supervisor comes into a call: listens, speaks to the agent alone, joins, and stops; with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from functions import channels
from shared.domain.desk.agent_view import AgentView
from shared.domain.desk.card_view import InteractionView
from tests.support.asked import Asked, Refusal
from tests.support.browser import violations
from tests.support.hands import Hands
from tests.support.house import NARROW
from tests.support.lone_page import ME, card, line, moment
from tests.support.lone_staff import LoneStaff
from tests.support.screens import LANGUAGES, open_to_everybody

CALLS = next(one.name for one in channels.traits().all if one.calls)
BOSS = replace(ME, name="The boss", groups=("supervisor",))
LISTEN = "/cases/case-C0/listen"


@dataclass
class LoneListener(LoneStaff):
    """The page of a supervisor who reads the case of C0 along, whose agent is on the phone."""

    STANDS: ClassVar[str] = "pb-look .lines"

    agent: AgentView = BOSS
    busy: bool = False
    asks: list[dict[str, Any]] = field(default_factory=list)

    def look(self, channel: str = CALLS, ended: str = "", **options: Any) -> Page:
        self.has("C0", 3)
        known = card("C0", 3)
        talk = InteractionView("I1", channel, moment(2), moment(3) if ended else None, ended)
        case = replace(known.cases[0], owner="B", owner_name="Agent Two", interactions=(talk,))
        self.cards["C0"] = replace(known, cases=(case,))
        self.answers[LISTEN] = self._heard
        return self.open("/supervisor?talk=case-C0.C0", **options)

    def leg(self, state: str, **facts: Any) -> None:
        """The carrier says how the supervisor's telephone is."""
        told = {"role": "supervisor", "agent": BOSS.id, "state": state, **facts}
        self.said("C0", kind="leg_changed", text="", channel=CALLS, actor="system", facts=told)

    def _heard(self, asked: Asked) -> Any:
        self.asks.append(dict(asked.body))
        facts = {"act": asked.body["how"], "agent": BOSS.id}
        told = {"kind": "call_acted", "text": "", "channel": CALLS, "actor": f"agent:{BOSS.id}"}
        self.said("C0", **told, facts=facts)
        return {"entry": line(9, kind="audited", text="", facts={"action": "listen"})}


@pytest.fixture
def lone(chromium: Browser) -> Iterator[LoneListener]:
    made = LoneListener(chromium)
    yield made
    made.leave()
    assert made.wrong == []


def doors(page: Page) -> Locator:
    return page.locator(".look-doors")


def asks(page: Page, how: str, reason: str = "Training") -> None:
    doors(page).get_by_role("button", name=how, exact=True).click()
    page.get_by_role("dialog").get_by_label("Reason").fill(reason)
    page.get_by_role("dialog").get_by_role("button", name=how, exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("how", ["Listen", "Whisper", "Join"])
def test_a_supervisor_comes_into_a_call_with_a_reason_and_leaves_it(lone: LoneListener, how: str) -> None:
    page = lone.look()

    asks(page, how)
    lone.leg("ringing")
    expect(doors(page).get_by_role("status")).to_contain_text("rings")
    lone.leg("talking")
    expect(doors(page).get_by_role("status")).to_contain_text("on the line")
    expect(doors(page).get_by_role("button", name=how, exact=True)).to_be_disabled()
    doors(page).get_by_role("button", name="Stop").click()
    lone.leg("ended")

    expect(doors(page).get_by_role("button", name="Stop")).to_have_count(0)
    told = [(one["how"], one["reason"], one["customer_id"]) for one in lone.asks]
    assert told == [(how.lower(), "Training", "C0"), ("stop", "", "C0")]
    assert len({one["key"] for one in lone.asks}) == 2


@pytest.mark.parametrize(
    ("announced", "words"), [(True, "Both are told by a voice"), (False, "Nobody on the line is told.")]
)
def test_whether_both_hear_of_it_is_said_before(lone: LoneListener, announced: bool, words: str) -> None:
    lone.me["announce_listening"] = announced
    page = lone.look()

    doors(page).get_by_role("button", name="Listen", exact=True).click()

    expect(page.get_by_role("dialog")).to_contain_text(words)
    expect(page.get_by_role("dialog")).to_contain_text("Agent Two")
    assert violations(page) == []


def test_without_a_reason_nothing_is_asked(lone: LoneListener) -> None:
    page = lone.look()
    doors(page).get_by_role("button", name="Join", exact=True).click()

    page.get_by_role("dialog").get_by_role("button", name="Join", exact=True).click()

    expect(page.get_by_role("dialog")).to_be_visible()
    assert lone.asks == []


def test_why_it_is_refused_stands_in_the_dialog(lone: LoneListener) -> None:
    lone.refusals[f"POST {LISTEN}"] = Refusal(422, "no_phone", "Set your phone first.")
    page = lone.look()
    doors(page).get_by_role("button", name="Listen", exact=True).click()
    page.get_by_role("dialog").get_by_label("Reason").fill("A complaint")
    page.get_by_role("dialog").get_by_role("button", name="Listen", exact=True).click()

    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text("Set your phone first.")


@pytest.mark.parametrize(("channel", "ended"), [("sms", ""), (CALLS, "customer")])
def test_where_nobody_is_on_the_phone_there_is_nothing_to_hear(
    lone: LoneListener, channel: str, ended: str
) -> None:
    page = lone.look(channel, ended)

    expect(doors(page).get_by_role("button", name="Step in")).to_be_visible()
    expect(doors(page).get_by_role("button", name="Listen", exact=True)).to_have_count(0)


def test_who_opens_the_page_anew_sees_that_their_telephone_is_still_in_the_call(lone: LoneListener) -> None:
    page = lone.look()
    asks(page, "Listen")
    lone.leg("talking")
    page.reload()

    expect(doors(page).get_by_role("status")).to_contain_text("You listen: on the line")
    expect(doors(page).get_by_role("button", name="Stop")).to_be_visible()


def test_after_a_stop_the_telephone_is_there_until_it_ends(lone: LoneListener) -> None:
    page = lone.look()
    asks(page, "Listen")
    expect(doors(page).get_by_role("status")).to_have_text("You listen: being dialled")
    lone.leg("talking")

    doors(page).get_by_role("button", name="Stop").click()

    expect(doors(page).get_by_role("status")).to_have_text("Your phone is in this call: on the line")
    lone.leg("ended")
    expect(doors(page).get_by_role("status")).to_have_count(0)


def test_another_way_to_be_in_the_call_is_asked_for_while_one_is_in_it(lone: LoneListener) -> None:
    page = lone.look()
    asks(page, "Listen")
    lone.leg("talking")

    asks(page, "Join")

    expect(doors(page).get_by_role("status")).to_have_text("You are in the call: on the line")
    assert [one["how"] for one in lone.asks] == ["listen", "join"]


def test_it_is_done_by_keyboard_alone(lone: LoneListener) -> None:
    page = lone.look()
    hands = Hands(page)
    page.locator(".look h2").focus()  # where opening the panel leads

    hands.presses("button", "Whisper")
    page.get_by_role("dialog").wait_for()
    hands.writes("Reason (kept with your name)", "Helps with a refund")
    hands.sends()
    expect(page.get_by_role("dialog")).to_have_count(0)
    lone.leg("talking")
    hands.presses("button", "Stop")
    lone.leg("ended")

    expect(doors(page).get_by_role("button", name="Stop")).to_have_count(0)
    assert [one["how"] for one in lone.asks] == ["whisper", "stop"]
    assert hands.lost() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_is_open_to_everybody(lone: LoneListener, language: str) -> None:
    page = lone.look(locale=LANGUAGES[language])
    lone.leg("talking")
    doors(page).get_by_role("status").wait_for()

    open_to_everybody(page, f"listen-{language}")


def test_the_panel_fits_a_phone(lone: LoneListener) -> None:
    page = lone.look(viewport=NARROW, locale=LANGUAGES["ko"])
    lone.leg("talking")
    doors(page).get_by_role("status").wait_for()

    open_to_everybody(page, "listen-narrow")
