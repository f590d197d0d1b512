"""The call budget: requests counted as they leave our clients, over moto; write units from the items' sizes.

A request more is a cost with every message: whoever adds one changes a number here, and the README's table.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from infra.local.stepper.on_moto import moto_ground
from tests.support.requests import Requests
from tests.support.whole_scene import NUMBER, Desk, WholeScene


class Counted(WholeScene):
    """A centre on moto whose requests are counted, function by function."""

    def __init__(self, on: Any) -> None:
        super().__init__(on=on)
        self.requests = Requests()
        self.requests.watch()

    def deliver(self, function: str) -> dict[str, int]:
        """The requests of one delivery."""
        self.requests.forget()
        handled = self.stepper.deliver(function)
        assert handled.records and not handled.failed, (function, handled)
        return self.requests.of()


@pytest.fixture
def scene() -> Iterator[Counted]:
    with ExitStack() as left:
        yield Counted(lambda world: left.enter_context(moto_ground(world)))


def open_case(scene: Counted) -> tuple[Desk, dict[str, str]]:
    """Somebody wrote and an agent took it; all has come to rest."""
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    scene.run()
    case = desk.accept()
    scene.run()
    return desk, case


ROUTED = {"BatchGetItem": 1, "GetItem": 1, "TransactWriteItems": 1}


def test_an_inbound_message_on_an_open_case(scene: Counted) -> None:
    open_case(scene)

    scene.requests.forget()
    scene.sms(NUMBER, "Where is my order?")

    assert scene.requests.of() == {"SendMessage": 1}
    assert scene.deliver("Router") == ROUTED
    assert (scene.requests.transaction(), scene.requests.written()) == (3, 6)
    assert scene.deliver("EventPublisher") == {"PutEvents": 1}


def test_ten_of_them_are_ten_transactions_and_one_announcement(scene: Counted) -> None:
    open_case(scene)
    for n in range(10):
        scene.sms(NUMBER, f"{n}")

    assert scene.deliver("Router") == {name: 10 * times for name, times in ROUTED.items()}
    assert scene.deliver("EventPublisher") == {"PutEvents": 1}


def test_a_new_case_and_a_new_customer(scene: Counted) -> None:
    open_case(scene)  # the settings were looked at
    scene.sms("+821000000009", "Hi")

    assert scene.deliver("Router") == {"BatchGetItem": 1, "TransactWriteItems": 1}
    assert (scene.requests.transaction(), scene.requests.written()) == (9, 18)
    # MessageReceived, CaseOpened and InteractionQueued; a wake; its silence is due in a day: a row
    assert scene.deliver("EventPublisher") == {"PutEvents": 1, "SendMessage": 1, "PutItem": 1}


def test_a_new_case_of_a_known_customer(scene: Counted) -> None:
    desk, case = open_case(scene)
    desk.close(case, "spam")
    scene.run()
    scene.stepper.advance(4 * 86_400)
    scene.sms("anonymous", "the settings are looked at again")
    scene.run()
    scene.sms(NUMBER, "Hi again")

    assert scene.deliver("Router") == ROUTED
    assert (scene.requests.transaction(), scene.requests.written()) == (6, 12)


def test_an_event_that_comes_again_costs_two_requests(scene: Counted) -> None:
    open_case(scene)
    scene.sms(NUMBER, "Hi", sid="SM0001")
    scene.run()
    scene.sms(NUMBER, "Hi", sid="SM0001")

    assert scene.deliver("Router") == {"BatchGetItem": 1, "PutItem": 1}


def test_a_reply_from_the_desk_to_the_provider_and_its_two_states(scene: Counted) -> None:
    desk, case = open_case(scene)

    scene.requests.forget()
    desk.reply(case, "sms", "On its way.", address=f"phone:{NUMBER}")

    # through the exchange that goes on: the head and the consent in one batch, no other address looked at
    assert scene.requests.of() == {"BatchGetItem": 1, "TransactWriteItems": 1}
    assert (scene.requests.transaction(), scene.requests.written()) == (3, 6)
    assert scene.deliver("EventPublisher") == {"PutEvents": 1, "SendMessage": 1}
    # the entry with what lies before it, who opted out; the claim and the outcome
    assert scene.deliver("SmsSender") == {"GetItem": 1, "Query": 1, "PutItem": 2}
    assert scene.requests.written() == 2
    scene.run()

    scene.report_all("sent")
    scene.report_all("delivered")
    assert scene.requests.of()["SendMessage"] == 2
    assert scene.deliver("DeliveryRecorder") == {"BatchGetItem": 1, "TransactWriteItems": 1}
    assert (scene.requests.transaction(), scene.requests.written()) == (2, 4)


def test_a_close_and_its_survey(scene: Counted) -> None:
    desk, case = open_case(scene)

    scene.requests.forget()
    desk.close(case)

    # head, agent, case; the exchanges of the case, some of which may have ended
    assert scene.requests.of() == {"GetItem": 3, "Query": 1, "TransactWriteItems": 1}
    # key, entry, head, case, interaction, agent, the agent's free row taken and given
    assert (scene.requests.transaction(), scene.requests.written()) == (7, 14)
    # the wake of the pool, and the timer that ends the after-contact work
    assert scene.deliver("EventPublisher") == {"PutEvents": 1, "SendMessage": 2}
    assert scene.deliver("SurveyDispatcher") == {"GetItem": 1, "BatchGetItem": 1, "TransactWriteItems": 1}
    assert (scene.requests.transaction(), scene.requests.written()) == (3, 6)


@pytest.mark.parametrize(("agents", "waiting"), [(1, 1), (8, 1), (1, 8), (4, 4)])
def test_a_look_at_the_pool_costs_the_same_however_many_there_are(
    agents: int, waiting: int, scene: Counted
) -> None:
    """One query for the pool, one for the page of the class, one batch read, a transaction for each offer,
    and one write of the classes that wait.
    """
    for n in range(waiting):
        scene.sms(f"+82100000{n:04}", "Hi")
    scene.run()
    for n in range(agents):
        scene.agent(f"a{n}", available=False).presence("available")
    quiet_but(scene, "Assigner")

    asked = scene.deliver("Assigner")

    offers = min(agents, waiting)
    assert asked["TransactWriteItems"] == offers
    assert asked["BatchGetItem"] == 1
    assert asked["Query"] == 2
    assert sum(asked.values()) <= offers + 4


def quiet_but(scene: Counted, function: str) -> None:
    """Everybody else has done their work."""
    while others := [d.function for d in scene.stepper.pending() if d.function != function]:
        scene.stepper.deliver(others[0])


def test_a_batch_of_facts_is_one_file_and_one_transaction(scene: Counted) -> None:
    open_case(scene)
    for n in range(10):
        scene.sms(NUMBER, f"{n}")
    quiet_but(scene, "ReportAggregator")

    asked = scene.deliver("ReportAggregator")

    assert asked == {"PUT s3": 1, "TransactWriteItems": 1}
    # ten markers, one line of figures, one tally
    assert scene.requests.transaction() == 12
