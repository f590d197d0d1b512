"""Who waits with an open chat waits; silence counts from our last word, and a late event is no silence."""

from datetime import timedelta

import pytest

from shared.domain.change import Put
from shared.domain.channel.commands import Due, DueRow
from shared.domain.customer.head import ContactState
from shared.domain.customer.kept import Case, Interaction
from shared.domain.session.socket import SocketOf
from shared.domain.timeline.entry import Kind
from shared.use_cases.keep_time import KeepTime
from tests.support.rule_scene import VISITOR, RuleScene

QUIET = 900


def opens(scene: RuleScene, hours: int = 2) -> SocketOf:
    live = SocketOf(f"visitor:{VISITOR}", "socket-1", scene.world.clock() + timedelta(hours=hours))
    scene.world.store.commit(Put(live))
    return live


@pytest.fixture
def scene() -> RuleScene:
    return RuleScene()


def fires(scene: RuleScene) -> None:
    """The exchange's timer, on time or late."""
    (case,) = scene.visitor_head().cases
    going = case.interactions[0]
    due = Due(going.started_at + timedelta(seconds=QUIET), "silence", case.member, case.id, going.id)
    rows = [row.due for row in scene.all(DueRow) if row.due.what == "silence"]
    KeepTime(*scene.needs, scene.world.outbox).fire(max([due, *rows], key=lambda one: one.at))


def test_who_waits_with_an_open_chat_is_not_closed(scene: RuleScene) -> None:
    scene.chat("Hello?")
    opens(scene)

    for _ in range(3):
        scene.world.clock.advance(QUIET)
        fires(scene)

    assert scene.visitor_head().cases[0].contact.state is ContactState.WAITING


def test_while_it_rings_an_open_chat_keeps_its_offer(scene: RuleScene) -> None:
    scene.chat("Hello?")
    opens(scene)
    scene.world.clock.advance(QUIET)
    scene.hire()
    scene.assign()

    fires(scene)

    assert scene.visitor_head().cases[0].contact.state is ContactState.OFFERED


def test_who_closed_the_chat_while_waiting_is_gone_at_the_next_look(scene: RuleScene) -> None:
    scene.chat("Hello?")
    live = opens(scene)
    scene.world.clock.advance(QUIET)
    fires(scene)
    scene.world.store.items = {k: v for k, v in scene.world.store.items.items() if v != live}
    scene.world.clock.advance(QUIET)

    fires(scene)

    assert scene.visitor_head().cases == ()


def test_a_socket_that_is_over_holds_nobody(scene: RuleScene) -> None:
    scene.chat("Hello?")
    opens(scene, hours=0)
    scene.world.clock.advance(QUIET)

    fires(scene)

    assert scene.all(Case)[0].disposition == "abandoned"


def test_what_was_routed_an_hour_late_waits_once_more_before_it_is_given_up(scene: RuleScene) -> None:
    sent = scene.world.clock()
    scene.world.clock.advance(3600)
    scene.chat("Hello?", at=sent)

    fires(scene)
    waiting = [case.contact.state for case in scene.visitor_head().cases]
    scene.world.clock.advance(QUIET)
    fires(scene)

    assert (waiting, scene.visitor_head().cases) == ([ContactState.WAITING], ())


def test_silence_counts_from_the_moment_somebody_took_it(scene: RuleScene) -> None:
    scene.chat("Hello?")
    opens(scene)
    scene.world.clock.advance(QUIET - 1)
    scene.hire()
    scene.assign()
    scene.accept()
    scene.world.clock.advance(1)

    fires(scene)

    assert scene.entries(Kind.INTERACTION_ENDED) == []


def test_silence_counts_from_our_last_word(scene: RuleScene) -> None:
    scene.chat("Hello?")
    scene.hire()
    scene.assign()
    scene.accept()
    head = scene.visitor_head()
    scene.world.clock.advance(QUIET - 1)
    scene.answering().reply("one", head.customer_id, head.cases[0].id, "chat", None, "Yes", "key-0001")
    scene.world.clock.advance(1)
    fires(scene)
    going = scene.entries(Kind.INTERACTION_ENDED)
    scene.world.clock.advance(QUIET)

    fires(scene)

    assert (going, scene.all(Interaction)[0].ended_by) == ([], "silence")
