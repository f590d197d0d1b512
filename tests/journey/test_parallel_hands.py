"""Ten hands read each shard of the stream, each at its own pace: to a customer everything leaves in order."""

import random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from infra.local.stepper import AFTER, BEFORE, TWICE, Delivery, Fault
from tests.support.whole_scene import NUMBER, WholeScene, adds_up

OTHER = "+821000000077"
PUBLISHER = "EventPublisher"


def test_the_publisher_and_the_notifier_have_ten_hands() -> None:
    plan = WholeScene().ground.plan

    assert {plan.sources[f"{name}Source"].hands for name in (PUBLISHER, "DeskNotifier")} == {10}


@settings(
    max_examples=12, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(seed=st.integers(0, 2**32))
def test_replies_leave_in_order_whichever_hand_is_fastest(seed: int) -> None:
    chance = random.Random(seed)
    scene = WholeScene(chance)
    desk = scene.agent()
    cases = {}
    for number in (NUMBER, OTHER):
        scene.sms(number, "Hi")
        scene.run()
        cases[number] = desk.accept()
        scene.run()
    said: dict[str, list[str]] = {number: [] for number in cases}

    def strike(delivery: Delivery) -> Fault | None:
        return chance.choice((TWICE, BEFORE, AFTER)) if chance.random() < 0.2 else None

    for n in range(25):
        number = chance.choice(list(cases))
        for _ in range(chance.randint(0, 4)):
            desk.note(cases[number], "between two replies")
        desk.reply(cases[number], "sms", f"reply {n}")
        said[number].append(f"reply {n}")
        for _ in range(chance.randint(0, 3)):
            if pending := scene.stepper.pending():
                chosen = chance.choice(pending)
                scene.stepper.deliver(chosen.function, fault=strike(chosen))
    scene.live(400)

    for number, texts in said.items():
        assert scene.provider.to(number) == texts
    adds_up(scene)
