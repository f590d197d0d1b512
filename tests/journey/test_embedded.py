"""The whole way live: the deployed template on the embedded AWS, roles checked, through the front door."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from infra.local.centre import Centre
from infra.local.providers.twilio import StandInTwilio
from tests.support.patience import soon
from tests.support.person import Person, taken

pytestmark = pytest.mark.embedded
CUSTOMER = "+821012345671"


def write(centre: Centre, text: str) -> None:
    """The stand-in provider posts it, signed, to the webhook."""
    Person(centre).ask("POST", "/local/sms/send", {"from": CUSTOMER, "text": text})


def received(centre: Centre) -> list[str]:
    """What came to the customer's phone."""
    twilio = centre.providers["sms"]
    assert isinstance(twilio, StandInTwilio)
    texts = twilio.book.texts
    return [text.body for text in texts if not text.inbound and text.to == CUSTOMER]


def test_an_sms_goes_the_whole_way_and_comes_back_as_a_score(centre: Centre) -> None:
    agent, auditor = Person(centre, "agent2@example.test"), Person(centre, "admin@example.test")
    try:
        write(centre, "Where is my order?")
        case = taken(agent, "Where is my order?")

        sent = case.act("replies", channel="sms", text="On its way.", version=0)["entry"]
        soon(lambda: "On its way." in received(centre))
        soon(lambda: [e for e in case.lines() if e["seq"] == sent["seq"] and e["delivery"] == "delivered"])

        case.act("notes", text="Not for the customer")
        case.act("close", disposition="solved")
        soon(lambda: [text for text in received(centre) if "5" in text])
        write(centre, "4")
        soon(lambda: case.told()["score"] == 4)

        assert (case.told()["state"], case.told()["disposition"]) == ("closed", "solved")
        assert [e["seq"] for e in case.lines()] == list(range(1, len(case.lines()) + 1))
        assert not [text for text in received(centre) if "Not for" in text]
        today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Seoul")).date()
        soon(lambda: adds_up(auditor, f"/api/ledger?day={today}"))
    finally:
        agent.ask("PUT", "/api/me/presence", {"presence": "offline"})


def adds_up(auditor: Person, path: str) -> bool:
    """Once the figures have caught up; SMS were handled, and their states recorded."""
    ledger = auditor.ask("GET", path)
    sms = next((line for line in ledger["channels"] if line["channel"] == "sms"), None)
    return bool(sms and sms["difference"] == 0 and sms["handled"] >= 2 and sms["delivery_states"] >= 1)
