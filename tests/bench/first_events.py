"""The first event each function may get, and the table as it stands then: taken from a day in the stepper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from infra.local.stepper import Fault, Stepper
from infra.twins.world import World
from shared.adapters.table import key, ref_of, to_image
from tests.bench.canned import Table
from tests.support.exchange import AGENT_PHONE, Exchange
from tests.support.post import Post, written
from tests.support.whole_scene import Desk, WholeScene

NUMBER = "+821012345678"
NOWHERE = "https://169.254.169.254/photo"  # refused without asking anybody for it


@dataclass(frozen=True, slots=True)
class First:
    """`variables` are the function's own, as the template gives them."""

    function: str
    handler: str
    event: Mapping[str, Any]
    table: Table
    variables: Mapping[str, str]


class Watching(Stepper):
    """Keeps the first event of each function that is not a socket's opening."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.firsts: dict[str, First] = {}
        self._world = world

    def invoke(self, function: str, event: Mapping[str, Any], fault: Fault | None = None) -> Any:
        opening = event.get("requestContext", {}).get("eventType") in ("CONNECT", "DISCONNECT")
        if function not in self.firsts and not opening:
            table = {key(ref_of(item)): to_image(item) for item in self._world.store.items.values()}
            variables = self.ground.variables(function)
            self.firsts[function] = First(function, self.plan.handlers[function], event, table, variables)
        return super().invoke(function, event, fault)


def first_events() -> dict[str, First]:
    """Of every function in the template, in its order."""
    scene = WholeScene()
    scene.world.clock.to(max(scene.world.clock(), datetime.now(UTC)))  # whoever reads it reads it now
    stepper = scene.stepper = Watching(scene.world)
    scene.doors = type(scene.doors)(stepper)
    _a_day(scene)
    missing = set(stepper.plan.handlers) - set(stepper.firsts)
    assert not missing, f"nothing happened to {missing}"
    return {name: stepper.firsts[name] for name in stepper.plan.handlers}


def _a_mail(scene: WholeScene, desk: Desk) -> None:
    Post(scene).bring(written("Hello, and what about the other one?"))
    scene.run()
    desk.reply(desk.accept(), "email", "It follows tomorrow.")
    scene.run()


def _a_call(scene: WholeScene) -> None:
    """A caller is put through to an agent, and hangs up."""
    exchange = Exchange(scene)
    scene.live(61)  # after the work that followed what came before
    desk = scene.agent("two", phone=AGENT_PHONE)
    line = exchange.ring(NUMBER)
    scene.run()
    desk.accept()
    scene.run()
    exchange.ringing(AGENT_PHONE).pick_up()
    scene.run()
    line.hang_up()
    scene.run()


def _a_day(scene: WholeScene) -> None:
    """An SMS and a chat are answered, delivered, closed and scored; the night's work is done."""
    desk = scene.agent()
    scene.sms(NUMBER, "Hello, where is my order?", files=[NOWHERE])
    scene.run()
    case = desk.accept()
    scene.doors.connect(
        "DeskSocketApi", desk.ask("POST", "/socket-ticket").told["ticket"], "https://desk.example.test"
    )
    scene.doors.frame("DeskSocketApi-1=", {"action": "watch", "customer_id": case["customer_id"]})
    desk.reply(case, "sms", "It left our house this morning.")
    scene.run()
    scene.report_all()
    visitor = scene.visitor()
    visitor.say("And what does it cost?")
    scene.run()
    chat = desk.accept()
    desk.reply(chat, "chat", "Nothing at all.")
    scene.run()
    visitor.acknowledge()
    desk.close(case)
    _a_mail(scene, desk)
    scene.live(61)
    _a_call(scene)
    for function in ("Timekeeper", "RawCompactor", "ReportExporter", "SmsComparer", "TextMerger"):
        scene.stepper.tick(function)
    scene.stepper.invoke(
        "Reconciler", {"check": True}
    )  # by itself it fails in the hour before it must be done
    boss = {"sub": "boss", "token_use": "id", "name": "Boss", "cognito:groups": ["supervisor", "admin"]}
    for path in ("/figures", "/ledger"):
        assert scene.doors.staff(boss, "GET", path).status == 200
    assert scene.stepper.errors == []
