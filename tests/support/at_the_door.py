"""A telephone at the door of the calls alone: what it hears, and what the door enqueued. No router is there.

door = AtTheDoor(world, monkeypatch)
line = door.ring("+821055500101")
line.press("1")
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from functions.channels.voice import inbound
from functions.channels.voice.app import handler
from infra.local.stepper import Answered, Fault
from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.channel.arrival import Arrival, Ignored
from shared.domain.channel.call_place import CallPlace, sign, verify
from shared.domain.channel.request import Request
from shared.domain.flow.flow import Flow
from shared.edge import wiring
from shared.providers import twilio
from tests.support.line import Line
from tests.support.webhooks import ACCOUNT, PUBLIC_URL, SECRET, TOKEN, event_of, request

OWN = "+15005550009"
CALLER = "+821055500101"
KEY = twilio.call_key(SECRET)


class AtTheDoor:
    """`documents` are all that was answered, as they were written."""

    def __init__(
        self, world: World, patch: pytest.MonkeyPatch, flow: Flow | None = None, centre: Centre | None = None
    ) -> None:
        self.world = world
        self.documents: list[str] = []
        self.lines: list[Line] = []
        self.recordings: dict[str, str] = {}
        self._numbers = count(1)
        patch.setenv("PUBLIC_URL", PUBLIC_URL)
        patch.setenv("CHANNEL_SECRET_ID", "carrier")
        world.secrets.rotate("carrier", SECRET)
        self.settle(centre or Centre(), flow)

    def settle(self, centre: Centre, flow: Flow | None = None) -> None:
        centre = replace(centre, flow=flow.name) if flow else centre
        self.world.settings = FixedSettings(centre, (flow,) if flow else ())
        wiring.use(self.world.ports())

    def ring(self, number: str = CALLER, **more: str) -> Line:
        line = Line(self, f"CA{len(self.lines) + 1:032}", number, OWN, status="in-progress")
        self.lines.append(line)
        line.follow("/webhooks/voice", {"CallStatus": "ringing", **more})
        return line

    def tells(self, url: str, line: Line, told: Mapping[str, str], fault: Fault | None = None) -> Answered:
        own = {"From": line.from_, "To": line.to, "CallStatus": line.status}
        return self.asks(self.request(url, line.sid, own | dict(told), line.direction))

    def request(self, url: str, sid: str, told: Mapping[str, str], direction: str = "inbound") -> Request:
        """As the carrier writes it; its own library agrees with our signature."""
        parts = urlsplit(url)
        form = {"CallSid": sid, "AccountSid": ACCOUNT, "From": CALLER, "To": OWN, "ApiVersion": "2010-04-01"}
        form |= {"CallStatus": "in-progress", "Direction": direction, **told}
        made = request(urlencode(form, errors="replace"), parts.path, parts.query)
        made = replace(made, id=f"request-{next(self._numbers)}")
        query = f"?{parts.query}" if parts.query else ""
        fields = dict(parse_qsl(made.body.decode(), keep_blank_values=True))
        address, given = f"{PUBLIC_URL}{parts.path}{query}", made.headers["x-twilio-signature"]
        assert RequestValidator(TOKEN).validate(address, fields, given)
        return made

    def asks(self, asked: Request) -> Answered:
        answer = handler(event_of(asked), None)
        self.documents.append(answer["body"])
        return Answered(answer["statusCode"], answer["body"], answer["headers"])

    @property
    def words(self) -> list[Arrival | Ignored]:
        """What the router gets, in order."""
        return [inbound.parse(raw) for raw in self.world.inbox.events]

    @property
    def said(self) -> Sequence[object]:
        return [word.what if isinstance(word, Arrival) else word for word in self.words]


def place_of(url: str) -> CallPlace:
    found = verify(parse_qs(urlsplit(url).query)["t"][0], KEY)
    assert found is not None
    return found


def address(place: CallPlace, door: str = "/webhooks/voice") -> str:
    return f"{PUBLIC_URL}{door}?t={sign(place, KEY)}"
