"""Stored items stay readable: the packed layout is positional, so it is frozen here, with the one before."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.table import from_image, to_image
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.customer.head import (
    ClosedCase,
    Contact,
    ContactState,
    Decline,
    Head,
    LastMessage,
    OpenCase,
    OpenInteraction,
)
from shared.domain.customer.pending import PendingSurvey
from shared.domain.routing.former import Former
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import Bench, Open, OpenClass, Seat
from shared.domain.routing.staff import Agent, Engagement, Heartbeat, Presence
from shared.domain.timeline.choice import Choice
from shared.domain.timeline.content import Content, Part
from shared.domain.timeline.entry import CASE, CONTACT, Audience, Delivery, Entry, Kind, Signals

FOLDER = Path(__file__).parent / "stored"
PHONE = Address("phone", "+821055500001")
VISITOR = Address("visitor", "01KDXZ8E000000000000000001")
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
RANK = "2026-01-05T09:00:00.000Z"
LATER = AT + timedelta(minutes=5)
SMS = Way("sms", PHONE, "C1", "010-5550-0001", "+15005550006")
BY_SMS = OpenInteraction("I1", SMS, AT, LATER)
BY_CHAT = OpenInteraction("I2", Way("chat", VISITOR, "C2", VISITOR.value), AT, AT)
OWNED = OpenCase(
    "K1",
    "C1",
    AT,
    (Contact("I1", "sms", "main", ContactState.CONNECTED, AT, agent="one", assigned_at=LATER),),
    (BY_SMS, BY_CHAT),
    "one",
    LATER,
)
RESTS = (Decline("one", LATER),)
ASKED = Contact("I2", "chat", "main", ContactState.OFFERED, AT, 5, "two", "O1", None, LATER, RESTS)
OFFERED = OpenCase("K2", "C2", AT, (ASKED,), (BY_CHAT,))
WAITING = OpenCase("K3", "C1", AT, (Contact("I1", "sms", "main", ContactState.WAITING, AT),), (BY_SMS,))
SENT = Entry(
    "C1", 1, "E1", AT, Kind.MESSAGE_SENT, Audience.CUSTOMER, "agent:one", replace(SMS, member=""), "K1", "I1",
    Content("안녕 👍"), {"queue": "main", "agent": "one"}, delivery=Delivery.QUEUED, give_up_at=LATER,
    due=LATER, due_for="silence",
)  # fmt: skip
BEGINNING = Entry(
    "C1", 2, "E2", AT, Kind.MESSAGE_RECEIVED, Audience.CUSTOMER, "customer", replace(SMS, member=""), "K1",
    "I1", Content("Hi"), {"queue": "main", "door": "sms", "reopened": False},
    Signals("main", "one", begins=(CASE, CONTACT)),
)  # fmt: skip
ITEMS: dict[str, Any] = {
    "head": Head(
        "C1",
        7,
        "ko",
        members=("C2",),
        cases=(OWNED, OFFERED, WAITING),
        closed=ClosedCase("K0", "C1", "main", AT, LATER, "one"),
        last=LastMessage(SMS, "I1", LATER),
        survey=PendingSurvey("K0", "C1", "sms", PHONE, AT, LATER),
    ),
    "entry": SENT,
    "opening": BEGINNING,
    "agent": Agent(
        "one",
        "Agent One",
        "main",
        4,
        Presence.AVAILABLE,
        AT,
        language="ko",
        engagements=(
            Engagement("K1", "C1", "sms", AT, "", 5, accepted="O0"),
            Engagement("K2", "C2", "chat", AT, "", 5, "O1"),
        ),
        free_since=AT,
    ),
    "waiting": Waiting("main", "main", RANK, "I1", "C1", "K3", "sms", AT, 5, RESTS, klass="sms+english.3"),
    "heartbeat": Heartbeat("main", "one", AT, LATER),
    "open": Open("main", (OpenClass("main", "sms+english.3", RANK), OpenClass("@one", "chat", RANK)), 7),
    "bench": Bench(
        "main",
        3,
        (
            Seat("main", 3, "one", AT, "0123456789ab", ("chat", "sms"), ("voice",)),
            Seat("main", 3, "6f1c9dc0-7a0d-4bd6-93ab-0e9c6a4d1f00", LATER, "", ("sms",)),
        ),
    ),
    "a question with choices": replace(
        SENT, choices=(Choice("delivery", "배송", "3 days"), Choice("refund", "Refund"))
    ),
    "a message with a file": replace(
        SENT, content=Content("See", (Part("photo.jpg", "image/jpeg", 3),), "Order", "body/E1", "Hello")
    ),
}
# What the pool's rows of the layout before mean today: rows to be moved.
FORMER: dict[str, Any] = {
    "waiting": Former("main", "WAIT", f"main#{RANK}#I1", "main", "I1", "C1", "K3"),
    "free": Former("main", "FREE", f"{RANK}#one", agent_id="one"),
    "heartbeat": Former("main", "SEEN", "one", agent_id="one", seen_at=AT, expires_at=LATER),
}


def stored(layout: int) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / f"layout_{layout}.json").read_text())
    return told


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_is_written_as_it_always_was_in_this_layout(name: str) -> None:
    assert to_image(ITEMS[name]) == stored(3)[name]


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_of_this_layout_is_read_as_it_was(name: str) -> None:
    assert from_image(stored(3)[name]) == ITEMS[name]


@pytest.mark.parametrize(("layout", "name"), [(layout, name) for layout in (1, 2) for name in stored(layout)])
def test_an_item_of_a_layout_before_is_read_as_what_it_means_today(layout: int, name: str) -> None:
    assert from_image(stored(layout)[name]) == (ITEMS | FORMER)[name]
