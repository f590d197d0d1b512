"""SMS through Twilio: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource"""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from functions.channels.sms.channel import CHANNEL
from shared.domain.channel.carriage import Basic, HttpCall, OtherSide
from shared.domain.channel.choosing import question
from shared.domain.channel.media import with_links
from shared.domain.errors import Rejected
from shared.domain.timeline.entry import Entry
from shared.providers import twilio, twilio_answers

interpret = twilio_answers.interpret


def render(entry: Entry, secret: Mapping[str, str], other_side: OtherSide) -> HttpCall:
    """The request that sends this entry, from the number the customer wrote to, else from our usual sender.

    Twilio knows no idempotency key: our own reference in the callback's address is how its answer finds
    the entry, whether or not we ever heard the SID. Raises Rejected for what it would refuse anyway.
    """
    text = with_links(entry, question(CHANNEL, entry.text, entry.choices).text, other_side.public_url)
    if not text and not entry.content.parts:
        raise Rejected("empty")
    if not CHANNEL.fits(text):
        raise Rejected("too_long")
    form = {
        "To": entry.way.reply_to,
        **_sender(entry, secret),
        "Body": text,
        "MediaUrl": [
            other_side.files[part.key] for part in entry.content.parts if part.key in other_side.files
        ],
        "StatusCallback": _callback(entry, other_side.public_url),
    }
    url, auth = twilio.messages(secret, other_side.api_url)
    return HttpCall(
        "POST",
        url,
        {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"},
        urlencode(form, doseq=True).encode(),
        auth,
    )


def credentials(secret: Mapping[str, str]) -> Basic:
    """Asked for where the account protects its media, as Twilio advises."""
    return twilio.messages(secret)[1]


def _sender(entry: Entry, secret: Mapping[str, str]) -> dict[str, str]:
    """A messaging service chooses the number itself. Raises Rejected where there is nothing to send from."""
    service = secret.get("messaging_service_sid", "")
    if entry.way.own_side or not service:
        number = entry.way.own_side or secret.get("from_number", "")
        if not number:
            raise Rejected("configuration")
        return {"From": number}
    return {"MessagingServiceSid": service}


def _callback(entry: Entry, public_url: str) -> str:
    return f"{public_url.rstrip('/')}/webhooks/sms/status?c={quote(entry.timeline)}&s={entry.seq}"
