"""A centre in memory with its people: customers on phones and in chats, agents at desks, a provider."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from functions.channels.chat import app as chat
from infra.local.providers.twilio_book import Book
from infra.local.providers.twilio_list import listed
from infra.local.stepper import Answered, Doors, Fault, MemoryGround, Stepper
from infra.local.stepper.ground import Ground
from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.centre import Centre
from shared.domain.change import Ref
from shared.domain.channel.carriage import HttpAnswer, HttpCall
from shared.domain.channel.ledger import Ledger
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.flow.flow import Flow
from shared.domain.staffing import Member
from shared.domain.timeline.entry import Entry
from shared.domain.times import local_day
from shared.edge.pace import Pace
from shared.ports import Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.report.compare_names import CompareNames
from shared.use_cases.report.read_ledger import ReadLedger
from shared.use_cases.routing.add_staff import AddStaff
from tests.support.webhooks import ACCOUNT, FORM, SECRET, request

NUMBER = "+821000000001"
OWN_NUMBER = "+15005550006"
SHOP = "https://shop.example.test"
DESK = "https://desk.example.test"


@dataclass(frozen=True, slots=True)
class Text:
    """An SMS the provider was asked to send."""

    sid: str
    to: str
    body: str
    callback: str
    files: tuple[str, ...] = ()


@dataclass
class Provider:
    """Takes every message, and reports on it when asked to. `book` is its list of what customers sent."""

    texts: list[Text] = field(default_factory=list)
    book: Book = field(default_factory=lambda: Book(OWN_NUMBER))

    def __call__(self, call: HttpCall) -> HttpAnswer:
        if call.method == "GET":
            asked = dict(parse_qsl(urlsplit(call.url).query))
            return HttpAnswer(200, json.dumps(listed(self.book.texts, ACCOUNT, asked)).encode())
        pairs = parse_qsl(call.body.decode(), keep_blank_values=True)
        form, files = dict(pairs), tuple(value for name, value in pairs if name == "MediaUrl")
        sid = f"SM{len(self.texts) + 1:032}"
        self.texts.append(Text(sid, form["To"], form["Body"], form["StatusCallback"], files))
        return HttpAnswer(201, f'{{"sid": "{sid}"}}'.encode())

    def to(self, number: str) -> list[str]:
        return [text.body for text in self.texts if text.to == number]


class WholeScene:
    """`run` lets everything happen that can happen now."""

    def __init__(
        self,
        chance: random.Random | None = None,
        centre: Centre | None = None,
        on: Callable[[World], Ground] | None = None,
        flows: Sequence[Flow] = (),
        members: Sequence[Member] = (),
    ) -> None:
        """`on` makes another ground than memory. Nobody has sent frames too fast yet."""
        chat.in_time, chat.at_ease = Pace(), Pace(chat.LOOKS)
        self.world = World(settings=FixedSettings(centre, flows, members=members))
        self.provider = Provider()
        self.world.http.answer = self.provider
        self.stepper = Stepper(on(self.world) if on else self.world, chance)
        self.store: Store = self.stepper.ground.ports["store"]
        told = self.stepper.ground.variables
        self.world.secrets.rotate(told("SmsWebhook")["CHANNEL_SECRET_ID"], SECRET)
        self.world.secrets.rotate(told("MediaFetcher")["SMS_SECRET_ID"], SECRET)
        self.world.secrets.rotate(told("PublicApi")["CHANNEL_SECRET_ID"], {"key": "visitors-key"})
        self.doors = Doors(self.stepper)
        self._sids = 0

    def run(self, **how: Any) -> None:
        self.stepper.run(**how)

    def live(self, seconds: float, **how: Any) -> None:
        self.stepper.live(seconds, **how)

    @property
    def ground(self) -> MemoryGround:
        """For who looks into the models."""
        assert isinstance(self.stepper.ground, MemoryGround)
        return self.stepper.ground

    # ------------------------------------------------------------------ customers

    def sms(
        self, number: str, text: str, sid: str = "", fault: Fault | None = None, files: Sequence[str] = ()
    ) -> Answered:
        """A customer's SMS, with files at these addresses; the same `sid` again is the provider delivering
        twice.
        """
        self._sids += 1
        sid = sid or f"SMin{self._sids:030}"
        form = {"MessageSid": sid, "From": number, "To": OWN_NUMBER, "Body": text}
        form |= {"NumMedia": str(len(files))} | {f"MediaUrl{n}": url for n, url in enumerate(files)}
        return self._signed("/webhooks/sms", "", form, fault)

    def lost_sms(self, number: str, text: str) -> str:
        """A customer's SMS that stands in the provider's list, and of which no webhook told; its sid."""
        kept = self.provider.book.add(
            inbound=True, sender=number, to=OWN_NUMBER, body=text, status="received"
        )
        kept.at = self.world.clock()
        return kept.sid

    def report(self, text: Text, state: str, fault: Fault | None = None) -> Answered:
        """The provider's word on one of our messages."""
        form = {"MessageSid": text.sid, "MessageStatus": state, "To": text.to, "From": OWN_NUMBER}
        callback = urlsplit(text.callback)
        return self._signed(callback.path, callback.query, form, fault)

    def report_all(self, state: str = "delivered") -> None:
        for text in self.provider.texts:
            self.report(text, state)

    def _signed(self, path: str, query: str, form: Mapping[str, str], fault: Fault | None) -> Answered:
        made = request(urlencode(form), path, query)
        headers = dict(made.headers) | {"content-type": FORM}
        return self.doors.post(path, made.body, headers, query, fault)

    def visitor(self, token: str = "", language: str = "en") -> "Visitor":
        """A browser opens the widget, new or with the token it kept."""
        told = self.doors.post(
            "/public/chat/ticket",
            json.dumps({"visitor": token, "language": language}).encode(),
            {"origin": SHOP, "content-type": "application/json"},
        ).told
        return Visitor(self, str(told["visitor"]), self.doors.connect("ChatSocketApi", told["ticket"], SHOP))

    # ------------------------------------------------------------------ staff

    def agent(self, name: str = "one", available: bool = True, phone: str = "") -> "Desk":
        """Their login is their name."""
        AddStaff(self.store, self.world.now)(name, f"Agent {name}", login=name, phone=phone)
        desk = Desk(self, name)
        if available:
            desk.presence("available")
            self.run()
        return desk

    # ------------------------------------------------------------------ what can be asked of the table

    def customer(self, number: str) -> str:
        """The customer (root) a number leads to."""
        owner = self.store.get(Ref(AddressOwner, canonical(Address("phone", number), "KR", "")))
        assert owner is not None, f"nobody has {number}"
        return owner.root

    def head(self, customer_id: str) -> Head:
        return head_of(self.store, customer_id)

    def heads(self) -> list[Head]:
        return [item for item in self.world.store.items.values() if isinstance(item, Head)]

    def timeline(self, customer_id: str) -> list[Entry]:
        """Everything under this id, in seq order."""
        return list(self.store.find(Entry, customer_id, limit=1000))

    def entries(self) -> list[Entry]:
        return [item for item in self.world.store.items.values() if isinstance(item, Entry)]

    def ledger(self) -> Ledger:
        world = self.world
        day = local_day(world.clock(), world.settings.centre().zone)
        ports = self.stepper.ground.ports
        names = CompareNames(self.store, ports["journal"], world.settings, world.clock)
        return ReadLedger(self.store, ports["witness"], world.settings)(day, names.open())


@dataclass
class Visitor:
    """A browser with the chat widget open."""

    scene: WholeScene
    token: str
    connection: str
    _said: int = 0

    def say(self, text: str, id: str = "", fault: Fault | None = None) -> None:
        self._frame({"action": "message", "id": id or self._id(), "text": text}, fault)

    def ask_code(self, phone: str) -> None:
        self._frame({"action": "ask_code", "id": self._id(), "phone": phone})

    def ask_call(self, phone: str, at: str = "") -> None:
        self._frame({"action": "callback", "id": self._id(), "phone": phone, "at": at})

    def cancel_call(self) -> None:
        self._frame({"action": "no_callback", "id": self._id()})

    def place(self) -> dict[str, Any]:
        """What the widget is told of the queue."""
        self._frame({"action": "place"})
        told = [frame for frame in self.frames() if frame["type"] == "place"]
        return dict(told[-1])

    def times(self) -> dict[str, Any]:
        """When a call may be promised."""
        self._frame({"action": "times"})
        told = [frame for frame in self.frames() if frame["type"] == "times"]
        return dict(told[-1])

    def score(self, score: int) -> None:
        self._frame({"action": "survey", "id": self._id(), "score": score})

    def leave(self) -> None:
        self._frame({"action": "leave"})

    def acknowledge(self) -> None:
        """The widget showed what it got."""
        for frame in self.shown():
            self._frame({"action": "ack", "seq": frame["seq"]})

    def shown(self) -> list[dict[str, Any]]:
        """Messages on the screen, each seq once as the widget does it."""
        frames = self.frames()
        return list({f["seq"]: f for f in frames if f["type"] == "message"}.values())

    def frames(self) -> list[Any]:
        return self.scene.world.chat_sockets.frames[self.connection]

    @property
    def id(self) -> str:
        return self.token.split(".")[1]

    @property
    def customer(self) -> str:
        owner = self.scene.store.get(Ref(AddressOwner, Address("visitor", self.id)))
        assert owner is not None, "this visitor never said anything"
        return owner.root

    def _frame(self, frame: Mapping[str, Any], fault: Fault | None = None) -> None:
        self.scene.doors.frame(self.connection, frame, fault)

    def _id(self) -> str:
        self._said += 1
        return f"frame-{self.connection.strip('=')}-{self._said:04}"


@dataclass
class Desk:
    """An agent and what they can do on the desk; answers are those of the staff API."""

    scene: WholeScene
    id: str
    _keys: int = 0

    def presence(self, presence: str) -> Answered:
        return self.ask("PUT", "/me/presence", {"presence": presence})

    def me(self) -> Any:
        return self.ask("GET", "/me").told

    def offers(self) -> list[Any]:
        return list(self.me()["offers"])

    def accept(self) -> dict[str, str]:
        """Accept what is offered; whose case it is."""
        (offer,) = self.offers()
        told = self.ask("POST", f"/offers/{offer['offer_id']}/accept").told
        assert "case_id" in told, told
        return dict(told)

    def reply(self, case: Mapping[str, str], channel: str, text: str, key: str = "", **more: Any) -> Answered:
        told = {"channel": channel, "text": text, "version": 0, **more}
        return self._on(case, "replies", key, told)

    def note(self, case: Mapping[str, str], text: str) -> Answered:
        return self._on(case, "notes", "", {"text": text})

    def close(self, case: Mapping[str, str], disposition: str = "solved") -> Answered:
        return self._on(case, "close", "", {"disposition": disposition})

    def called(self, case: Mapping[str, str], answered: bool) -> Answered:
        """Whether the customer who is to be called answered."""
        return self._on(case, "calls", "", {"answered": answered})

    def on_call(self, case: Mapping[str, str], act: str, **told: Any) -> Answered:
        """What an agent does with a call."""
        return self._on(case, "calls", "", {"act": act, **told})

    def hand_on(self, case: Mapping[str, str], to: str, note: str) -> Answered:
        return self._on(case, "transfer", "", {"to": to, "note": note})

    def promise(self, case: Mapping[str, str], phone: str, at: str) -> Answered:
        return self._on(case, "callback", "", {"phone": phone, "at": at})

    def card(self, customer_id: str) -> Any:
        return self.ask("GET", f"/customers/{customer_id}").told

    def ask(self, method: str, path: str, told: object = None, fault: Fault | None = None) -> Answered:
        named = {"sub": self.id, "name": f"Agent {self.id}", "email": self.id}
        claims = {**named, "token_use": "id", "cognito:groups": ["agent"]}
        return self.scene.doors.staff(claims, method, path, told, fault=fault)

    def _on(self, case: Mapping[str, str], what: str, key: str, told: Mapping[str, Any]) -> Answered:
        self._keys += 1
        named = {"key": key or f"key-{self.id}-{self._keys:04}", "customer_id": case["customer_id"], **told}
        return self.ask("POST", f"/cases/{case['case_id']}/{what}", named)


def adds_up(scene: WholeScene) -> None:
    """Accepted = handled + ignored + rejected + duplicates + delivery states + waiting; nothing broke."""
    ledger = scene.ledger()
    assert ledger.adds_up, ledger.lines
    assert scene.stepper.errors == []


def prove(scene: WholeScene, visitor: Visitor) -> None:
    """The visitor types the code that came by SMS."""
    visitor.ask_code(NUMBER)
    scene.run()
    code = next(word for word in scene.provider.to(NUMBER)[-1].split() if word.isdecimal())
    visitor.say(code)
    scene.run()
