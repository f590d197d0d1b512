"""The counted centre with its people: customers who write, agents at open desks, a provider."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from infra.cost.centre import CountedStepper
from infra.local.stepper import Doors
from shared.adapters.table import key
from shared.domain.address.address import Address
from shared.domain.change import Ref
from shared.domain.channel.carriage import HttpAnswer, HttpCall
from shared.domain.channel.fetching import Fetched
from shared.domain.channel.request import Request
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.routing.staff import Agent
from shared.providers import twilio
from shared.use_cases.routing.add_staff import AddStaff

T = TypeVar("T")
SIZE = 10
PLACES = 3  # of an agent, for messages
TOKEN = "counted"  # noqa: S105  # of no account
ACCOUNT = f"AC{0:032x}"
OWN_NUMBER, DESK = "+15005550006", "https://desk.example.test"
PHOTO = "https://api.twilio.com/2010-04-01/Accounts/AC/Messages/SM/Media/ME"
FORM = {"content-type": "application/x-www-form-urlencoded"}
# 100 characters, what a text message usually has, in the two scripts we serve
SAID = "Hello, I ordered a blue kettle last Tuesday and it still has not arrived. Could you look where it is?"
ANSWERED = (
    "안녕하세요, 주문하신 파란 주전자는 어제 물류 센터를 출발했습니다. 내일 오전에 도착할 예정이며 "
    "배송 조회 번호는 곧 보내 드리겠습니다. 기다려 주셔서 감사합니다."
)


@dataclass(frozen=True, slots=True)
class Text:
    """An SMS the provider took: where it reports on it."""

    sid: str
    callback: str


@dataclass(frozen=True, slots=True)
class Owned:
    agent_id: str
    customer_id: str
    case_id: str


@dataclass
class Shop:
    """A centre with as many customers as fit, each with a case that an agent owns at an open desk."""

    stepper: CountedStepper = field(default_factory=CountedStepper)
    texts: dict[str, Text] = field(default_factory=dict)
    desks: dict[str, str] = field(default_factory=dict)
    cases: list[Owned] = field(default_factory=list)
    _made: int = 0

    def __post_init__(self) -> None:
        self.doors = Doors(self.stepper)
        world = self.stepper.counted.world
        world.secrets.rotate("SmsSecret", {"auth_token": TOKEN, "from_number": OWN_NUMBER})
        world.http.answer = self._carry
        world.fetch.found[PHOTO] = Fetched(b"GIF89a" + bytes(100_000))
        self.world = world

    # ------------------------------------------------------------------ people

    def open(self) -> None:
        """Agents at their desks, and a case for each place of theirs."""
        for number in range(-(-SIZE // PLACES)):
            self._agent(f"agent-{number}")
        for customer in range(SIZE):
            self.says(customer, SAID)
            self.run()
            self.accept()
            self.cases.append(self._owned(customer))
            self._frame(customer, {"action": "watch", "customer_id": self.cases[customer].customer_id})

    def says(self, customer: int, text: str, files: Sequence[str] = ()) -> None:
        self._made += 1
        sid = f"SM{self._made:032x}"
        form = {
            "ToCountry": "KR", "ToState": "", "SmsMessageSid": sid, "NumMedia": "0", "ToCity": "",
            "FromZip": "", "SmsSid": sid, "FromState": "", "SmsStatus": "received", "FromCity": "",
            "Body": text, "FromCountry": "KR", "To": OWN_NUMBER, "ToZip": "", "NumSegments": "1",
            "MessageSid": sid, "AccountSid": ACCOUNT, "From": number_of(customer), "ApiVersion": "2010-04-01",
        }  # fmt: skip
        form |= {"NumMedia": str(len(files))} | {f"MediaUrl{n}": url for n, url in enumerate(files)}
        self._post("/webhooks/sms", "", form)

    def report(self, customer: int, state: str) -> None:
        """The provider's word on the last text to this customer."""
        text = self.texts[number_of(customer)]
        form = {
            "SmsSid": text.sid, "SmsStatus": state, "MessageStatus": state, "To": number_of(customer),
            "MessageSid": text.sid, "AccountSid": ACCOUNT, "From": OWN_NUMBER, "ApiVersion": "2010-04-01",
        }  # fmt: skip
        callback = urlsplit(text.callback)
        self._post(callback.path, callback.query, form)

    def replies(self, customer: int) -> None:
        """Over the desk's socket."""
        self._made += 1
        case = self.cases[customer]
        where: dict[str, str | int] = {
            "case_id": case.case_id,
            "customer_id": case.customer_id,
            "channel": "sms",
            "version": 0,
        }
        where["address"] = f"phone:{number_of(customer)}"
        self._frame(customer, {"action": "reply", "key": f"key-{self._made:026}", "text": ANSWERED, **where})

    def closes(self, customer: int) -> None:
        self._made += 1
        case = self.cases[customer]
        told = {"disposition": "solved", "key": f"key-{self._made:026}", "customer_id": case.customer_id}
        self._ask(case.agent_id, "POST", f"/cases/{case.case_id}/close", told)

    def accept(self) -> None:
        """Every agent takes what is offered to them."""
        for agent_id in self.desks:
            for place in self._agent_row(agent_id).engagements:
                if place.offer_id:
                    self._ask(agent_id, "POST", f"/offers/{place.offer_id}/accept", None)
        self.run()

    # ------------------------------------------------------------------ the machine

    def run(self, take: int | None = None, held: Sequence[str] = ()) -> None:
        """Deliver whatever can be delivered, except to the functions held back."""
        while pending := [each for each in self.stepper.pending() if each.function not in held]:
            self.stepper.deliver(pending[0].function, take)
        if self.stepper.errors:
            raise RuntimeError(f"the counted centre broke: {self.stepper.errors}")

    def wait(self, seconds: float = 20) -> None:
        self.stepper.advance(seconds)

    def _agent(self, agent_id: str) -> None:
        world = self.world
        AddStaff(world.store, world.now)(agent_id, f"Agent {agent_id}")
        ticket = self._ask(agent_id, "POST", "/socket-ticket", None)["ticket"]
        self.desks[agent_id] = self.doors.connect("DeskSocketApi", ticket, DESK)
        self._ask(agent_id, "PUT", "/me/presence", {"presence": "available"})
        self.run()

    def _ask(self, agent_id: str, method: str, path: str, told: object) -> Any:
        claims = {"sub": agent_id, "token_use": "id", "name": agent_id, "cognito:groups": ["agent"]}
        answered = self.doors.staff(claims, method, path, told)
        if answered.status >= 300:
            raise RuntimeError(f"{method} {path}: {answered.status} {answered.body}")
        return answered.told

    def _frame(self, customer: int, frame: dict[str, object]) -> None:
        self.doors.frame(self.desks[self.cases[customer].agent_id], frame)

    def _post(self, path: str, query: str, form: dict[str, str]) -> None:
        body = urlencode(form).encode()
        base = self.stepper.ground.variables("SmsWebhook")["PUBLIC_URL"]
        signed = next(twilio.signed_strings(Request("POST", path, query, FORM, body, ""), base))
        proof = twilio.signature(TOKEN.encode(), signed).decode()
        answered = self.doors.post(path, body, {**FORM, "x-twilio-signature": proof}, query)
        if answered.status != 200:
            raise RuntimeError(f"the door answered {answered.status}")

    def _carry(self, call: HttpCall) -> HttpAnswer:
        if call.method == "GET":
            return HttpAnswer(200, b'{"messages": [], "next_page_uri": null}')
        form = dict(parse_qsl(call.body.decode()))
        self._made += 1
        self.texts[form["To"]] = Text(f"SM{self._made:032x}", form["StatusCallback"])
        return HttpAnswer(201, f'{{"sid": "SM{self._made:032x}"}}'.encode())

    def _agent_row(self, agent_id: str) -> Agent:
        return self._stored(Ref(Agent, agent_id))

    def _stored(self, ref: Ref[T]) -> T:
        found: T = self.world.store.items[key(ref)]
        return found

    def _owned(self, customer: int) -> Owned:
        owner = self._stored(Ref(AddressOwner, Address("phone", number_of(customer))))
        head = self._stored(Ref(Head, owner.root))
        return Owned(head.cases[0].owner, head.customer_id, head.cases[0].id)


def number_of(customer: int) -> str:
    return f"+8210{20_000_000 + customer}"
