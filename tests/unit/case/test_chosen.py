"""A choice that was pressed is a message of its label, and says which choice of which question it was."""

from dataclasses import replace

from shared.domain.address.address import Address
from shared.domain.change import Put
from shared.domain.channel.receipt import Mark, Outcome
from shared.domain.timeline.choice import Choice, Chosen
from shared.domain.timeline.entry import Entry, Kind
from tests.support.rule_scene import VISITOR, RuleScene

CHOICES = (Choice("delivery", "Delivery"), Choice("refund", "Refund"))
ANOTHER = "01KDXZ8E000000000000000002"


def asked() -> tuple[RuleScene, Entry]:
    """A visitor who was asked something with two choices."""
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    scene.accept()
    head = scene.visitor_head()
    said = scene.answering().reply(
        "one", head.customer_id, head.cases[0].id, "chat", None, "What?", "key-0001"
    )
    question = replace(said, choices=CHOICES)
    scene.world.store.commit(Put(question, over=said.version))
    return scene, question


def test_a_choice_is_a_message_with_its_label() -> None:
    scene, question = asked()

    assert scene.does(Chosen("refund", question.seq)) is Outcome.HANDLED

    entry = scene.entries(Kind.MESSAGE_RECEIVED)[-1]
    assert entry.text == "Refund"
    assert (entry.facts["choice"], entry.facts["choice_of"]) == ("refund", question.seq)


def test_a_choice_nobody_offered_is_ignored_with_its_reason() -> None:
    scene, question = asked()

    outcomes = {
        scene.does(Chosen("other", question.seq)),
        scene.does(Chosen("refund", question.seq + 9)),
        scene.does(Chosen("refund", question.seq), visitor=ANOTHER),
    }

    assert outcomes == {Outcome.IGNORED}
    assert {mark.reason for mark in scene.all(Mark)} == {"no_such_choice"}
    assert len(scene.entries(Kind.MESSAGE_RECEIVED)) == 1


def test_a_choice_of_what_was_asked_by_another_way_is_none() -> None:
    scene, question = asked()
    elsewhere = replace(question, way=replace(question.way, address=Address("visitor", ANOTHER)))
    scene.world.store.commit(Put(elsewhere, over=question.version))

    assert scene.does(Chosen("refund", question.seq), visitor=VISITOR) is Outcome.IGNORED
