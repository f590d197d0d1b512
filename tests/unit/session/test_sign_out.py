"""Who signs out is gone at once, everywhere: sockets, tickets, presence, and what rang."""

import pytest

from shared.domain.customer.head import ContactState
from shared.domain.errors import TryAgain, Untrusted
from shared.domain.routing.staff import Presence
from shared.domain.session.socket import SocketOf
from shared.domain.timeline.entry import Kind
from shared.use_cases.session.issue_ticket import IssueTicket
from shared.use_cases.session.open_socket import Opening, OpenSocket, whose
from shared.use_cases.session.sign_out import SignOut
from tests.support.rule_scene import RuleScene

ORIGIN = "https://desk.example.test"


class Centre(RuleScene):
    def ticket(self, person: str = "agent:one") -> str:
        return IssueTicket(self.world.store, self.world.clock)(person, "ko")

    def opens(self, ticket: str, connection: str = "D1", kind: str = "agent") -> None:
        OpenSocket(self.world.store, self.world.clock, kind, {ORIGIN})(Opening(connection, ORIGIN, ticket))
        self.world.desk_sockets.open(connection)

    def sign_out(self, agent_id: str = "one") -> None:
        SignOut(*self.needs, self.world.desk_sockets)(agent_id)

    def is_open(self, connection: str) -> bool:
        return self.world.desk_sockets.post(connection, {})


def test_all_sockets_of_the_person_are_closed_and_no_others() -> None:
    scene = Centre()
    for agent, connection in (("one", "D1"), ("one", "D2"), ("two", "D3")):
        scene.hire(agent)
        scene.opens(scene.ticket(f"agent:{agent}"), connection)

    scene.sign_out()

    assert [scene.is_open(connection) for connection in ("D1", "D2", "D3")] == [False, False, True]
    assert scene.world.store.find(SocketOf, "agent:one") == ()
    assert whose(scene.world.store, scene.world.clock, "D1") is None


def test_a_ticket_from_before_opens_nothing_and_one_from_after_does() -> None:
    scene = Centre()
    before = scene.ticket()
    scene.world.clock.advance(1)
    scene.sign_out()
    scene.world.clock.advance(1)
    after = scene.ticket()

    with pytest.raises(Untrusted, match="signed_out"):
        scene.opens(before)

    assert scene.world.store.find(SocketOf, "agent:one") == ()
    scene.opens(after)
    assert scene.is_open("D1")


def test_a_socket_that_opens_at_the_same_moment_does_not_stay() -> None:
    """The sign-out looks for sockets before this one is written."""
    scene = Centre()
    given = scene.ticket()
    scene.world.clock.advance(1)
    scene.world.store.before_commit = lambda _: scene.sign_out()

    with pytest.raises(Untrusted, match="signed_out"):
        scene.opens(given)

    assert scene.world.store.find(SocketOf, "agent:one") == ()


def test_a_visitor_of_the_same_name_is_not_signed_out() -> None:
    scene = Centre()
    given = scene.ticket("visitor:one")
    scene.sign_out()

    scene.opens(given, kind="visitor")

    assert scene.world.store.find(SocketOf, "visitor:one")


def test_what_rang_and_what_was_theirs_waits_again_with_its_age() -> None:
    scene = Centre()
    scene.taken()
    waited_since = scene.head().cases[0].contact.waits_since
    scene.sms("Another customer", number="+821012345679")
    scene.assign()
    assert len(scene.offers()) == 1

    scene.sign_out()

    assert (scene.agent().presence, scene.agent().engagements) == (Presence.OFFLINE, ())
    assert scene.agent().free_since is None
    assert scene.head().cases[0].contact.state is ContactState.WAITING
    assert scene.head().cases[0].contact.waits_since == waited_since
    ended, requeued = scene.entries(Kind.OFFER_ENDED)[-1], scene.entries(Kind.REQUEUED)[-1]
    assert (ended.facts["how"], requeued.facts["reason"]) == ("withdrawn", "signed_out")
    assert ended.signals.wake == requeued.signals.wake == "main"


def test_a_connection_that_does_not_answer_speaks_for_nobody_and_keeps_no_other_open() -> None:
    scene = Centre()
    scene.hire()
    for connection in ("D1", "D2"):
        scene.opens(scene.ticket(), connection)
    scene.world.desk_sockets.refusing = 1

    with pytest.raises(TryAgain):
        scene.sign_out()

    assert scene.world.store.find(SocketOf, "agent:one") == ()
    assert scene.agent().presence is Presence.OFFLINE
    assert [scene.is_open(connection) for connection in ("D1", "D2")].count(True) == 1


def test_signing_out_twice_and_as_nobody_is_fine() -> None:
    scene = Centre()
    scene.hire()
    scene.sign_out()
    entries = len(scene.world.store.stream)

    scene.sign_out()
    scene.sign_out("nobody")

    assert len(scene.world.store.stream) == entries
