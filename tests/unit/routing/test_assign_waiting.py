"""Longest waiting to longest available; the number of requests does not grow with either."""

from dataclasses import replace

from shared.adapters.table import key, ref_of
from shared.domain.change import ANY, Delete, Put
from shared.domain.customer.head import ContactState
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Presence
from shared.domain.timeline.entry import Kind
from shared.use_cases.routing.answer_offer import AnswerOffer
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene


def number(n: int) -> str:
    return f"+8210123456{n:02}"


def test_the_longest_waiting_goes_to_the_longest_available() -> None:
    scene = RuleScene()
    scene.hire("one")
    scene.world.clock.advance(1)
    scene.hire("two")
    scene.sms("First", number=number(1))
    scene.world.clock.advance(1)
    scene.sms("Second", number=number(2))

    assert scene.assign() == 2

    assert scene.head(number(1)).cases[0].agent == "one"
    assert scene.head(number(2)).cases[0].agent == "two"


def test_an_offer_tells_why_this_agent() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    scene.assign()

    made = scene.entries(Kind.OFFER_MADE)[0]

    assert str(made.facts["reason"]).startswith("longest waiting of 1 in main; the only free agent who fits")
    assert made.due_for == "offer"


def test_an_agent_is_asked_for_one_at_a_time_and_takes_three_messages_and_no_fourth() -> None:
    scene = RuleScene()
    for n in range(4):
        scene.sms("Hello", number=number(n))
    scene.hire()

    offers = []
    for _ in range(3):
        offers.append(scene.assign())
        scene.accept()

    assert offers == [1, 1, 1]
    assert scene.assign() == 0
    assert len(scene.all(Waiting)) == 1


def test_both_wakes_may_come_before_the_other_side_is_there() -> None:
    scene = RuleScene()
    assert scene.assign() == 0
    scene.sms("Hello")
    assert scene.assign() == 0

    scene.hire()

    assert scene.assign() == 1


def test_who_is_on_a_break_is_not_asked() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire(presence=Presence.BREAK)

    assert scene.assign() == 0


def test_a_case_is_offered_to_one_agent_alone() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire("one")
    scene.hire("two")

    scene.assign()
    scene.assign()

    assert len(scene.offers("one")) + len(scene.offers("two")) == 1


def test_a_stale_row_is_removed_and_the_next_in_line_is_offered_at_once() -> None:
    scene = RuleScene()
    scene.sms("Gone", number=number(1))
    scene.sms("Here", number=number(2))
    stale = scene.all(Waiting)[0]
    head = scene.head(number(1))
    scene.world.store.commit(Put(replace(head, cases=()), over=ANY))
    scene.hire()

    assert scene.assign() == 1

    assert stale not in scene.all(Waiting)
    assert scene.head(number(2)).cases[0].contact.state is ContactState.OFFERED


def test_a_lost_race_is_looked_at_again() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()

    def speaks(writes: object) -> None:
        scene.sms("And more")

    scene.world.store.before_commit = speaks

    assert scene.assign() == 1

    assert scene.head().cases[0].contact.state is ContactState.OFFERED


def test_a_row_that_was_put_back_meanwhile_is_not_taken_out_as_stale() -> None:
    """Between our two reads it was offered, and between read and write it came back: the very same row."""
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire("one")
    scene.hire("two")
    row = scene.all(Waiting)[0]
    scene.assign()
    scene.world.store.items[key(ref_of(row))] = row  # what a look sees that began before the offer

    def comes_back(writes: object) -> None:
        del scene.world.store.items[key(ref_of(row))]
        AnswerOffer(*scene.needs).decline("one", scene.offers("one")[0])

    scene.world.store.before_commit = comes_back

    scene.assign()

    assert faults(scene.world.store) == []
    assert scene.head().cases[0].contact.state is ContactState.OFFERED


def test_the_row_of_a_customer_who_was_erased_keeps_nobody_waiting() -> None:
    scene = RuleScene()
    scene.sms("Erased", number=number(1))
    scene.sms("Here", number=number(2))
    erased = scene.head(number(1))
    scene.world.store.commit(Delete(erased))
    scene.hire()

    assert scene.assign() == 1
    assert scene.head(number(2)).cases[0].contact.state is ContactState.OFFERED


def test_an_agent_whose_work_changes_during_the_offer_keeps_it() -> None:
    scene = RuleScene()
    scene.taken()
    scene.sms("Another", number=number(2))

    def closes(writes: object) -> None:
        scene.closes()

    scene.world.store.before_commit = closes

    assert scene.assign() == 1
    assert len(scene.agent().engagements) == 1
    assert faults(scene.world.store) == []
