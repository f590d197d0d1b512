"""The stepper stands on other grounds as well: the same way over real requests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial

import pytest

from infra.local.stepper.ground import Ground
from infra.local.stepper.in_process import InProcess
from infra.local.stepper.on_embedded import embedded_ground
from infra.local.stepper.on_moto import moto_ground
from infra.twins.world import World
from shared.domain.timeline.entry import Delivery, Kind
from tests.support.whole_scene import NUMBER, WholeScene, adds_up

On = Callable[[World], Ground]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory, patient_clients: None) -> InProcess:
    made = InProcess(tmp_path_factory.mktemp("in_process"))
    made.start()
    return made


@pytest.fixture(params=["moto", pytest.param("embedded", marks=pytest.mark.embedded)])
def on(request: pytest.FixtureRequest) -> Iterator[On]:
    make: Callable[[World], AbstractContextManager[Ground]] = moto_ground
    if request.param == "embedded":
        make = partial(embedded_ground, request.getfixturevalue("emulator"))
    with ExitStack() as left:
        yield lambda world: left.enter_context(make(world))


def test_an_sms_is_answered_scored_and_counted_on_every_ground(on: On) -> None:
    scene = WholeScene(on=on)
    desk = scene.agent()

    scene.sms(NUMBER, "Where is my order?")
    scene.run()
    case = desk.accept()
    desk.reply(case, "sms", "On its way.")
    scene.run()
    scene.report_all()
    scene.run()
    desk.close(case)
    scene.run()
    scene.sms(NUMBER, "5")
    scene.run()

    lines = scene.timeline(scene.customer(NUMBER))
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert [line.kind for line in lines][-3:] == [
        Kind.CASE_CLOSED,
        Kind.SURVEY_ASKED,
        Kind.SURVEY_ANSWERED,
    ]
    assert next(line for line in lines if line.kind is Kind.MESSAGE_SENT).delivery is Delivery.DELIVERED
    adds_up(scene)


def test_time_moves_the_services_too(on: On) -> None:
    scene = WholeScene(on=on)
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    scene.run()
    assert len(desk.offers()) == 1

    scene.stepper.advance(31)
    scene.run()

    assert desk.offers() == []
