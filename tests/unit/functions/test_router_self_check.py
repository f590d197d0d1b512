"""The doctor's message is seen in the ledger, and by nobody else."""

from dataclasses import replace

from functions.channels.chat import inbound as chat
from functions.router import app
from infra.twins.world import World
from shared.domain.channel.receipt import Mark, Receipt
from shared.domain.channel.self_check import BEGINS, is_self_check
from tests.support.webhooks import raw


def test_the_doctors_message_is_ignored_whatever_it_says_and_makes_no_customer(world: World) -> None:
    ours = raw("sms", "Body=Hello&From=%2B821055500001", f"{BEGINS}1")

    app.handle(ours)

    kept = list(world.store.items.values())
    assert {type(one) for one in kept} == {Receipt, Mark}
    assert {(one.outcome, one.reason) for one in kept} == {("ignored", "self_check")}


def test_it_is_known_by_its_beginning_alone() -> None:
    ours = raw("sms", "", f"{BEGINS}1")

    assert is_self_check(ours)
    assert not is_self_check(replace(ours, event_id=f"SM1{BEGINS}"))


def test_a_visitor_of_the_chat_cannot_choose_it(world: World) -> None:
    said = chat.Said("message", f"{BEGINS}1", {"text": "hello"})
    (piece,) = chat.cut(said, chat.SocketSpeaker("visitor", "en", ""), "r").events

    assert not is_self_check(raw("chat", piece.payload, piece.event_id))
