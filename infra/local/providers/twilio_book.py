"""What the stand-in Twilio knows: messages both ways, who said STOP, and how it was told to behave."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from infra.local.providers.kit import Orders, arranged
from infra.local.providers.twilio_media import MediaFile
from shared.domain.channel.segments import segments

STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START = frozenset({"START", "YES", "UNSTOP"})
LONGEST = 1600


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer in Twilio's error shape."""

    status: int
    code: int
    message: str

    def document(self) -> dict[str, Any]:
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more, "status": self.status}


# What a control call can make the next requests answer, for a number or for all.
REFUSALS = {
    "bad_number": Refusal(400, 21211, "Invalid 'To' Phone Number"),
    "opted_out": Refusal(400, 21610, "Attempt to send to unsubscribed recipient"),
    "too_many": Refusal(429, 20429, "Too Many Requests"),
    "broken": Refusal(503, 20503, "Service unavailable"),
}
# Behaviours that take the message: what the callbacks say.
ERRORS = {"undelivered": ("30003", "undelivered"), "filtered": ("30007", "undelivered")}


@dataclass
class Text:
    """One message."""

    n: int
    sid: str
    inbound: bool
    sender: str
    to: str
    body: str
    at: datetime
    media: tuple[MediaFile, ...] = ()
    status: str = "queued"
    error_code: str = ""
    callback: str = ""

    def between(self) -> tuple[str, str]:
        return self.sender, self.to

    def shown(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "at": self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "direction": "inbound" if self.inbound else "outbound",
            "from": self.sender,
            "to": self.to,
            "text": self.body,
            "media": len(self.media),
            "files": [{"type": file.type, "path": f"/files/{file.sid}"} for file in self.media],
            "state": self.status,
            "id": self.sid,
        }

    def resource(self, account: str) -> dict[str, Any]:
        """Twilio's Message resource."""
        date = format_datetime(self.at, usegmt=True).replace("GMT", "+0000")
        return {
            "account_sid": account,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": date,
            "date_sent": date,
            "direction": "inbound" if self.inbound else "outbound-api",
            "error_code": int(self.error_code) if self.error_code else None,
            "from": self.sender,
            "messaging_service_sid": None,
            "num_media": str(len(self.media)),
            "num_segments": str(max(1, segments(self.body))),
            "sid": self.sid,
            "status": self.status,
            "to": self.to,
            "uri": f"/2010-04-01/Accounts/{account}/Messages/{self.sid}.json",
        }

    def webhook(self, account: str, twilio: str = "") -> dict[str, str]:
        """What Twilio posts about an incoming message; `twilio` is the address of its interface."""
        there = f"{twilio}/2010-04-01/Accounts/{account}/Messages/{self.sid}/Media"
        media = {f"MediaUrl{i}": f"{there}/{file.sid}" for i, file in enumerate(self.media)}
        kinds = {f"MediaContentType{i}": file.type for i, file in enumerate(self.media)}
        more = {
            "ToCountry": "KR",
            "SmsMessageSid": self.sid,
            "NumMedia": str(len(self.media)),
            "NumSegments": str(max(1, segments(self.body))),
            "Body": self.body,
        }
        return more | self._common(account) | media | kinds

    def report(self, account: str, error_code: str) -> dict[str, str]:
        """What Twilio posts about the state of a message it sent."""
        error = {"ErrorCode": error_code} if error_code else {}
        return {"MessageStatus": self.status} | self._common(account) | error

    def _common(self, account: str) -> dict[str, str]:
        return {
            "SmsSid": self.sid,
            "SmsStatus": self.status,
            "MessageSid": self.sid,
            "AccountSid": account,
            "From": self.sender,
            "To": self.to,
            "ApiVersion": "2010-04-01",
        }


@dataclass
class Book:
    own_number: str
    texts: list[Text] = field(default_factory=list)
    opted_out: set[str] = field(default_factory=set)
    orders: Orders = field(default_factory=lambda: Orders(frozenset(REFUSALS) | frozenset(ERRORS)))

    def add(self, *, inbound: bool, sender: str, to: str, body: str, sid: str = "", **more: Any) -> Text:
        n = len(self.texts) + 1
        sid = sid or "SM" + sha256(f"{n}{sender}{to}{datetime.now(UTC)}".encode()).hexdigest()[:32]
        text = Text(n, sid, inbound, sender, to, body, datetime.now(UTC), **more)
        self.texts.append(text)
        return text

    def heed(self, sender: str, body: str) -> None:
        """Twilio itself blocks who says STOP, and tells nobody but the next request to send."""
        word = body.strip().upper()
        if word in STOP:
            self.opted_out.add(sender)
        elif word in START:
            self.opted_out.discard(sender)

    def refusal(self, to: str, sender: str, body: str, manner: str, files: int = 0) -> Refusal | None:
        """Why Twilio would not take this message."""
        if manner in REFUSALS:
            return REFUSALS[manner]
        if to in self.opted_out:
            return REFUSALS["opted_out"]
        if not (to.startswith("+") and to[1:].isdecimal() and 8 <= len(to) <= 16):
            return REFUSALS["bad_number"]
        if sender != self.own_number:
            return Refusal(
                400, 21606, "The 'From' phone number provided is not a valid message-capable number"
            )
        if not body and not files:
            return Refusal(400, 21602, "Message body is required")
        return Refusal(400, 21617, "The message body is too long") if len(body) > LONGEST else None

    def callbacks(self, text: Text, manner: str) -> list[tuple[str, str]]:
        """(status, error code) in the order they go out: every second message gets them in the wrong one."""
        if manner in ERRORS:
            code, status = ERRORS[manner]
            return [("sent", ""), (status, code)]
        sent = sum(not other.inbound for other in self.texts[: text.n])
        return arranged([("sent", ""), ("delivered", "")], manner, turned=sent % 2 == 0)
