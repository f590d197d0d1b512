"""The stand-in Twilio's list of messages: newest first, filtered and in pages.

https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from infra.local.providers.twilio_book import Text

USUAL_SIZE, LARGEST_SIZE = 50, 1000
# Twilio writes DateSent>=2026-03-01: the name of the parameter ends with the sign.
DAYS: dict[str, Callable[[date, date], bool]] = {
    "DateSent": lambda sent, asked: sent == asked,
    "DateSent>": lambda sent, asked: sent >= asked,
    "DateSent<": lambda sent, asked: sent <= asked,
}


def listed(texts: Sequence[Text], account: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """One page. Its token is the last message it shows: what comes meanwhile moves no page."""
    found = [text for text in reversed(texts) if _asked_for(text, asked)]
    number, token = int(asked.get("Page", "0")), asked.get("PageToken", "")
    behind = [text for text in found if not token or text.n < int(token.removeprefix("PA"))]
    size = min(int(asked.get("PageSize", str(USUAL_SIZE))), LARGEST_SIZE)
    page = behind[:size]
    path = f"/2010-04-01/Accounts/{account}/Messages.json"
    more = {**asked, "Page": str(number + 1), "PageToken": f"PA{page[-1].n}"} if len(behind) > size else None
    return {
        "messages": [text.resource(account) for text in page],
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(len(page) - 1, 0),
        "uri": f"{path}?{urlencode(asked)}",
        "first_page_uri": f"{path}?{urlencode({**_filters(asked), 'Page': '0'})}",
        "previous_page_uri": None,
        "next_page_uri": f"{path}?{urlencode(more)}" if more else None,
    }


def _asked_for(text: Text, asked: Mapping[str, str]) -> bool:
    sent = text.at.date()
    days = all(fits(sent, date.fromisoformat(asked[name])) for name, fits in DAYS.items() if name in asked)
    return days and asked.get("To", text.to) == text.to and asked.get("From", text.sender) == text.sender


def _filters(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name not in ("Page", "PageToken")}
