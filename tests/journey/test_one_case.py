"""One customer's way through the centre when nothing goes wrong."""

from shared.domain.entry import Delivery, Kind
from tests.support.scene import Scene

NUMBER = "+821000000001"


def adds_up(scene: Scene) -> None:
    """Accepted = handled + ignored + rejected + duplicates + delivery states + waiting; nothing broke."""
    ledger = scene.ledger()
    assert ledger.adds_up, ledger.lines
    assert scene.stepper.errors == []


def test_an_sms_is_offered_accepted_answered_and_delivered() -> None:
    scene = Scene()
    desk = scene.agent()

    assert scene.sms(NUMBER, "Where is my order?").status == 200
    scene.run()
    (offer,) = desk.offers()
    case = desk.accept()
    scene.run()
    answer = desk.reply(case, "sms", "On its way.")
    scene.run()
    scene.report_all()
    scene.run()

    assert offer["preview"] == "Where is my order?"
    assert answer.status == 202
    assert scene.provider.to(NUMBER) == ["On its way."]
    kinds = [entry.kind for entry in scene.timeline(scene.customer(NUMBER))]
    assert kinds == [Kind.MESSAGE_RECEIVED, Kind.OFFER_MADE, Kind.ASSIGNED, Kind.MESSAGE_SENT]
    assert scene.timeline(scene.customer(NUMBER))[-1].delivery is Delivery.DELIVERED
    adds_up(scene)
