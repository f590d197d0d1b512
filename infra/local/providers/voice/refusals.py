"""What Twilio answers when it does not do what it was asked.

https://www.twilio.com/docs/api/errors
"""

from dataclasses import dataclass
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer in Twilio's error shape."""

    status: int
    code: int
    message: str

    def answer(self) -> web.Response:
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        told: dict[str, Any] = {"code": self.code, "message": self.message}
        return web.json_response(told | {"more_info": more, "status": self.status}, status=self.status)


STRANGER = Refusal(401, 20003, "Authenticate")
NOT_FOUND = Refusal(404, 20404, "The requested resource was not found")
BAD_NUMBER = Refusal(400, 21211, "Invalid 'To' Phone Number")
BAD_FROM = Refusal(400, 21210, "The source phone number provided is not yet verified for your account")
NO_URL = Refusal(400, 21205, "Url parameter is required")
BAD_TWIML = Refusal(400, 20001, "The Twiml parameter is not valid, or over 4000 characters")
BAD_EVENT = Refusal(400, 21626, "Invalid 'StatusCallbackEvent'")
NOT_IN_PROGRESS = Refusal(400, 21220, "Call is not in-progress. Cannot redirect.")
NOT_RECORDABLE = Refusal(400, 21220, "Requested resource is not eligible for recording")
BAD_STATUS = Refusal(400, 20001, "The parameter 'Status' is not valid")
# What /control can make the next requests answer.
ORDERED = {
    "bad_number": BAD_NUMBER,
    "too_many": Refusal(429, 20429, "Too Many Requests"),
    "broken": Refusal(503, 20503, "Service unavailable"),
}
