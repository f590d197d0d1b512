"""The call that is answered: what it hears, and the addresses at which the carrier asks on."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from functions.channels.voice.asked import STATUS, Asked
from shared.domain.channel.call_place import HOLDS, CallPlace, sign
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.signed import LONGEST

DOOR = "/webhooks/voice"
MUSIC = "/hold.wav"


@dataclass(frozen=True, slots=True)
class Line:
    """`place` is what all addresses of this call say; `until` in it is the same for all, so that a repeated
    request gets the same document. `key` signs them.
    """

    place: CallPlace
    public_url: str
    key: str = field(repr=False)

    @property
    def language(self) -> str:
        return self.place.language

    def asks(self, what: str, **more: Any) -> str:
        """Where the carrier gets the words that follow."""
        return f"{self._door}?t={self._token(what, more)}"

    def tells(self, what: str, **more: Any) -> str:
        """Where the carrier tells what became of it."""
        return f"{self._door}{STATUS}?t={self._token(what, more)}"

    @property
    def music(self) -> str:
        return f"{self.public_url.rstrip('/')}{MUSIC}"

    @property
    def _door(self) -> str:
        return f"{self.public_url.rstrip('/')}{DOOR}"

    def _token(self, what: str, more: dict[str, Any]) -> str:
        place = replace(self.place, **({"flow": None, "masked": False} | more), what=what)
        token = sign(place, self.key)
        while len(token) > LONGEST and place.flow and place.flow.collected:
            place = _shorter(place, place.flow)
            token = sign(place, self.key)
        return token


def _shorter(place: CallPlace, flow: FlowPlace) -> CallPlace:
    """Without the first answer to the flow: an address may not be of any length."""
    return replace(place, flow=replace(flow, collected=flow.collected[1:]))


def line_of(asked: Asked, language: str, key: str, public_url: str, at: datetime) -> Line:
    """The call of a request; `language` is what is spoken where its token says none."""
    place = asked.place or CallPlace("", at + HOLDS)
    spoken = place.language or language
    return Line(replace(place, sid=asked.sid, address=asked.customer, language=spoken), public_url, key)
