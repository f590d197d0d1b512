"""A ticket opens one socket, once, soon, from a page of ours, for the person it was given to."""

import pytest

from infra.twins.world import World
from shared.domain.change import Ref
from shared.domain.errors import Untrusted
from shared.domain.session.socket import Connection, SocketOf, Ticket, ticket_digest
from shared.use_cases.session.issue_ticket import IssueTicket
from shared.use_cases.session.open_socket import Opening, OpenSocket, close_socket, whose

ORIGIN = "https://desk.example.test"


def ticket(world: World, person: str = "agent:A1") -> str:
    return IssueTicket(world.store, world.clock)(person, "ko")


def opens(world: World, ticket: str, kind: str = "agent", connection: str = "C1") -> Connection:
    return OpenSocket(world.store, world.clock, kind, {ORIGIN})(Opening(connection, ORIGIN, ticket))


def test_a_ticket_opens_a_socket_for_its_person_and_is_gone(world: World) -> None:
    given = ticket(world)

    connection = opens(world, given)

    assert (connection.person, connection.person_id, connection.language) == ("agent:A1", "A1", "ko")
    assert world.store.find(SocketOf, "agent:A1") == (SocketOf("agent:A1", "C1", connection.expires_at),)
    assert world.store.get(Ref(Ticket, ticket_digest(given))) is None


def test_the_table_never_holds_the_ticket_itself(world: World) -> None:
    given = ticket(world)

    assert given not in repr(world.store.items)


def test_a_ticket_opens_nothing_twice(world: World) -> None:
    given = ticket(world)
    opens(world, given)

    with pytest.raises(Untrusted, match="unknown_ticket"):
        opens(world, given, connection="C2")


def test_of_two_who_come_at_once_with_one_ticket_one_gets_in(world: World) -> None:
    given = ticket(world)

    def another(_: object) -> None:
        opens(world, given, connection="FASTER")

    world.store.before_commit = another

    with pytest.raises(Untrusted, match="replayed_ticket"):
        opens(world, given, connection="SLOWER")

    assert whose(world.store, world.clock, "FASTER")
    assert whose(world.store, world.clock, "SLOWER") is None


def test_a_ticket_lives_for_thirty_seconds_whatever_the_table_still_holds(world: World) -> None:
    early, late = ticket(world), ticket(world)

    world.clock.advance(29)
    opens(world, early)
    world.clock.advance(1)

    with pytest.raises(Untrusted, match="expired_ticket"):
        opens(world, late)


@pytest.mark.parametrize(("person", "kind"), [("visitor:V1", "agent"), ("agent:A1", "visitor")])
def test_a_ticket_of_one_kind_does_not_open_the_other_door(world: World, person: str, kind: str) -> None:
    with pytest.raises(Untrusted, match="ticket_of_another_kind"):
        opens(world, ticket(world, person), kind)


@pytest.mark.parametrize("text", ["", "made-up", "x" * 10_000, "€"])
def test_what_is_no_ticket_opens_nothing(world: World, text: str) -> None:
    with pytest.raises(Untrusted, match="unknown_ticket"):
        opens(world, text)


@pytest.mark.parametrize(
    "origin",
    ["", "null", "https://evil.example", f"{ORIGIN}.evil.example", f"{ORIGIN}/", "http://desk.example.test"],
)
def test_a_foreign_page_opens_nothing_and_spends_no_ticket(world: World, origin: str) -> None:
    given = ticket(world)

    with pytest.raises(Untrusted, match="foreign_origin"):
        OpenSocket(world.store, world.clock, "agent", {ORIGIN})(Opening("C1", origin, given))

    assert opens(world, given)


def test_a_connection_is_over_when_api_gateway_would_have_ended_it(world: World) -> None:
    opens(world, ticket(world))

    world.clock.advance(2 * 3600)
    assert whose(world.store, world.clock, "C1")
    world.clock.advance(600)
    assert whose(world.store, world.clock, "C1") is None


def test_a_closed_socket_leaves_nothing_and_closing_again_is_harmless(world: World) -> None:
    opens(world, ticket(world))

    closed = close_socket(world.store, "C1")

    assert closed and closed.person == "agent:A1"
    assert world.store.items == {}
    assert close_socket(world.store, "C1") is None
