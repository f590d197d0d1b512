"""Voice, what goes out. Put here the address of the provider's page about sending."""

import json
from collections.abc import Mapping

from functions.channels.voice.channel import CHANNEL
from shared.domain.channel.carriage import Bearer, Failed, HttpCall, Later, NoAnswer, OtherSide, Sent
from shared.domain.channel.choosing import question
from shared.domain.errors import Rejected
from shared.domain.timeline.entry import Entry


def render(entry: Entry, secret: Mapping[str, str], other_side: OtherSide) -> HttpCall:
    """The request that sends this entry, performed elsewhere. Raises Rejected for what cannot be sent."""
    text = question(CHANNEL, entry.text, entry.choices).text
    if not text:
        raise Rejected("empty")
    if not CHANNEL.fits(text):
        raise Rejected("too_long")
    body = json.dumps({"to": entry.way.reply_to, "text": text}, ensure_ascii=False).encode()
    headers = {"content-type": "application/json"}
    url = f"{other_side.api_url.rstrip('/')}/messages"
    return HttpCall("POST", url, headers, body, Bearer(secret.get("token", "")))


def interpret(status: int, body: bytes) -> Sent | Failed | Later | NoAnswer:
    """What the provider's answer means for the message. After a 5xx it may have been taken all the same, so
    it is not sent again, unless the provider's own word says that it was not.
    """
    if 200 <= status < 300:
        return Sent()
    if status >= 500:
        return NoAnswer(f"http_{status}")
    return Later(f"http_{status}") if status in (401, 429) else Failed(f"http_{status}")
