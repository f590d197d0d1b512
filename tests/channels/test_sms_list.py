"""Twilio's list of what came in, read as the webhook would have brought it."""

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.channels.sms import inbound, listing
from infra.local.providers.twilio_book import Book
from infra.local.providers.twilio_list import listed
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.carriage import Basic, HttpCall, OtherSide
from shared.domain.channel.listing import ListPage, past_days
from shared.domain.errors import TryAgain
from tests.support.webhooks import ACCOUNT, SECRET, payload, raw, request

DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OURS, CUSTOMER = SECRET["from_number"], "+821055500001"
TWILIO = OtherSide("https://twilio.example.test", "")


def a_book(*bodies: str, to: str = OURS) -> Book:
    book = Book(OURS)
    for body in bodies:
        book.add(inbound=True, sender=CUSTOMER, to=to, body=body, status="received").at = NOON
    return book


def asked(call: HttpCall) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(call.url).query).items()}


def page_of(document: dict[str, Any], secret: dict[str, str] = SECRET) -> ListPage:
    return listing.parse_list(200, json.dumps(document).encode(), secret, TWILIO)


def all_pages(book: Book, size: int) -> list[ListPage]:
    """As the comparer reads them, with pages of this size."""
    pages, call = [], listing.render_list(DAY, SECRET, TWILIO)
    query = asked(call) | {"PageSize": str(size)}
    while True:
        pages.append(page_of(listed(book.texts, ACCOUNT, query)))
        if (more := pages[-1].more) is None:
            return pages
        query = asked(more)


def test_a_days_messages_to_our_number_are_asked_for_as_the_account() -> None:
    call = listing.render_list(DAY, SECRET, TWILIO)

    assert call.method == "GET"
    assert call.url.startswith(f"https://twilio.example.test/2010-04-01/Accounts/{ACCOUNT}/Messages.json?")
    assert asked(call) == {"PageSize": "1000", "DateSent": "2026-03-01", "To": OURS}
    assert call.auth == Basic(ACCOUNT, SECRET["auth_token"])


def test_what_is_found_is_what_the_webhook_would_have_brought() -> None:
    (text,) = a_book("안녕하세요 👍").texts

    (found,) = page_of(listed([text], ACCOUNT, {})).pieces

    (came,) = inbound.cut(request(text.webhook(ACCOUNT))).events
    assert (found.event_id, found.sender, found.sent_at) == (came.event_id, came.sender, NOON)
    assert inbound.parse(raw("sms", found.payload)) == inbound.parse(raw("sms", came.payload))


def test_what_is_found_is_masked_before_it_goes_anywhere() -> None:
    card = payload("sms/card.txt")
    body = parse_qs(card)["Body"][0]

    (found,) = page_of(listed(a_book(body).texts, ACCOUNT, {})).pieces

    arrival = inbound.parse(raw("sms", found.payload))
    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    assert arrival.what.text == "My card is **** **** **** **** and my number is ******-*******"


@pytest.mark.parametrize("size", [1, 2, 3, 4, 1000])
def test_no_message_is_missed_or_seen_twice_at_the_edge_of_a_page(size: int) -> None:
    book = a_book("one", "two", "three", "four")

    found = [piece.event_id for page in all_pages(book, size) for piece in page.pieces]

    assert found == [text.sid for text in reversed(book.texts)]


def test_days_are_those_of_gmt() -> None:
    book = a_book("before", "first", "last", "after")
    for text, at in zip(
        book.texts,
        ("2026-02-28T23:59:59", "2026-03-01T00:00:00", "2026-03-01T23:59:59", "2026-03-02T00:00:00"),
        strict=True,
    ):
        text.at = datetime.fromisoformat(at).replace(tzinfo=UTC)

    found = [piece.event_id for page in all_pages(book, 1000) for piece in page.pieces]

    assert found == [book.texts[2].sid, book.texts[1].sid]


def test_what_we_sent_and_what_went_to_others_of_the_account_is_not_ours() -> None:
    book = a_book("to another application", to="+15005550001")
    book.add(inbound=False, sender=OURS, to=CUSTOMER, body="our answer")

    assert page_of(listed(book.texts, ACCOUNT, {})).pieces == ()


def test_every_number_of_our_messaging_service_is_ours() -> None:
    secret = SECRET | {"messaging_service_sid": "MG1"}
    document = listed(a_book("to the service", to="+15005550001").texts, ACCOUNT, {})
    document["messages"][0]["messaging_service_sid"] = "MG1"

    assert "To" not in asked(listing.render_list(DAY, secret, TWILIO))
    assert len(page_of(document, secret).pieces) == 1


@pytest.mark.parametrize(
    "status_and_body",
    [(503, b""), (401, b'{"code": 20003}'), (200, b"<html>"), (200, b"{}"), (200, b'{"messages": [{}]}')],
)
def test_what_is_no_list_is_asked_for_again_another_time(status_and_body: tuple[int, bytes]) -> None:
    with pytest.raises(TryAgain):
        listing.parse_list(*status_and_body, SECRET, TWILIO)


def test_a_next_page_elsewhere_is_not_followed_with_our_token() -> None:
    document = {"messages": [], "next_page_uri": "https://elsewhere.example.test/2010-04-01/x?Page=1"}

    with pytest.raises(TryAgain):
        page_of(document)


def test_the_last_three_days_are_looked_at_each_night() -> None:
    days = past_days(datetime(2026, 3, 2, 0, 20, tzinfo=UTC))

    assert [day.isoformat() for day in days] == ["2026-02-27", "2026-02-28", "2026-03-01"]
