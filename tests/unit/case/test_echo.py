"""Our side spoke elsewhere: a line of the timeline alone. What we sent ourselves is no news."""

from dataclasses import replace

import pytest

from shared.domain.address.address import Address
from shared.domain.change import Put
from shared.domain.channel.arrival import Echo
from shared.domain.channel.carriage import NoAnswer, Result, Sent
from shared.domain.channel.commands import Send
from shared.domain.channel.receipt import Mark, Outcome, Tally
from shared.domain.errors import TryAgain
from shared.domain.report.count_fact import count_fact
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import ELSEWHERE, Delivery, Entry, Kind
from shared.use_cases.channel.send_queued import SendQueued
from tests.support.named import named_by_provider
from tests.support.rule_scene import NUMBER, RuleScene

PHONE = Address("phone", NUMBER)


def echoed(
    scene: RuleScene, text: str = "From the app", provider_id: str = "P7", event_id: str = ""
) -> Outcome:
    return scene.arrives("sms", PHONE, Echo(text, provider_id), event_id)


def sent_elsewhere(scene: RuleScene) -> list[Entry]:
    return [entry for entry in scene.all(Entry) if entry.actor == ELSEWHERE]


def test_an_echo_is_a_sent_line_of_the_open_case_and_nothing_else_changes() -> None:
    scene = RuleScene()
    case = scene.taken()
    before = scene.head()

    assert echoed(scene) is Outcome.HANDLED

    (entry,) = sent_elsewhere(scene)
    assert (entry.kind, entry.delivery, entry.text) == (Kind.MESSAGE_SENT, Delivery.SENT, "From the app")
    assert (entry.case_id, entry.interaction_id) == (case.id, case.interactions[0].id)
    assert scene.head() == replace(before, version=before.version + 1)


def test_an_echo_to_somebody_without_a_case_opens_none_and_wakes_nobody() -> None:
    scene = RuleScene()

    assert echoed(scene) is Outcome.HANDLED

    (entry,) = sent_elsewhere(scene)
    assert (entry.case_id, entry.signals.wake, entry.signals.tell) == ("", "", "")
    assert scene.head().cases == ()


def test_an_echo_is_handled_in_the_ledger_and_no_message_of_the_centre() -> None:
    scene = RuleScene()
    echoed(scene)
    (entry,) = sent_elsewhere(scene)

    counted = [add for fact in facts(entry) for add in count_fact(fact, scene.world.now().centre)]

    assert [(type(add.item), add.amounts) for add in counted] == [(Tally, {"handled": 1})]


def test_the_same_echo_under_another_event_is_known() -> None:
    scene = RuleScene()
    echoed(scene)

    assert echoed(scene) is Outcome.IGNORED

    assert len(sent_elsewhere(scene)) == 1


def sending(scene: RuleScene, result: Result | NoAnswer) -> None:
    scene.taken()
    reply = scene.says("Hi")
    SendQueued(scene.world.store, named_by_provider(scene.world), lambda entry: result)(
        Send(reply.timeline, reply.seq)
    )


def test_an_echo_of_our_own_message_is_ignored_with_its_reason() -> None:
    scene = RuleScene()
    sending(scene, Sent("P1"))

    assert echoed(scene, "Hi", "P1") is Outcome.IGNORED

    assert [mark.reason for mark in scene.all(Mark)] == ["own_echo"]
    assert sent_elsewhere(scene) == []


def test_an_echo_of_a_message_whose_answer_never_came_is_known_by_its_words() -> None:
    scene = RuleScene()
    sending(scene, NoAnswer("timeout"))

    assert echoed(scene, "Hi", "P1") is Outcome.IGNORED
    assert echoed(scene, "Something else", "P2") is Outcome.HANDLED


def test_an_echo_waits_while_a_message_to_the_same_address_is_being_sent() -> None:
    scene = RuleScene()
    scene.taken()
    reply = scene.says("Hi")
    scene.world.store.commit(
        Put(replace(reply, delivery=Delivery.SENDING, version=reply.version + 1), over=reply.version)
    )

    with pytest.raises(TryAgain):
        echoed(scene, "Hi", "P1", "echo")

    assert scene.all(Mark) == [] and sent_elsewhere(scene) == []
