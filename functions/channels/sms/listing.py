"""What Twilio received for us: https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources

Twilio does not deliver a webhook again. Its list has every message; days are those of GMT.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from functions.channels.sms import inbound
from shared.domain.channel.carriage import HttpCall, OtherSide
from shared.domain.channel.listing import ListPage
from shared.domain.channel.request import Piece
from shared.domain.errors import TryAgain
from shared.providers import twilio

PAGE = 1000  # the most Twilio gives
# A field of the resource → what the webhook calls it.
FIELDS = {
    "sid": "MessageSid",
    "account_sid": "AccountSid",
    "messaging_service_sid": "MessagingServiceSid",
    "from": "From",
    "to": "To",
    "body": "Body",
    "num_media": "NumMedia",
}


def render_list(day: date, secret: Mapping[str, str], other_side: OtherSide) -> HttpCall:
    """The day's messages to our number. A messaging service has several: then `parse_list` chooses."""
    asked = {"PageSize": str(PAGE), "DateSent": day.isoformat()}
    if not secret.get("messaging_service_sid"):
        asked["To"] = secret.get("from_number", "")
    url, auth = twilio.messages(secret, other_side.api_url)
    return HttpCall("GET", f"{url}?{urlencode(asked)}", {"accept": "application/json"}, auth=auth)


def parse_list(status: int, body: bytes, secret: Mapping[str, str], other_side: OtherSide) -> ListPage:
    """What came in for us, as the webhook would have brought it. Raises TryAgain."""
    try:
        told = json.loads(body) if status == 200 else {}
        pieces = tuple(_piece(one) for one in told["messages"] if _came_to_us(one, secret))
        return ListPage(pieces, _more(told["next_page_uri"], secret, other_side))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TryAgain(f"twilio's list is none (status {status})") from error


def _piece(message: Mapping[str, Any]) -> Piece:
    pairs = [(ours, str(message[name])) for name, ours in FIELDS.items() if message.get(name) is not None]
    sent_at = parsedate_to_datetime(message["date_sent"] or message["date_created"])
    return replace(inbound.piece(pairs), sent_at=sent_at)


def _came_to_us(message: Mapping[str, Any], secret: Mapping[str, str]) -> bool:
    """Other numbers of the account may belong to somebody else's application."""
    service = secret.get("messaging_service_sid", "")
    ours = message["to"] == secret.get("from_number") or (
        bool(service) and message.get("messaging_service_sid") == service
    )
    return message["direction"] == "inbound" and ours


def _more(uri: str | None, secret: Mapping[str, str], other_side: OtherSide) -> HttpCall | None:
    """The next page, a path below our own list: the token goes nowhere else."""
    if not uri:
        return None
    url, auth = twilio.messages(secret, other_side.api_url)
    path, _, query = uri.partition("?")
    if not url.endswith(path):
        raise ValueError("the next page lies elsewhere")
    return HttpCall("GET", f"{url}?{query}", {"accept": "application/json"}, auth=auth)
