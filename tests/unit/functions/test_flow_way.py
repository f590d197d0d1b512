"""A menu written once, through every function: buttons in a chat, numbers by SMS, a person at the end."""

from typing import Any

from shared.domain.centre import Centre
from tests.support.flows import WELCOME
from tests.support.whole_scene import NUMBER, Visitor, WholeScene, adds_up


def scene() -> WholeScene:
    return WholeScene(centre=Centre(flow="welcome"), flows=[WELCOME])


def choose(visitor: Visitor, question: dict[str, Any], choice: str) -> None:
    id = f"choose-{question['seq']:04}-{choice}"
    frame = {"action": "choose", "id": id, "choice": choice, "of": question["seq"]}
    visitor.scene.doors.frame(visitor.connection, frame)
    visitor.scene.run()


def test_a_menu_is_walked_by_sms_and_the_agent_gets_what_was_collected() -> None:
    centre = scene()
    desk = centre.agent()

    for words in ("Hello", "1", "12345"):
        centre.sms(NUMBER, words)
        centre.run()

    assert centre.provider.to(NUMBER) == [
        "Hello\nWhat about?\n1 Delivery\n2 Card\n3 Hours\n4 Other",
        "Your order?",
    ]
    case = desk.accept()
    lines = [entry.text for entry in centre.timeline(case["customer_id"]) if entry.kind == "handed_over"]
    assert lines == ["Delivery · 12345"]
    adds_up(centre)


def test_the_same_menu_has_buttons_in_a_chat() -> None:
    centre = scene()
    desk, visitor = centre.agent(), centre.visitor()
    visitor.say("Hello")
    centre.run()

    (question,) = visitor.shown()
    assert question["shown"] == "buttons"
    assert [choice["id"] for choice in question["choices"]] == ["delivery", "card", "hours", "other"]
    assert desk.offers() == []
    choose(visitor, question, "other")
    choose(visitor, question, "other")

    assert len(desk.offers()) == 1
    adds_up(centre)


def test_who_never_answers_is_offered_to_an_agent_after_ten_minutes() -> None:
    centre = scene()
    centre.sms(NUMBER, "Hello")
    centre.live(540)
    assert len(centre.provider.to(NUMBER)) == 1

    centre.live(120)

    assert len(centre.agent().offers()) == 1
    assert centre.provider.to(NUMBER)[-1] == "We are passing you on to a person."
    adds_up(centre)


def test_digits_that_are_never_kept_are_nowhere_behind_the_door() -> None:
    centre = scene()
    card = "4929000000006789"  # no card by its sum: the mask of the door lets it pass
    for words in ("Hello", "2", f"{card[:4]} {card[4:]}"):
        centre.sms(NUMBER, words)
        centre.run()

    kept = repr((list(centre.world.store.items.values()), centre.world.files.bodies, centre.provider.texts))
    assert card[4:] not in kept
    assert [entry.text for entry in centre.entries() if entry.kind == "handed_over"] == [f"Card · {'*' * 16}"]
    adds_up(centre)
