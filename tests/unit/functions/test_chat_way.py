"""A visitor's message and its answer, door to desk and back, over the twins."""

from collections.abc import Iterator

import pytest

from functions.channels.chat import app as chat
from functions.delivery_recorder import app as delivery_recorder
from functions.router import app as router
from functions.sender import app as sender
from infra.twins.world import World
from shared.adapters import codec
from shared.domain.address.address import Address
from shared.domain.change import ANY, Put, Ref
from shared.domain.channel.commands import Raw, Send
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.evidence import AddressOwner, Link
from shared.domain.customer.head import Head, OpenCase
from shared.domain.routing.staff import Agent, Presence
from shared.domain.session.socket import SocketOf
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.use_cases.case.reply_to_customer import ReplyToCustomer
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.sweep_pool import SweepPool
from tests.support.chat import SHOP, VISITOR, connect, heard, say
from tests.support.sqs import batch, failures, record

ID = "6f1c1a5e-3f0e-4c4f-9a52-0d2f6f0a7b0"
AGENT = "01KDY0AGENT000000000000001"


@pytest.fixture(autouse=True)
def _settings(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ALLOWED_ORIGINS", SHOP)
    monkeypatch.setenv("CHANNEL", "chat")
    world.store.commit(Put(Agent(AGENT, "Agent One", "main", 0), ANY))
    yield


def deliver(world: World) -> None:
    """Let router and recorder take what the door enqueued."""
    events, world.inbox.events = world.inbox.events, []
    states, world.inbox.states = world.inbox.states, []
    for handler, raws in ((router.handler, events), (delivery_recorder.handler, states)):
        records = [record(raw.acceptance, codec.encode(raw), raw.group) for raw in raws]
        assert failures(handler(batch(*records), None)) == []


def send(world: World, entry: Entry) -> list[str]:
    command = codec.encode(Send(entry.timeline, entry.seq))
    return failures(sender.handler(batch(record("send", command, "group")), None))


def write(n: int, text: str) -> None:
    say({"action": "message", "id": f"{ID}{n}", "text": text})


def owner(world: World) -> AddressOwner:
    found = world.store.get(Ref(AddressOwner, Address("visitor", VISITOR)))
    assert found
    return found


def case(world: World) -> OpenCase:
    head = world.store.get(Ref(Head, owner(world).root))
    assert head
    return head.cases[0]


def answered(world: World, text: str, key: str = "key-of-the-page") -> Entry:
    """An agent takes the conversation, if they have not yet, and answers in the chat."""
    told = (world.store, world.now)
    if not case(world).contact.assigned_at:
        ChangePresence(*told)(AGENT, Presence.AVAILABLE)
        AssignWaiting(*told)("main", SweepPool(*told)("main"))
        AnswerOffer(*told).accept(AGENT, case(world).contact.offer_id)
    customer = owner(world).customer_id
    return ReplyToCustomer(*told)(AGENT, customer, case(world).id, "chat", None, text, key)


def state(world: World, entry: Entry) -> Delivery | None:
    stored = world.store.get(Ref(Entry, entry.timeline, entry.seq))
    return stored.delivery if stored else None


def test_a_visitor_is_heard_answered_and_the_answer_counts_as_delivered_when_shown(world: World) -> None:
    connect(world)
    write(1, "Hello, do you have these in blue?")
    deliver(world)

    answer = answered(world, "Yes, we do.")
    send(world, answer)
    sent = state(world, answer)
    accepted, shown = heard(world)
    say({"action": "ack", "seq": shown["seq"]})
    deliver(world)

    assert accepted["type"] == "accepted"
    assert (shown["text"], shown["from"]) == ("Yes, we do.", "agent")
    assert (sent, state(world, answer)) == (Delivery.SENT, Delivery.DELIVERED)


def test_a_repeated_frame_is_one_message(world: World) -> None:
    connect(world)

    for _ in range(3):
        write(1, "Hello")
        deliver(world)

    entries = world.store.find(Entry, owner(world).customer_id)
    assert [entry.text for entry in entries if entry.kind is Kind.MESSAGE_RECEIVED] == ["Hello"]


def test_an_answer_waits_for_a_visitor_who_is_away_and_arrives_when_they_come_back(world: World) -> None:
    connect(world)
    write(1, "Hello")
    deliver(world)
    chat.handler(closing(), None)

    answer = answered(world, "Are you there?")
    send(world, answer)
    waiting = state(world, answer)
    connect(world, "C2")
    say({"action": "hello", "after": 0}, connection="C2")
    say({"action": "ack", "seq": answer.seq}, connection="C2")
    deliver(world)

    assert waiting is Delivery.QUEUED
    assert [frame.get("text") for frame in heard(world, "C2")] == ["Are you there?", None]
    assert state(world, answer) is Delivery.DELIVERED


def closing() -> dict[str, object]:
    return {"requestContext": {"routeKey": "$disconnect", "connectionId": "C1", "requestId": "r"}}


def test_every_open_page_of_a_visitor_gets_the_answer_and_a_gone_one_is_forgotten(world: World) -> None:
    for connection in ("C1", "C2", "C3"):
        connect(world, connection)
    write(1, "Hello")
    deliver(world)
    world.chat_sockets.close("C2")
    heard(world)

    send(world, answered(world, "Yes?"))

    assert [frame["text"] for frame in heard(world, "C1") + heard(world, "C3")] == ["Yes?", "Yes?"]
    assert {live.connection_id for live in world.store.find(SocketOf, f"visitor:{VISITOR}")} == {"C1", "C3"}


def test_a_socket_that_fails_for_a_moment_is_tried_again(world: World) -> None:
    connect(world)
    write(1, "Hello")
    deliver(world)
    answer = answered(world, "Yes?")
    world.chat_sockets.refusing = 1

    failed = send(world, answer)
    again = send(world, answer)

    assert (failed, again) == (["send"], [])
    assert state(world, answer) is Delivery.SENT


def test_a_widget_cannot_speak_for_another_channel(world: World) -> None:
    connect(world)
    write(1, "Hello")
    deliver(world)
    answer = answered(world, "Yes?")
    by_sms = codec.encode(answer)  # the same line, as if it had gone out by SMS
    entry = codec.decode(by_sms.replace('"channel":"chat"', '"channel":"sms"'), Entry)
    world.store.commit(Put(entry, over=ANY))

    say({"action": "ack", "seq": answer.seq})
    deliver(world)

    assert state(world, answer) is Delivery.QUEUED


def test_two_visitors_never_see_each_others_answers(world: World) -> None:
    other = "01KDXZ8E000000000000000002"
    connect(world)
    connect(world, "C2", visitor=other)
    write(1, "Hello")
    deliver(world)
    answer = answered(world, "For your eyes only.")
    send(world, answer)

    say({"action": "hello", "after": 0}, connection="C2")

    assert [frame["type"] for frame in heard(world, "C2")] == ["welcome"]


def test_a_visitor_asks_for_a_code_and_the_number_stays_claimed(world: World) -> None:
    connect(world)
    write(1, "Can we go on by SMS?")
    say({"action": "ask_code", "id": f"{ID}2", "phone": "010-5550-0001"})

    deliver(world)

    member = owner(world).customer_id
    links = {str(link.address): link.strength for link in world.store.find(Link, member)}
    kinds = [entry.kind for entry in world.store.find(Entry, member)]
    assert links["phone:+821055500001"] == "claimed"
    assert Kind.CODE_SENT in kinds
    heard(world)
    say({"action": "hello", "after": 0})
    assert [frame.get("kind") for frame in heard(world)] == ["message_sent", None]


def test_leaving_ends_the_exchange(world: World) -> None:
    connect(world)
    write(1, "Hello")
    say({"action": "leave"})

    deliver(world)

    head = world.store.get(Ref(Head, owner(world).root))
    assert head and head.cases == ()


def test_what_came_through_this_door_is_all_accounted_for(world: World) -> None:
    connect(world)
    write(1, "Hello")
    write(1, "Hello")
    events: list[Raw] = list(world.inbox.events)

    deliver(world)

    outcomes = [item.outcome for item in world.store.items.values() if hasattr(item, "outcome")]
    assert len(events) == 2
    assert sorted(outcomes) == sorted([Outcome.HANDLED, Outcome.DUPLICATE])
