"""A call is a contact of its own: it rings also in a case that an agent already has."""

from dataclasses import replace

import pytest

from functions import channels
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.case.end_interaction import extra_contact
from shared.domain.channel.arrival import Left, Message
from shared.domain.channel.commands import Due
from shared.domain.customer.head import ContactState
from shared.domain.errors import Refused
from shared.domain.report.count_fact import count_fact
from shared.domain.report.figures import Figure
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Presence, room, used
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Kind
from shared.domain.traits import Channels, Traits
from shared.use_cases.case.end_silent import end_silent
from shared.use_cases.routing.answer_offer import AnswerOffer
from tests.support.consistency import faults
from tests.support.rule_scene import NUMBER, RuleScene

CALL = Traits("bell", "phone", "Bell", "종", "M0 0", ("#000000", "#ffffff"), live=True, rings=True, places=15)
PHONE = Address("phone", NUMBER)


def scene_with_calls() -> RuleScene:
    return RuleScene(World(channels=Channels((*channels.traits().all, CALL))))


def calls(scene: RuleScene) -> None:
    scene.arrives("bell", PHONE, Message(Content("(calls)")))


def hangs_up(scene: RuleScene) -> None:
    scene.arrives("bell", PHONE, Left())


def call_of(scene: RuleScene) -> str:
    """The interaction of the call in the only case."""
    return next(c.interaction_id for c in scene.head().cases[0].contacts if c.channel == "bell")


def counted(scene: RuleScene, name: str) -> int:
    lines = [fact for entry in scene.entries() for fact in facts(entry)]
    adds = [add for fact in lines for add in count_fact(fact, scene.world.settings.centre())]
    return sum(add.amounts.get(name, 0) for add in adds if isinstance(add.item, Figure))


def test_a_call_on_a_case_that_an_agent_has_waits_and_rings_at_that_agent() -> None:
    scene = scene_with_calls()
    case = scene.taken()
    scene.hire("two")

    calls(scene)
    (row,) = scene.all(Waiting)
    scene.assign()

    assert (row.case_id, row.owner, row.held) == (case.id, "one", 5)
    assert len(scene.offers("one")) == 1 and scene.offers("two") == []
    assert "waited for this agent alone" in str(scene.entries(Kind.OFFER_MADE)[-1].facts["reason"])
    assert faults(scene.world.store, scene.world.now()) == []


def test_a_call_of_the_same_case_takes_the_whole_agent_and_no_more() -> None:
    scene = scene_with_calls()
    scene.taken()
    calls(scene)
    scene.assign()

    scene.accept()

    assert (used(scene.agent()), room(scene.agent())) == (15, 0)
    assert scene.seats() == []
    assert [c.state for c in scene.head().cases[0].contacts] == [ContactState.CONNECTED] * 2
    assert faults(scene.world.store, scene.world.now()) == []


def test_an_owner_who_is_full_is_asked_first_and_somebody_else_takes_the_call_they_declined() -> None:
    scene = scene_with_calls()
    scene.taken()
    scene.sms("Another", number="+821012345679")
    scene.assign()
    scene.accept()
    scene.hire("two")

    calls(scene)
    scene.assign()
    AnswerOffer(*scene.needs).decline("one", scene.offers("one")[0])
    scene.assign()
    scene.accept("two")

    case = scene.head().cases[0]
    assert (case.owner, {c.agent for c in case.contacts}) == ("one", {"one", "two"})
    assert faults(scene.world.store, scene.world.now()) == []


def test_a_message_on_another_channel_takes_no_place_of_its_own() -> None:
    scene = scene_with_calls()
    scene.taken()

    scene.proves()

    assert all(len(case.contacts) == 1 for case in scene.head().cases)


def test_a_call_that_ends_frees_its_places_and_the_case_goes_on() -> None:
    scene = scene_with_calls()
    case = scene.taken()
    calls(scene)
    scene.assign()
    scene.accept()
    scene.world.clock.advance(60)

    hangs_up(scene)

    (after,) = scene.head().cases
    assert (after.id, after.owner, len(after.contacts)) == (case.id, "one", 1)
    assert used(scene.agent()) == 5
    ended = scene.entries(Kind.INTERACTION_ENDED)[-1].facts
    assert (ended["agent"], ended["handle_ms"], ended["places"]) == ("one", 60_000, 15)
    assert faults(scene.world.store, scene.world.now()) == []


def test_who_hangs_up_while_it_rings_takes_the_offer_back_and_is_counted_as_abandoned() -> None:
    scene = scene_with_calls()
    scene.taken()
    calls(scene)
    scene.assign()

    hangs_up(scene)

    assert (scene.offers(), scene.all(Waiting)) == ([], [])
    assert [e.facts["how"] for e in scene.entries(Kind.OFFER_ENDED)] == ["withdrawn"]
    assert counted(scene, "contacts_abandoned") == 1
    assert counted(scene, "contacts_queued") == 2
    assert faults(scene.world.store, scene.world.now()) == []


def test_a_call_nobody_took_that_falls_silent_leaves_the_pool() -> None:
    scene = scene_with_calls()
    case = scene.taken()
    scene.presence(Presence.BREAK)
    calls(scene)
    scene.world.clock.advance(3600)

    due = Due(scene.world.clock(), "silence", case.member, case.id, call_of(scene))
    end_silent(scene.world.store, scene.world.now, due)

    assert scene.all(Waiting) == []
    assert [c.channel for c in scene.head().cases[0].contacts] == ["sms"]
    assert faults(scene.world.store, scene.world.now()) == []


def test_a_declined_call_waits_again_and_the_case_stays_with_its_owner() -> None:
    scene = scene_with_calls()
    scene.taken()
    calls(scene)
    scene.assign()

    AnswerOffer(*scene.needs).decline("one", scene.offers()[0])

    case = scene.head().cases[0]
    assert (case.owner, case.contacts[1].state) == ("one", ContactState.WAITING)
    assert faults(scene.world.store, scene.world.now()) == []


def test_a_case_in_which_a_call_waits_is_not_closed_over_it() -> None:
    scene = scene_with_calls()
    case = scene.taken()
    calls(scene)

    with pytest.raises(Refused, match="contact_open"):
        scene.answering().close("one", case.member, case.id, "solved")


def test_an_agent_with_both_closes_the_case_and_is_free_again() -> None:
    scene = scene_with_calls()
    scene.taken()
    calls(scene)
    scene.assign()
    scene.accept()

    scene.closes()

    assert (scene.agent().engagements, scene.head().cases) == ((), ())
    assert faults(scene.world.store, scene.world.now()) == []


def test_when_the_owner_goes_the_case_is_with_whoever_has_the_call() -> None:
    scene = scene_with_calls()
    scene.taken()
    scene.sms("Another", number="+821012345679")
    scene.assign()
    scene.accept()
    scene.hire("two")
    calls(scene)
    scene.assign()
    AnswerOffer(*scene.needs).decline("one", scene.offers("one")[0])
    scene.assign()
    scene.accept("two")

    scene.presence(Presence.OFFLINE)

    case = scene.head().cases[0]
    assert (case.owner, [c.state for c in case.contacts]) == (
        "two",
        [ContactState.WAITING, ContactState.CONNECTED],
    )
    assert faults(scene.world.store, scene.world.now()) == []


def test_the_contact_that_opened_a_case_lasts_as_long_as_the_case() -> None:
    scene = scene_with_calls()
    calls(scene)
    (case,) = scene.head().cases

    assert extra_contact(case, case.interactions[0]) is None
    assert extra_contact(case, replace(case.interactions[0], id="another")) is None
