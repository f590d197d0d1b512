"""A caller hangs up, leaves word, asks to be called, or is asked how it was: each once, in any order."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.domain.address.address import Address
from shared.domain.channel.arrival import Left
from shared.domain.channel.commands import Due
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.call import Spot
from shared.domain.customer.head import ContactState
from shared.domain.customer.kept import Case, Interaction
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Presence
from shared.domain.timeline.content import PartState
from shared.domain.timeline.entry import Kind
from shared.use_cases.case.announce import announce
from shared.use_cases.case.end_silent import end_silent
from tests.support.caller import DESK_PHONE, Caller
from tests.support.consistency import faults
from tests.support.flows import WELCOME
from tests.support.rule_scene import NUMBER, RuleScene
from tests.unit.call.test_receive_call import greeting

K = Kind


@pytest.fixture
def scene() -> RuleScene:
    return RuleScene(phone=DESK_PHONE)


def talking(scene: RuleScene) -> Caller:
    """An agent has taken the call, which opened its case."""
    caller = Caller(scene)
    caller.rings()
    scene.hire()
    scene.assign()
    scene.accept()
    return caller


def test_a_second_call_of_a_case_knows_what_the_first_one_takes_of_the_owner(scene: RuleScene) -> None:
    scene.taken()
    Caller(scene).rings()
    Caller(scene, sid="CA2").rings()

    scene.assign()

    (row,) = scene.all(Waiting)
    assert (row.owner, row.held) == ("one", 15)
    assert faults(scene.world.store) == []


# hanging up


def test_who_hangs_up_while_they_wait_has_abandoned_the_case(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()

    caller.hangs_up()

    assert scene.entries(K.CASE_CLOSED)[0].facts["abandoned"] is True
    assert (caller.call().customer, caller.call().legs[0].seconds) == (None, 42)
    assert faults(scene.world.store) == []


def test_who_hangs_up_in_the_menu_has_left_the_flow() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)
    caller.rings()

    caller.hangs_up()

    assert scene.all(Case)[0].disposition == "left_flow"
    assert faults(scene.world.store) == []


def test_who_hangs_up_while_it_rings_takes_the_offer_back(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()
    scene.hire()
    scene.assign()

    caller.hangs_up()

    assert (scene.head().cases, scene.agent().engagements) == ((), ())
    assert faults(scene.world.store) == []


def test_after_a_talk_the_case_stays_with_its_agent(scene: RuleScene) -> None:
    caller = talking(scene)

    caller.hangs_up()

    (case,) = scene.head().cases
    assert (case.owner, case.interactions) == ("one", ())
    assert scene.entries(K.INTERACTION_ENDED)[0].facts["by"] == "customer"
    assert faults(scene.world.store) == []


def test_a_second_word_of_the_same_end_changes_nothing(scene: RuleScene) -> None:
    caller = talking(scene)
    caller.hangs_up()
    before = scene.head()

    assert caller.hangs_up(sequence=4) is Outcome.IGNORED

    assert scene.head() == before
    assert len(scene.entries(K.INTERACTION_ENDED)) == 1


def test_a_call_that_joined_a_case_takes_no_more_than_itself(scene: RuleScene) -> None:
    scene.sms("Where is my order?")
    (going,) = scene.head().cases[0].interactions
    scene.world.clock.advance(86_400)
    silent = Due(scene.world.clock(), "silence", scene.head().customer_id, scene.head().cases[0].id, going.id)
    end_silent(*scene.needs, silent)
    caller = Caller(scene)
    caller.rings()

    caller.hangs_up()

    (case,) = scene.head().cases
    assert [contact.channel for contact in case.contacts] == ["sms"]
    assert faults(scene.world.store) == []


def test_a_chat_that_is_left_does_not_end_the_call_beside_it(scene: RuleScene) -> None:
    scene.chat("Hello")
    scene.proves()
    caller = Caller(scene)
    caller.rings()

    scene.does(Left())

    (case,) = scene.head().cases
    assert [one.channel for one in case.interactions] == ["voice"]
    assert faults(scene.world.store) == []


def test_who_hung_up_before_the_call_was_known_ends_it_as_it_begins(scene: RuleScene) -> None:
    caller = Caller(scene)
    assert caller.hangs_up() is Outcome.IGNORED
    commits = len(scene.world.store.commits)

    caller.rings()

    assert [entry.kind for entry in scene.entries()] == [K.CALL_STARTED, K.CASE_CLOSED]
    assert len(scene.world.store.commits) == commits + 1
    assert (scene.head().cases, caller.call().customer) == ((), None)
    assert faults(scene.world.store) == []


def test_it_ends_as_it_begins_also_in_a_case_that_somebody_has(scene: RuleScene) -> None:
    scene.taken()
    caller = Caller(scene)
    caller.hangs_up()

    caller.rings()

    (case,) = scene.head().cases
    assert (len(case.contacts), [one.channel for one in case.interactions]) == (1, ["sms"])
    assert faults(scene.world.store) == []


def test_it_ends_as_it_begins_also_in_a_case_that_is_taken_up_again(scene: RuleScene) -> None:
    scene.taken()
    scene.closes("solved")
    caller = Caller(scene)
    caller.hangs_up()

    caller.rings()

    assert (scene.head().cases, scene.all(Case)[0].reopened) == ((), 1)
    assert faults(scene.world.store) == []


def test_who_hangs_up_and_writes_as_well_waits_for_words(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()
    scene.world.clock.advance(60)
    scene.sms("I am calling you, and I write")
    began = scene.head().cases[0].contact.enqueued_at

    caller.hangs_up()

    (case,) = scene.head().cases
    assert (case.contact.channel, case.contact.state) == ("sms", ContactState.WAITING)
    assert case.contact.enqueued_at == began
    assert faults(scene.world.store) == []


def test_an_offer_of_such_a_call_is_taken_back_when_they_hang_up(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()
    scene.sms("I am calling you, and I write")
    scene.hire()
    scene.assign()

    caller.hangs_up()

    assert (scene.offers(), scene.head().cases[0].contact.channel) == ([], "sms")
    assert faults(scene.world.store) == []


# leaving word


def test_who_leaves_word_waits_for_a_call_after_the_call(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()
    caller.leaves_word()

    caller.hangs_up()

    (case,) = scene.head().cases
    assert case.contact.callback and case.contact.callback.address == Address("phone", NUMBER)
    assert (case.contact.state, case.interactions) == (ContactState.WAITING, ())
    (word,) = scene.entries(K.MESSAGE_RECEIVED)
    assert [part.state for part in word.content.parts] == [PartState.WAITING]
    assert faults(scene.world.store) == []


def test_a_withheld_caller_who_leaves_word_waits_without_a_call(scene: RuleScene) -> None:
    caller = Caller(scene, number="withheld-CA1")
    caller.rings()
    caller.leaves_word()

    caller.hangs_up()

    head = scene.get(type(scene.head("withheld-CA1")), scene.entries()[0].timeline)
    assert (head.cases[0].contact.state, head.cases[0].contact.callback) == (ContactState.WAITING, None)
    assert faults(scene.world.store) == []


def test_who_leaves_word_in_the_menu_begins_to_wait() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)
    caller.rings()

    caller.leaves_word()

    assert [entry.kind for entry in scene.entries()][-3:] == [
        K.HANDED_OVER,
        K.MESSAGE_RECEIVED,
        K.CALLBACK_REQUESTED,
    ]
    assert (scene.head().cases[0].contact.state, caller.call().spot) == (
        ContactState.WAITING,
        Spot.VOICEMAIL,
    )
    assert faults(scene.world.store) == []


def test_a_word_that_is_told_after_the_end_takes_the_case_up_again(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()
    caller.hangs_up()

    caller.leaves_word()

    (case,) = scene.head().cases
    assert (case.contact.state, case.interactions) == (ContactState.WAITING, ())
    assert case.contact.callback is not None
    assert len([one for one in scene.all(Interaction) if one.channel == "voice"]) == 1
    assert faults(scene.world.store) == []


def test_a_word_after_the_end_waits_in_the_case_that_somebody_has(scene: RuleScene) -> None:
    scene.taken()
    caller = Caller(scene)
    caller.rings()
    caller.hangs_up()

    caller.leaves_word()

    (case,) = scene.head().cases
    assert [contact.state for contact in case.contacts] == [ContactState.CONNECTED, ContactState.WAITING]
    assert faults(scene.world.store) == []


def test_a_word_after_a_talk_has_its_agent_call(scene: RuleScene) -> None:
    caller = talking(scene)
    caller.hangs_up()

    caller.leaves_word()

    contact = scene.head().cases[0].contact
    assert (contact.state, contact.agent) == (ContactState.CONNECTED, "one")
    assert contact.callback is not None
    assert faults(scene.world.store) == []


def test_the_words_of_a_recording_lie_with_its_call(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()
    caller.leaves_word()
    caller.hangs_up()

    caller.transcribed("Please call me back")

    line = scene.entries()[-1]
    assert (line.kind, line.text) == (K.CALL_TRANSCRIBED, "Please call me back")
    assert line.interaction_id == caller.call().interaction_id
    assert faults(scene.world.store) == []


def test_a_recording_without_words_is_no_line(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()

    assert caller.transcribed("") is Outcome.IGNORED


# being called, being asked


def test_who_asks_for_a_call_keeps_their_place_after_hanging_up(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()
    caller.asks_for_a_call()

    caller.hangs_up()

    (case,) = scene.head().cases
    assert (case.contact.state, case.contact.callback is not None) == (ContactState.WAITING, True)
    assert scene.world.outbox.sends == []
    assert faults(scene.world.store) == []


def test_the_agent_closes_the_case_during_the_call_and_the_caller_is_asked(scene: RuleScene) -> None:
    caller = talking(scene)
    closed = scene.closes("solved", answered=False)

    scene.surveys(closed)

    asked = scene.entries(K.SURVEY_ASKED) or scene.entries(K.SURVEY_SUPPRESSED)
    assert (asked[0].kind, asked[0].channel) == (K.SURVEY_ASKED, "voice")
    assert caller.scores(5) is Outcome.HANDLED
    assert scene.all(Case)[0].score == 5
    assert faults(scene.world.store) == []


def test_who_has_hung_up_is_not_asked(scene: RuleScene) -> None:
    caller = talking(scene)
    closed = scene.closes("solved", answered=False)
    caller.hangs_up()

    scene.surveys(closed)

    assert scene.entries(K.SURVEY_SUPPRESSED)[0].facts["reason"] == "unreachable"


def test_who_wrote_after_the_call_is_asked_there(scene: RuleScene) -> None:
    caller = talking(scene)
    caller.hangs_up()
    scene.world.clock.advance(60)
    scene.sms("Thank you, one more thing")
    closed = scene.closes("solved")

    scene.surveys(closed)

    assert scene.entries(K.SURVEY_ASKED)[0].channel == "sms"


def test_a_score_that_nobody_asked_for_opens_nothing(scene: RuleScene) -> None:
    caller = talking(scene)
    scene.closes("solved", answered=False)

    caller.scores(5)

    assert (scene.head().cases, len(scene.entries(K.CALL_STARTED))) == ((), 1)
    assert faults(scene.world.store) == []


# time, and what is not said


def later(scene: RuleScene, hours: float) -> Callable[[], None]:
    """The timer of the call's silence."""
    entry = scene.entries(K.CALL_STARTED)[0]
    assert entry.due
    scene.world.clock.advance(hours * 3600)
    due = Due(entry.due, "silence", entry.timeline, entry.case_id, entry.interaction_id)
    return lambda: end_silent(*scene.needs, due)


def test_a_call_does_not_end_by_silence_while_they_talk(scene: RuleScene) -> None:
    talking(scene)

    later(scene, 5)()

    assert scene.entries(K.INTERACTION_ENDED) == []


def test_a_call_whose_last_word_was_lost_ends_after_a_day(scene: RuleScene) -> None:
    talking(scene)

    later(scene, 25)()

    assert scene.entries(K.INTERACTION_ENDED)[0].facts["by"] == "silence"
    assert faults(scene.world.store) == []


def test_nothing_is_announced_to_a_telephone(scene: RuleScene) -> None:
    Caller(scene).rings()
    contact = scene.head().cases[0].contact
    at = scene.world.clock() + timedelta(hours=1)
    due = Due(at, "announce", scene.head().customer_id, scene.head().cases[0].id, contact.interaction_id)

    announce(*scene.needs, due)

    assert scene.entries(K.MESSAGE_SENT) == []


def test_thirty_callers_whose_only_agent_leaves_keep_their_age(scene: RuleScene) -> None:
    callers = [
        Caller(scene, sid=f"CA{n}", number=f"+8210555501{n:02}", languages=("ko", "en")) for n in range(30)
    ]
    for caller in callers:
        caller.rings()
        scene.world.clock.advance(10)
    scene.hire()
    scene.assign()
    scene.accept()
    began = {caller.sid: scene.head(caller.number).cases[0].contact.enqueued_at for caller in callers}

    scene.presence(Presence.OFFLINE)

    after = {caller.sid: scene.head(caller.number).cases[0].contact for caller in callers}
    assert {sid: contact.enqueued_at for sid, contact in after.items()} == began
    assert {contact.state for contact in after.values()} == {ContactState.WAITING}
    assert faults(scene.world.store) == []
