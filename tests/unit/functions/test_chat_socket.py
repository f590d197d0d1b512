"""The chat socket from the outside: who gets in, what a frame does, and what bad input does not."""

import io
import json
from typing import Any

import pytest

from functions.channels.chat import app
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import Put, Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.errors import Malformed, TryAgain
from shared.domain.session.socket import Connection, SocketOf
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.edge.pace import FRAMES, SOCKETS, Pace
from shared.use_cases.session.issue_ticket import IssueTicket
from tests.support.chat import SHOP, VISITOR, connect, heard, knock, say
from tests.support.webhooks import NOON, lambda_event

ID = "6f1c1a5e-3f0e-4c4f-9a52-0d2f6f0a7b01"
HELLO = {"action": "message", "id": ID, "text": "Hello"}


@pytest.fixture(autouse=True)
def _origins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_ORIGINS", f"https://front.example.test, {SHOP}/")


def ticket(world: World, person: str = f"visitor:{VISITOR}") -> str:
    return IssueTicket(world.store, world.clock)(person)


def nothing_enqueued(world: World) -> bool:
    return not world.inbox.events and not world.inbox.states and not world.meter.total("Accepted")


def test_a_ticket_from_a_page_of_ours_gets_in(world: World) -> None:
    assert knock(ticket(world)) == 200
    assert len(world.store.find(SocketOf, f"visitor:{VISITOR}")) == 1


def test_a_replayed_ticket_is_403(world: World) -> None:
    given = ticket(world)
    knock(given)

    assert knock(given, connection="C2") == 403
    assert world.store.get(Ref(Connection, "C2")) is None
    assert nothing_enqueued(world)


def test_an_expired_ticket_is_403(world: World) -> None:
    given = ticket(world)

    world.clock.advance(30)

    assert knock(given) == 403
    assert world.store.get(Ref(Connection, "C1")) is None


@pytest.mark.parametrize("given", [None, "", "made-up"])
def test_no_ticket_and_an_unknown_one_are_403(world: World, given: str | None) -> None:
    assert knock(given) == 403
    assert world.store.items == {}


def test_a_desks_ticket_is_403(world: World) -> None:
    assert knock(ticket(world, "agent:A1")) == 403


@pytest.mark.parametrize("origin", [None, "", "null", "https://evil.example", f"{SHOP}.evil.example"])
def test_a_foreign_origin_is_403_and_the_ticket_stays_good(world: World, origin: str | None) -> None:
    given = ticket(world)

    assert knock(given, origin) == 403
    assert knock(given) == 200


def test_without_allowed_origins_nobody_gets_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_ORIGINS", "")

    assert knock(ticket(world), "") == 403


@pytest.mark.parametrize("name", ["foreign_origin", "no_origin", "no_ticket"])
def test_the_samples_that_must_not_get_in_do_not(world: World, name: str) -> None:
    event = lambda_event(f"chat_socket/connect_{name}")

    assert app.handler(event, None)["statusCode"] == 403


def test_a_table_that_does_not_answer_is_503(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given = ticket(world)
    monkeypatch.setattr(world.store, "commit", _fails)

    assert knock(given) == 503


def _fails(*_: object) -> None:
    raise TryAgain("the table did not answer")


def test_a_message_is_enqueued_counted_and_accepted(world: World) -> None:
    connect(world, language="ko")

    say(HELLO)

    (event,) = world.inbox.events
    assert (event.channel, event.event_id.rpartition(":")[0]) == ("chat", f"{VISITOR}:{ID}")
    assert json.loads(event.payload)["language"] == "ko"
    assert world.meter.total("Accepted", channel="chat") == 1
    assert heard(world) == [{"type": "accepted", "id": ID}]


def test_a_repeated_frame_is_the_same_event_taken_again(world: World) -> None:
    connect(world)

    say(HELLO)
    say(HELLO)

    first, second = world.inbox.events
    assert first.event_id == second.event_id
    assert first.acceptance != second.acceptance
    assert first.group == second.group


@pytest.mark.parametrize("name", ["message", "ask_code", "survey", "leave"])
def test_what_a_visitor_does_becomes_one_event(world: World, name: str) -> None:
    connect(world, "Qd7yEcLtoE0CJ0g=")

    app.handler(lambda_event(f"chat_socket/{name}"), None)

    assert len(world.inbox.events) == 1


BAD = {
    "not JSON": ("PING", "junk"),
    "no object": ("[1, 2]", "junk"),
    "nothing": ("", "junk"),
    "deep": ("[" * 30_000, "junk"),
    "unknown action": ({"action": "drop_table"}, "junk"),
    "no text": ({"action": "message", "id": ID}, "junk"),
    "blank": ({"action": "message", "id": ID, "text": "  "}, "empty"),
    "long text": ({"action": "message", "id": ID, "text": "a" * 4001}, "too_long"),
    "oversize": ({"action": "message", "id": ID, "text": "a" * 33_000}, "too_large"),
    "oversize in bytes": ("가" * 11_000, "too_large"),
    "bad score": ({"action": "survey", "id": ID, "score": 9}, "junk"),
    "bad number": ({"action": "ask_code", "id": ID, "phone": "my card"}, "bad_phone"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_frame_is_answered_with_its_reason_and_leaves_nothing_behind(world: World, name: str) -> None:
    frame, code = BAD[name]
    connect(world)

    say(frame)

    (error,) = heard(world)
    assert (error["type"], error["code"]) == ("error", code)
    assert error["message"]
    assert nothing_enqueued(world)


def test_a_binary_frame_is_junk(world: World) -> None:
    connect(world, "Qd7yEcLtoE0CJ0g=")

    app.handler(lambda_event("chat_socket/binary"), None)

    assert heard(world, "Qd7yEcLtoE0CJ0g=")[0]["code"] == "junk"
    assert nothing_enqueued(world)


def test_an_error_speaks_the_visitors_language(world: World) -> None:
    connect(world, language="ko")

    say("PING")

    assert heard(world)[0]["message"] == "이해할 수 없는 요청입니다."


def test_a_frame_that_could_not_be_enqueued_is_asked_for_again(world: World) -> None:
    connect(world)
    world.inbox.refusing = 1

    say(HELLO)
    say(HELLO)

    error, accepted = heard(world)
    assert (error["type"], error["code"], error["id"]) == ("error", "try_again", ID)
    assert accepted == {"type": "accepted", "id": ID}
    assert world.meter.total("Accepted") == 1


def test_a_frame_that_no_queue_takes_is_not_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(world)

    def refuse(*_: object) -> None:
        raise Malformed("the queue did not answer (InvalidMessageContents)")

    monkeypatch.setattr(world.inbox, "put", refuse)

    say(HELLO)

    (error,) = heard(world)
    assert (error["code"], error["id"]) == ("junk", ID)
    assert world.meter.total("Accepted") == 0


def test_a_message_whose_answer_is_lost_is_kept_all_the_same(world: World) -> None:
    connect(world)
    world.chat_sockets.refusing = 1

    say(HELLO)

    assert len(world.inbox.events) == 1


def test_a_connection_we_do_not_know_is_told_to_connect_anew(world: World) -> None:
    world.chat_sockets.open("GHOST")

    say(HELLO, connection="GHOST")

    assert heard(world, "GHOST")[0]["code"] == "no_connection"
    assert nothing_enqueued(world)


def test_a_closed_socket_leaves_no_rows(world: World) -> None:
    connect(world, "Qd7yEcLtoE0CJ0g=")

    assert app.handler(lambda_event("chat_socket/disconnect"), None) == {"statusCode": 200}

    assert world.store.items == {}


def test_closing_is_best_effort(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    connect(world, "Qd7yEcLtoE0CJ0g=")
    monkeypatch.setattr(world.store, "commit", _fails)

    assert app.handler(lambda_event("chat_socket/disconnect"), None) == {"statusCode": 200}


def said(world: World, *seqs: int, **told: Any) -> None:
    """Answers to our visitor, who is known."""
    address = Address("visitor", VISITOR)
    usual: dict[str, Any] = {"way": Way("chat", address), "content": Content("Yes.")} | told
    world.store.commit(Put(AddressOwner(address, "MEMBER", "ROOT")))
    for seq in seqs:
        entry = Entry(
            "MEMBER",
            seq,
            f"E{seq}",
            world.clock(),
            Kind.MESSAGE_SENT,
            Audience.CUSTOMER,
            "agent:A1",
            **usual,
        )
        world.store.commit(Put(entry))


def test_a_widget_that_was_away_gets_what_it_missed_and_then_a_welcome(world: World) -> None:
    said(world, 1, 2, 3)
    connect(world)

    say({"action": "hello", "after": 1})

    frames = heard(world)
    assert [frame.get("seq") for frame in frames] == [2, 3, None]
    assert frames[-1] == {"type": "welcome", "after": 3, "next": None}


def test_a_widget_that_was_away_long_asks_on_until_there_is_no_more(world: World) -> None:
    said(world, *range(1, 151))
    connect(world)

    say({"action": "hello"})
    first = heard(world)
    say({"action": "hello", "after": first[-1]["next"]})

    seqs = [frame["seq"] for frame in first + heard(world) if frame["type"] == "message"]
    assert seqs == list(range(1, 151))


def test_a_message_too_long_to_send_does_not_stop_those_behind_it(world: World) -> None:
    said(world, 1, content=Content("a" * 4001))
    said_more = Entry(
        "MEMBER",
        2,
        "E2",
        world.clock(),
        Kind.MESSAGE_SENT,
        Audience.CUSTOMER,
        "system",
        way=Way(channel="chat", address=Address("visitor", VISITOR)),
        content=Content("Short."),
    )
    world.store.commit(Put(said_more))
    connect(world)

    say({"action": "hello"})

    assert [frame["type"] for frame in heard(world)] == ["message", "welcome"]


def test_a_socket_that_closes_meanwhile_ends_the_replay(world: World) -> None:
    said(world, 1, 2)
    connect(world)
    world.chat_sockets.close("C1")

    say({"action": "hello"})

    assert heard(world) == []


def test_a_visitor_who_never_wrote_is_welcome(world: World) -> None:
    connect(world)

    say({"action": "hello", "after": 0})

    assert heard(world) == [{"type": "welcome", "after": 0, "next": None}]


def test_an_acknowledgement_becomes_a_delivery_state_and_is_not_answered(world: World) -> None:
    said(world, 7)
    connect(world)

    say({"action": "ack", "seq": 7})

    (state,) = world.inbox.states
    assert (state.event_id, world.inbox.events) == (f"{VISITOR}:ack:7", [])
    assert json.loads(state.payload)["customer_id"] == "MEMBER"
    assert world.meter.total("Accepted", channel="chat") == 1
    assert heard(world) == []


def test_an_acknowledgement_from_nobody_we_know_is_nothing(world: World) -> None:
    connect(world)

    say({"action": "ack", "seq": 7})

    assert nothing_enqueued(world)


def test_typing_is_taken_and_leads_to_nothing(world: World) -> None:
    connect(world)

    say({"action": "typing"})

    assert heard(world) == []
    assert nothing_enqueued(world)


def test_the_log_holds_no_words_tickets_or_numbers(world: World, log: io.StringIO) -> None:
    given = ticket(world)
    knock(given)
    knock(given)
    world.chat_sockets.open("C1")
    world.inbox.refusing = 1

    say({"action": "message", "id": ID, "text": "my secret words"})
    say('{"action": "message", "text": "my secret words"')
    say({"action": "ask_code", "id": ID, "phone": "4111 1111 1111 1111"})

    logged = log.getvalue()
    assert "socket_refused" in logged and "frame_not_accepted" in logged and "frame_unfit" in logged
    assert "secret words" not in logged and given not in logged and "4111" not in logged


def test_a_bug_is_answered_and_logged_without_its_words(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("what the customer said")

    connect(world)
    monkeypatch.setattr("shared.edge.door.accept", fails)

    say({"action": "message", "id": "message-0001", "text": "what the customer said"})

    assert [frame["code"] for frame in heard(world)] == ["try_again"]
    assert "RuntimeError" in log.getvalue()
    assert "customer said" not in log.getvalue()


def test_a_flood_on_one_socket_is_dropped_and_the_next_minute_is_another(world: World) -> None:
    connect(world, "flood")
    connect(world, "calm")
    world.clock.advance(3600)  # other tests' frames are long ago

    for n in range(FRAMES + 20):
        say({"action": "message", "id": f"message-{n:04}", "text": "Hello"}, connection="flood")
    say({"action": "message", "id": "message-0001", "text": "Hello"}, connection="calm")
    dropped = len(heard(world, "flood"))
    world.clock.advance(60)
    say({"action": "message", "id": "message-9999", "text": "Hello"}, connection="flood")

    assert dropped == FRAMES
    assert len(world.inbox.events) == FRAMES + 2


def test_the_count_of_frames_does_not_grow_without_end() -> None:
    pace = Pace()

    for n in range(SOCKETS + 50):
        assert pace(f"C{n}", NOON)

    assert len(pace._counts) == SOCKETS
