"""What the carrier says of a leg that we rang, and what follows for the contact and its people."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.clock import START
from shared.domain.call.leg_words import heard_of
from shared.domain.channel.calling import LegHeard
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.call import Leg, LegRole, LegState, Spot, with_leg
from shared.domain.customer.head import ContactState
from shared.domain.routing.staff import Agent, Presence
from shared.domain.timeline.entry import Kind
from shared.use_cases.call.act_on_call import Act, ActOnCall
from shared.use_cases.call.hear_leg import leg_failed
from shared.use_cases.desk.hand_on import HandOn, Wish
from tests.support.call_scene import CallScene
from tests.support.rule_scene import NUMBER

DIALLED, RINGING, TALKING = LegState.DIALLED, LegState.RINGING, LegState.TALKING
ENDED, FAILED = LegState.ENDED, LegState.FAILED
RUNG = Leg("leg-1", LegRole.AGENT, LegState.CLAIMED, START, who="one")
WORDS = (
    LegHeard("leg-1", "CA1", DIALLED, 0),
    LegHeard("leg-1", "CA1", RINGING, 1),
    LegHeard("leg-1", "CA1", TALKING, 2),
    LegHeard("leg-1", "CA1", ENDED, 3, "", 31),
)


@pytest.fixture
def scene() -> CallScene:
    return CallScene()


def accepted(scene: CallScene) -> Leg:
    """An agent took a caller who waits, and is rung."""
    call = scene.calls()
    scene.hire()
    scene.assign()
    scene.accept()
    return scene.rings(call)


def after(words: tuple[LegHeard, ...]) -> tuple[LegState, str, int, int]:
    leg = RUNG
    for n, said in enumerate(words):
        leg = heard_of(leg, said, START + timedelta(seconds=n)) or leg
    return leg.state, leg.sid, leg.sequence, leg.seconds


@given(st.lists(st.sampled_from(WORDS), max_size=8), st.permutations(WORDS))
def test_words_in_any_order_and_any_number_end_in_the_same_state(
    before: list[LegHeard], order: list[LegHeard]
) -> None:
    assert after((*before, *order)) == after(WORDS) == (ENDED, "CA1", 3, 31)


@pytest.mark.parametrize("order", permutations((WORDS[1], LegHeard("leg-1", "CA1", FAILED, 2, "no_answer"))))
def test_a_leg_that_nobody_answered_has_failed_whichever_word_is_first(order: tuple[LegHeard, ...]) -> None:
    assert after(order)[0] is FAILED


def test_words_without_a_number_lead_on_and_never_back() -> None:
    said = [LegHeard("leg-1", "CA1", state) for state in (TALKING, RINGING, DIALLED)]

    assert after(tuple(said))[0] is TALKING


def test_a_word_is_a_line_and_the_leg_of_the_call_in_one_transaction(scene: CallScene) -> None:
    leg = accepted(scene)

    assert scene.says_of(leg, RINGING, 1) is Outcome.HANDLED

    known = scene.leg(leg)
    assert (known.state, known.sid, known.sequence) == (RINGING, f"CA-{leg.id}", 1)
    (line,) = scene.entries(Kind.LEG_CHANGED)
    told = {"leg": leg.id, "role": "agent", "state": "ringing", "agent": "one", "door": "voice"}
    assert line.facts == told
    assert {type(w.item).__name__ for w in scene.world.store.commits[-1]} == {
        "Receipt",
        "Entry",
        "Head",
        "Call",
    }


def test_a_word_that_comes_twice_or_late_changes_nothing(scene: CallScene) -> None:
    leg = accepted(scene)
    scene.says_of(leg, TALKING, 2, event_id="word-2")
    before = scene.call()

    again = scene.says_of(leg, TALKING, 2, event_id="word-2")
    late = scene.says_of(leg, RINGING, 1)

    assert (again, late) == (Outcome.DUPLICATE, Outcome.IGNORED)
    assert scene.call() == before
    assert len(scene.entries(Kind.LEG_CHANGED)) == 1


@pytest.mark.parametrize("reason", ["no_answer", "busy", "canceled", "failed"])
def test_a_call_whose_agent_does_not_answer_waits_on_with_its_age(scene: CallScene, reason: str) -> None:
    leg = accepted(scene)
    age = scene.contact().enqueued_at
    scene.world.clock.advance(15)

    scene.says_of(leg, FAILED, 2, reason)

    contact = scene.contact()
    assert (contact.state, contact.agent, contact.enqueued_at) == (ContactState.WAITING, "", age)
    agent = scene.agent()
    assert agent.not_responding and not agent.engagements and not scene.seats()
    (line,) = scene.entries(Kind.REQUEUED)
    assert line.facts["reason"] == reason
    assert scene.case().owner == ""


def test_an_agent_who_hangs_up_before_the_caller_is_with_them_did_not_respond(scene: CallScene) -> None:
    leg = accepted(scene)
    scene.says_of(leg, TALKING, 2)

    scene.says_of(leg, ENDED, 3)

    assert scene.contact().state is ContactState.WAITING
    assert scene.agent().not_responding


def test_the_next_agent_gets_the_call_that_the_first_did_not_answer(scene: CallScene) -> None:
    leg = accepted(scene)
    scene.hire("two")
    scene.says_of(leg, FAILED, 2, "no_answer")

    scene.assign()

    assert scene.offers("two") and not scene.offers("one")


def test_an_agent_who_hangs_up_ends_the_call_and_the_customer_is_let_go(scene: CallScene) -> None:
    scene.talks()
    (leg,) = scene.call().staff()
    scene.world.clock.advance(60)

    scene.says_of(leg, ENDED, 3, seconds=60)

    call = scene.call()
    assert call.ending and call.customer is not None
    (line,) = scene.entries(Kind.INTERACTION_ENDED)
    assert (line.facts["by"], line.actor) == ("agent", "system")
    assert scene.case().owner == "one" and scene.case().interactions == ()
    assert not scene.agent().not_responding


def test_a_call_goes_on_while_somebody_of_ours_is_with_the_customer(scene: CallScene) -> None:
    call = scene.talks()
    (leg,) = call.staff()
    other = scene.rings(call, "", LegRole.NUMBER)
    scene.says_of(other, TALKING, 2)

    scene.says_of(leg, ENDED, 3)
    assert not scene.call().ending and scene.case().interactions
    scene.says_of(other, ENDED, 3)

    assert scene.call().ending and not scene.case().interactions


def test_a_supervisor_whom_nobody_hears_does_not_keep_the_customer(scene: CallScene) -> None:
    call = scene.talks()
    boss = scene.rings(call, "boss", LegRole.SUPERVISOR, TALKING)
    scene.change(with_leg(scene.call(), replace(boss, listens="listen")))

    scene.says_of(call.staff()[0], ENDED, 3)

    assert scene.call().ending


def test_a_customer_who_was_handed_on_is_not_let_go_before_the_next_agent_is_rung(scene: CallScene) -> None:
    call = scene.talks()
    scene.presence(Presence.OFFLINE)
    scene.hire("two")
    scene.assign()
    scene.accept("two")

    scene.says_of(call.staff()[0], ENDED, 3)

    assert (scene.contact().agent, scene.call().ending) == ("two", False)


def advised(scene: CallScene) -> Leg:
    """An agent talks with a customer, and a colleague who was asked is rung."""
    call, case = scene.talks(), scene.case()
    scene.hire("two")
    wish = Wish("one", case.member, case.id, to="two", note="Can you?")
    HandOn(*scene.needs).ask(wish, "key-consult")
    scene.accept("two")
    return scene.rings(call, "two", LegRole.COLLEAGUE)


@pytest.mark.parametrize(("state", "how"), [(FAILED, "expired"), (ENDED, "done")])
def test_a_colleague_whose_leg_is_over_gives_advice_no_more(
    scene: CallScene, state: LegState, how: str
) -> None:
    leg = advised(scene)

    scene.says_of(leg, state, 2)

    (line,) = scene.entries(Kind.CONSULT_ENDED)
    assert line.facts["how"] == how
    assert (scene.contact().agent, scene.contact().asked) == ("one", "")
    assert not scene.agent("two").engagements
    assert scene.agent("two").not_responding is (state is FAILED)


def test_joining_advice_arms_the_look_at_legs(scene: CallScene) -> None:
    advised(scene)

    assert [timer.what for timer in scene.entries(Kind.CONSULT_JOINED)[0].timers] == ["leg"]


@pytest.mark.parametrize("order", permutations(WORDS[1:]))
def test_words_of_an_agents_leg_in_any_order_leave_the_same_call_and_contact(
    scene: CallScene, order: tuple[LegHeard, ...]
) -> None:
    leg = accepted(scene)

    for said in (*order, *order):
        scene.says_of(leg, said.state, said.sequence, said.reason, said.seconds)

    assert (scene.leg(leg).state, scene.leg(leg).seconds) == (ENDED, 31)
    assert scene.contact().state is ContactState.WAITING
    assert len(scene.entries(Kind.REQUEUED)) == 1


def test_after_the_caller_has_hung_up_the_end_of_the_agents_leg_is_only_a_line(scene: CallScene) -> None:
    call = scene.talks()
    scene.caller_hangs_up()
    ended = scene.entries(Kind.INTERACTION_ENDED)

    scene.says_of(call.staff()[0], ENDED, 3)

    assert scene.entries(Kind.INTERACTION_ENDED) == ended
    assert not scene.agent().not_responding and scene.case().owner == "one"


def test_a_call_that_was_handed_on_stays_in_its_queue_when_its_former_agent_hangs_up(
    scene: CallScene,
) -> None:
    call = scene.talks()
    scene.presence(Presence.OFFLINE)
    assert scene.contact().state is ContactState.WAITING

    scene.says_of(call.staff()[0], ENDED, 3)

    assert scene.contact().state is ContactState.WAITING
    assert len(scene.entries(Kind.REQUEUED)) == 1 and not scene.call().ending


def test_a_leg_fails_by_our_own_clock_with_the_same_that_follows(scene: CallScene) -> None:
    leg = accepted(scene)

    leg_failed(scene.world.store, scene.world.now, scene.call(), leg, "no_answer")
    leg_failed(scene.world.store, scene.world.now, scene.call(), leg, "no_answer")

    assert scene.leg(leg).state is FAILED
    assert scene.contact().state is ContactState.WAITING
    assert len(scene.entries(Kind.LEG_CHANGED)) == 1


def test_a_leg_that_talks_does_not_fail_by_our_clock(scene: CallScene) -> None:
    leg = accepted(scene)
    scene.says_of(leg, TALKING, 2)

    leg_failed(scene.world.store, scene.world.now, scene.call(), leg, "no_answer")

    assert scene.leg(leg).state is TALKING


def test_a_leg_that_we_gave_up_and_that_is_answered_after_all_talks_and_takes_no_contact(
    scene: CallScene,
) -> None:
    leg = accepted(scene)
    leg_failed(scene.world.store, scene.world.now, scene.call(), leg, "no_answer")

    scene.says_of(leg, RINGING, 1)
    assert scene.leg(leg).state is FAILED
    scene.says_of(leg, TALKING, 2)

    assert scene.leg(leg).state is TALKING
    assert scene.contact().state is ContactState.WAITING


def test_a_word_about_a_leg_that_nobody_knows_is_ignored(scene: CallScene) -> None:
    accepted(scene)
    stranger = Leg("", LegRole.AGENT, DIALLED, START)

    assert scene.says_of(stranger, TALKING, 2) is Outcome.IGNORED


def test_thirty_callers_keep_their_age_when_their_agents_do_not_answer(scene: CallScene) -> None:
    numbers = [f"+8210123456{n:02}" for n in range(30)]
    calls = []
    for n, number in enumerate(numbers):
        calls.append(scene.calls(number))
        scene.hire(f"agent-{n:02}")
        scene.world.clock.advance(1)
    scene.assign()
    ages = {call.interaction_id: scene.contact(call).enqueued_at for call in calls}
    legs = []
    for n in range(30):
        scene.accept(f"agent-{n:02}")
        held = scene.agent(f"agent-{n:02}").engagements[0].interaction_id
        call = next(one for one in calls if one.interaction_id == held)
        legs.append((call, scene.rings(call, f"agent-{n:02}")))

    for _, leg in legs:
        scene.says_of(leg, FAILED, 2, "no_answer")

    assert {call.interaction_id: scene.contact(call).enqueued_at for call in calls} == ages
    assert all(scene.contact(call).state is ContactState.WAITING for call in calls)
    assert all(agent.not_responding for agent in scene.all(Agent))


def test_spot_and_number_stay_what_they_are(scene: CallScene) -> None:
    leg = accepted(scene)
    scene.says_of(leg, TALKING, 2)

    assert scene.call().spot is Spot.QUEUE
    assert scene.entries(Kind.LEG_CHANGED)[0].address.value == NUMBER


def test_a_colleague_who_stayed_alone_with_the_customer_is_free_when_they_hang_up(scene: CallScene) -> None:
    leg = advised(scene)
    scene.says_of(leg, TALKING, 2)
    agent = next(one for one in scene.call().staff() if one.who == "one")
    scene.says_of(agent, ENDED, 3)

    scene.says_of(leg, ENDED, 3)

    assert scene.call().ending and not scene.agent("two").engagements
    assert len(scene.entries(Kind.CONSULT_ENDED)) == len(scene.entries(Kind.INTERACTION_ENDED)) == 1


def test_a_colleague_is_free_when_the_agent_hangs_up_for_all(scene: CallScene) -> None:
    leg = advised(scene)
    scene.says_of(leg, TALKING, 2)
    ActOnCall(*scene.needs)("one", scene.case().member, scene.case().id, Act("hang_up"), "key-0001")

    scene.says_of(leg, ENDED, 3)

    assert not scene.agent("two").engagements and scene.contact().asked == ""


def test_nobody_is_held_any_more_when_the_agent_has_left(scene: CallScene) -> None:
    leg = advised(scene)
    scene.says_of(leg, TALKING, 2)
    ActOnCall(*scene.needs)("one", scene.case().member, scene.case().id, Act("hold"), "key-0001")
    agent = next(one for one in scene.call().staff() if one.who == "one")

    scene.says_of(agent, ENDED, 3)

    assert not scene.call().held and not scene.call().ending
