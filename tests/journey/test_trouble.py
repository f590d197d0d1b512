"""The same way when things go wrong: twice, late, in another order, or half done."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from infra.local.stepper import AFTER, BEFORE, TWICE, Crash, Delivery, Fault
from infra.local.stepper.feeds import StreamFeed
from shared.domain.centre import Centre
from shared.domain.change import Ref
from shared.domain.channel.carriage import HttpAnswer, NotSent
from shared.domain.channel.commands import Wake
from shared.domain.customer.head import ContactState, Head
from shared.domain.routing.staff import Agent, Presence, RoutingStatus, routing_status
from shared.domain.timeline.entry import Delivery as State
from shared.domain.timeline.entry import Kind
from tests.support.whole_scene import NUMBER, Desk, WholeScene, adds_up, prove

Faults = Callable[[Delivery], Fault | None]


def once_each(fault: Fault) -> Faults:
    """Each function's first delivery has this fault."""
    struck: set[str] = set()

    def strike(delivery: Delivery) -> Fault | None:
        if delivery.function in struck:
            return None
        struck.add(delivery.function)
        return fault

    return strike


def the_whole_way(scene: WholeScene, go: Callable[[], None]) -> None:
    """SMS in, accepted, answered, delivered, closed, asked, scored; `go` lets things happen."""
    desk = scene.agent()
    scene.sms(NUMBER, "Where is my order?")
    go()
    case = desk.accept()
    go()
    desk.reply(case, "sms", "On its way.")
    go()
    scene.report_all("sent")
    scene.report_all("delivered")
    go()
    desk.close(case)
    go()
    scene.sms(NUMBER, "5")
    go()


def went_well(scene: WholeScene) -> None:
    """What must hold however it went: each thing once, in order, and nothing left over."""
    customer = scene.customer(NUMBER)
    lines = scene.timeline(customer)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    once = (Kind.MESSAGE_RECEIVED, Kind.MESSAGE_SENT, Kind.CASE_CLOSED, Kind.SURVEY_ASKED)
    assert [[line.kind for line in lines].count(kind) for kind in (*once, Kind.SURVEY_ANSWERED)] == [1] * 5
    assert len(scene.provider.to(NUMBER)) == 2
    assert next(line for line in lines if line.kind is Kind.MESSAGE_SENT).delivery is State.DELIVERED
    assert scene.world.store.get(Ref(Head, customer)).cases == ()  # type: ignore[union-attr]  # they wrote
    figures = figure_sums(scene)
    assert figures["messages_received"] == figures["messages_sent"] == figures["cases_closed"] == 1
    adds_up(scene)


def figure_sums(scene: WholeScene) -> dict[str, int]:
    from shared.domain.report.figures import MEASURES, Figure

    figures = [item for item in scene.world.store.items.values() if isinstance(item, Figure)]
    return {name: sum(getattr(figure, name) for figure in figures) for name in MEASURES}


def test_every_delivery_twice_is_once() -> None:
    scene = WholeScene()

    the_whole_way(scene, lambda: scene.run(faults=lambda delivery: TWICE))

    went_well(scene)


@pytest.mark.parametrize("seed", range(5))
def test_any_order_and_any_batch_size_will_do(seed: int) -> None:
    scene = WholeScene(random.Random(seed))

    the_whole_way(scene, scene.run)

    went_well(scene)


POINTS = [replace(BEFORE, back_after=0), replace(AFTER, back_after=0), *(Crash(n, 0) for n in range(1, 9))]


@pytest.mark.parametrize("crash", POINTS, ids=str)
def test_every_function_dies_once_at_the_same_point_of_its_work(crash: Crash) -> None:
    scene = WholeScene()
    faults = once_each(crash)

    def strike(delivery: Delivery) -> Fault | None:
        """Not the sender in the middle of its work: see the next test."""
        spared = delivery.function == "SmsSender" and crash.at
        return None if spared else faults(delivery)

    the_whole_way(scene, lambda: scene.run(faults=strike))

    went_well(scene)


@pytest.mark.parametrize(("at", "called"), [(1, 1), (2, 0), (3, 0), (4, 1), (5, 1), (6, 1)])
def test_a_sender_that_dies_calls_the_provider_never_twice(at: int, called: int) -> None:
    """Before the claim nothing happened yet; from the claim on nobody knows, so nobody calls again."""
    scene = WholeScene()
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    scene.run()
    desk.reply(desk.accept(), "sms", "Hello.")

    scene.stepper.deliver("EventPublisher")
    scene.stepper.deliver("SmsSender", fault=Crash(at, 0))
    scene.live(70)

    sent = next(line for line in scene.entries() if line.kind is Kind.MESSAGE_SENT)
    assert len(scene.provider.to(NUMBER)) == called
    assert sent.delivery is (State.SENT if at in (1, 6) else State.UNKNOWN)
    adds_up(scene)


def test_a_late_word_of_the_provider_still_settles_what_nobody_knew() -> None:
    scene = WholeScene()
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    scene.run()
    desk.reply(desk.accept(), "sms", "Hello.")
    scene.stepper.deliver("EventPublisher")
    scene.stepper.deliver("SmsSender", fault=Crash(4, 0))
    scene.live(70)

    scene.report_all("delivered")
    scene.run()

    sent = next(line for line in scene.entries() if line.kind is Kind.MESSAGE_SENT)
    assert sent.delivery is State.DELIVERED
    adds_up(scene)


def owning(scene: WholeScene) -> tuple[Desk, dict[str, str]]:
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    scene.run()
    case = desk.accept()
    scene.run()
    return desk, case


def test_replies_leave_in_the_order_of_their_seq_whatever_order_the_publisher_saw() -> None:
    scene = WholeScene()
    desk, case = owning(scene)
    for word in ("one", "two", "three"):
        desk.reply(case, "sms", word)
    scene.stepper.pending()
    backlog(scene).reverse()

    while backlog(scene):
        scene.stepper.deliver("EventPublisher", take=1)
    scene.run()

    assert scene.provider.to(NUMBER) == ["one", "two", "three"]
    adds_up(scene)


def test_a_reply_on_a_channel_that_was_switched_off_meanwhile_is_failed_and_the_agent_is_told() -> None:
    scene = WholeScene()
    desk, case = owning(scene)
    outbound = scene.ground.sqs.queues["SmsOutbound"]
    outbound.plan = replace(outbound.plan, called="gone.fifo")

    desk.reply(case, "sms", "Hello")
    scene.run()

    (reply,) = [entry for entry in scene.timeline(case["customer_id"]) if entry.text == "Hello"]
    assert (reply.delivery, reply.delivery_reason) == (State.FAILED, "channel_off")
    assert scene.provider.texts == []
    adds_up(scene)


def backlog(scene: WholeScene) -> list[Any]:
    feed = scene.stepper.feeds["EventPublisher"]
    assert isinstance(feed, StreamFeed)
    return feed.reader.backlog


def test_a_poison_entry_is_parked_and_the_ten_behind_it_go_out() -> None:
    scene = WholeScene()
    desk, case = owning(scene)
    for n in range(11):
        desk.reply(case, "sms", f"{n}")
    scene.stepper.pending()
    poison = backlog(scene)[0]
    poison["dynamodb"]["NewImage"]["at"] = {"S": "the day before yesterday"}

    handled = scene.stepper.deliver("EventPublisher")
    scene.run()

    assert handled.failed == ()
    (parked,) = scene.ground.sqs.queues["Unannounced"].messages
    assert json.loads(parked.body)["dynamodb"]["SequenceNumber"] == poison["dynamodb"]["SequenceNumber"]
    # its order is kept in the table, so even what was not announced goes out before those behind it
    assert scene.provider.to(NUMBER) == [f"{n}" for n in range(11)]


def test_a_wake_that_comes_before_the_other_side_is_there_costs_nobody_their_turn() -> None:
    scene = WholeScene()
    scene.ground.ports["outbox"].wake([Wake("main")])
    scene.run()
    scene.sms(NUMBER, "Hi")
    scene.run()

    desk = scene.agent()

    assert len(desk.offers()) == 1


def test_a_lost_wake_is_made_good_by_the_minute() -> None:
    scene = WholeScene()
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    while [d for d in scene.stepper.pending() if d.function != "Assigner"]:
        scene.stepper.deliver(scene.stepper.pending()[0].function)
        scene.ground.sqs.queues["Routing"].messages.clear()
    assert desk.offers() == []

    scene.live(61)

    assert len(desk.offers()) == 1


def test_an_offer_nobody_took_comes_back_with_its_age_and_goes_to_somebody_else() -> None:
    scene = WholeScene()
    first = scene.agent("one")
    scene.sms(NUMBER, "Hi")
    scene.run()
    (case,) = scene.head(scene.customer(NUMBER)).cases

    scene.live(31)
    (waiting,) = scene.head(scene.customer(NUMBER)).cases
    second = scene.agent("two")

    assert waiting.contact.state is ContactState.WAITING
    assert waiting.contact.enqueued_at == case.contact.enqueued_at
    assert status(scene, first) is RoutingStatus.NOT_RESPONDING
    assert first.offers() == []
    assert len(second.offers()) == 1
    adds_up(scene)


def status(scene: WholeScene, desk: Desk) -> RoutingStatus:
    agent = scene.world.store.get(Ref(Agent, desk.id))
    assert agent is not None
    return routing_status(agent)


def test_an_offer_accepted_in_the_last_second_is_not_taken_away() -> None:
    scene = WholeScene()
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    scene.run()
    scene.stepper.advance(30)

    case = desk.accept()
    scene.live(60)

    (kept,) = scene.head(scene.customer(NUMBER)).cases
    assert (kept.id, kept.owner, kept.state) == (case["case_id"], desk.id, "owned")
    adds_up(scene)


def test_the_work_of_a_desk_that_fell_silent_comes_back() -> None:
    scene = WholeScene()
    desk, case = owning(scene)
    (before,) = scene.head(case["customer_id"]).cases

    scene.live(145)
    assert status(scene, desk) is RoutingStatus.INTERACTING
    scene.live(90)

    (after,) = scene.head(case["customer_id"]).cases
    assert (after.state, after.owner, after.contact.enqueued_at) == (
        ContactState.WAITING,
        "",
        before.contact.enqueued_at,
    )
    agent = scene.world.store.get(Ref(Agent, desk.id))
    assert agent is not None and (agent.presence, agent.engagements) == (Presence.OFFLINE, ())
    adds_up(scene)


@pytest.mark.parametrize("after", [0, 10, 299])
def test_the_same_reply_again_within_five_minutes_is_one_reply(after: int) -> None:
    scene = WholeScene()
    desk, case = owning(scene)
    first = desk.reply(case, "sms", "Hello.", key="the-same-key")
    scene.run()
    scene.stepper.advance(after)

    again = desk.reply(case, "sms", "Hello.", key="the-same-key")
    scene.run()

    assert (again.status, again.told["entry"]["seq"]) == (202, first.told["entry"]["seq"])
    assert scene.provider.to(NUMBER) == ["Hello."]
    adds_up(scene)


def test_the_same_words_meant_twice_are_sent_twice() -> None:
    scene = WholeScene()
    desk, case = owning(scene)

    desk.reply(case, "sms", "Hello?")
    scene.run()
    desk.reply(case, "sms", "Hello?")
    scene.run()

    assert scene.provider.to(NUMBER) == ["Hello?", "Hello?"]


def test_a_reply_the_provider_puts_off_is_tried_again_within_the_same_minutes() -> None:
    scene = WholeScene()
    desk, case = owning(scene)
    scene.world.http.outcomes = [HttpAnswer(429, b'{"code": 20429}'), NotSent("refused")]

    desk.reply(case, "sms", "Hello.")
    scene.live(60)

    assert scene.provider.to(NUMBER) == ["Hello."]
    adds_up(scene)


def test_an_event_the_provider_delivers_twice_is_one_message_and_one_duplicate() -> None:
    scene = WholeScene()

    scene.sms(NUMBER, "Hi", sid="SM0001")
    scene.sms(NUMBER, "Hi", sid="SM0001")
    scene.run()

    (line,) = scene.ledger().lines
    assert (line.accepted, line.handled, line.duplicates) == (2, 1, 1)
    adds_up(scene)


def test_a_door_whose_queue_does_not_answer_says_503_and_counts_nothing() -> None:
    scene = WholeScene()
    scene.ground.sqs.failing = 1

    refused = scene.sms(NUMBER, "Hi", sid="SM0001")
    taken = scene.sms(NUMBER, "Hi", sid="SM0001")
    scene.run()

    assert (refused.status, taken.status) == (503, 200)
    (line,) = scene.ledger().lines
    assert (line.accepted, line.handled) == (1, 1)
    adds_up(scene)


def test_a_door_that_died_behind_its_enqueue_has_lost_nothing() -> None:
    scene = WholeScene()

    died = scene.sms(NUMBER, "Hi", sid="SM0001", fault=AFTER)
    again = scene.sms(NUMBER, "Hi", sid="SM0001")
    scene.run()

    assert (died.status, again.status) == (500, 200)
    assert len(scene.timeline(scene.customer(NUMBER))) == 1
    adds_up(scene)


def test_what_a_queue_names_in_failed_is_handed_on_with_the_next_try() -> None:
    scene = WholeScene()
    desk, case = owning(scene)
    for n in range(4):
        desk.reply(case, "sms", f"{n}")
    refused = iter([False, True, False, True, True, True])  # two of four, and both once more
    scene.ground.sqs.refuse = lambda queue, entry: queue == "SmsOutbound" and next(refused, False)

    handled = scene.stepper.deliver("EventPublisher")
    scene.run()

    assert handled.failed != ()
    assert scene.provider.to(NUMBER) == [f"{n}" for n in range(4)]
    adds_up(scene)


def test_facts_the_bus_refuses_are_counted_in_the_end_and_once() -> None:
    scene = WholeScene()
    scene.ground.bus.refusing = 3

    scene.sms(NUMBER, "Hi")
    scene.run()

    assert figure_sums(scene)["messages_received"] == 1
    adds_up(scene)


def test_two_channels_writing_at_once_open_one_case() -> None:
    scene = WholeScene(centre=Centre(reopen_seconds=0))
    desk = scene.agent()
    visitor = scene.visitor()
    visitor.say("Hello?")
    scene.run()
    case = desk.accept()
    prove(scene, visitor)
    desk.close(case)
    scene.run()
    scene.stepper.advance(1)
    visitor = scene.visitor(token=visitor.token)

    scene.sms(NUMBER, "By SMS")
    visitor.say("By chat")

    def meanwhile(writes: object) -> None:
        """The other one is routed between this one's reads and its commit."""
        scene.stepper.deliver("Router", take=1)

    scene.world.store.before_commit = meanwhile
    scene.stepper.deliver("Router", take=1)
    scene.run()

    head = scene.head(visitor.customer)
    assert len(head.cases) == 1
    assert {i.channel for i in head.cases[0].interactions} == {"sms", "chat"}
    seqs = [line.seq for line in scene.timeline(visitor.customer)]
    assert seqs == list(range(1, len(seqs) + 1))
    adds_up(scene)


def test_a_crash_loop_ends_among_the_dead_letters_and_the_ledger_still_adds_up() -> None:
    scene = WholeScene()
    scene.sms(NUMBER, "Hi")
    scene.sms("+821000000002", "Hi")

    scene.run(
        faults=lambda delivery: replace(BEFORE, back_after=0) if delivery.function == "Router" else None
    )

    (line,) = scene.ledger().lines
    assert (line.accepted, line.waiting, line.difference) == (2, 2, 0)
    assert len(scene.ground.sqs.queues["InboundDead"].messages) == 2


def test_a_visitor_who_comes_back_misses_nothing_and_sees_nothing_twice() -> None:
    scene = WholeScene()
    desk = scene.agent()
    visitor = scene.visitor()
    visitor.say("Hello?")
    scene.run()
    case = desk.accept()
    desk.reply(case, "chat", "one")
    scene.run()
    scene.doors.disconnect(visitor.connection)
    desk.reply(case, "chat", "two")
    scene.run()

    back = scene.visitor(token=visitor.token)
    scene.doors.frame(back.connection, {"action": "hello", "after": visitor.shown()[-1]["seq"]})

    assert [f["text"] for f in visitor.shown()] == ["one"]
    assert [f["text"] for f in back.shown()] == ["two"]


def test_a_state_told_twice_counts_once_though_the_recorder_died_between_the_two() -> None:
    scene = WholeScene()
    desk, case = owning(scene)
    desk.reply(case, "sms", "Hello.")
    scene.run()
    (text,) = scene.provider.texts
    scene.report(text, "delivered")
    scene.report(text, "delivered")

    scene.stepper.deliver("DeliveryRecorder", fault=Crash(2, back_after=0))
    scene.ground.sqs.queues["Delivery"].messages.reverse()
    scene.run()

    (line,) = scene.ledger().lines
    assert (line.delivery_states, line.duplicates) == (1, 1)
    adds_up(scene)
