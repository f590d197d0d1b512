"""A menu may end in a call: who is handed over waits for one instead of staying on the line."""

from dataclasses import replace

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.channel.arrival import Left
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import ContactState
from shared.domain.flow.check import faults as wrong
from shared.domain.flow.flow import Flow, Step, StepKind
from shared.domain.queue import Queue
from shared.domain.timeline.entry import Kind
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

NUMBER = Address("phone", "+821055556666")
CALLED = Step("human", StepKind.HAND_OVER, {"en": "Thank you.", "ko": "감사합니다."}, callback=True)
ASKED = Step("number", StepKind.COLLECT, {"en": "Your number?", "ko": "번호?"}, next="human", least=7)
FLOW = Flow("call", (ASKED, CALLED))


def scene(flow: Flow = FLOW, **centre: object) -> RuleScene:
    told = {"flow": flow.name, **centre}
    return RuleScene(World(settings=FixedSettings(Centre(**told), [flow])))  # type: ignore[arg-type]


def test_the_number_that_was_typed_is_called() -> None:
    centre = scene()
    centre.chat("Hello")

    centre.chat("010-5555-6666")

    contact = centre.visitor_head().cases[0].contact
    assert contact.callback == Callback(NUMBER)
    assert centre.entries(Kind.MESSAGE_SENT)[-1].text == (
        "Thank you.\nWe will call the number ending in 6666 when it is your turn. You need not wait here."
    )
    assert [line.kind for line in centre.entries()[-2:]] == [Kind.HANDED_OVER, Kind.CALLBACK_REQUESTED]
    assert faults(centre.world.store) == []


def test_who_leaves_then_is_called_all_the_same() -> None:
    centre = scene()
    centre.chat("Hello")
    centre.chat("010-5555-6666")

    centre.does(Left())

    assert len(centre.visitor_head().cases) == 1


def test_who_wrote_from_a_number_need_not_type_one() -> None:
    asks = Step("go", StepKind.COLLECT, {"en": "Order?", "ko": "주문?"}, next="human")
    centre = scene(Flow("call", (asks, CALLED)))
    centre.sms("Hello")

    centre.sms("12")

    assert centre.head().cases[0].contact.callback == Callback(Address("phone", "+821012345678"))


def test_a_number_that_cannot_be_called_waits_on_the_line() -> None:
    centre = scene()
    centre.chat("Hello")

    centre.chat("1234567")

    contact = centre.visitor_head().cases[0].contact
    assert (contact.callback, contact.state) == (None, ContactState.WAITING)
    assert centre.entries(Kind.CALLBACK_REQUESTED) == []


def test_a_queue_that_takes_no_callbacks_has_them_wait_on_the_line() -> None:
    centre = scene(queues=(Queue(callback=False),))
    centre.chat("Hello")

    centre.chat("010-5555-6666")

    assert centre.visitor_head().cases[0].contact.callback is None


@pytest.mark.parametrize("kind", [StepKind.END, StepKind.SURVEY])
def test_only_a_hand_over_can_end_in_a_call(kind: StepKind) -> None:
    flow = replace(FLOW, steps=(ASKED, Step("human", kind, callback=True)))

    assert [fault.sentence for fault in wrong(flow, ("en",), (), ("main",))] == [
        "Only a `hand_over` can end in a `callback`."
    ]
