"""In whatever order and how often a call is told: one beginning, one end, no word lost."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.case.together import together
from shared.domain.change import Put
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.customer.call import Call
from shared.domain.customer.head import ContactState
from shared.domain.customer.kept import Interaction
from shared.domain.timeline.entry import Kind
from tests.support.caller import DESK_PHONE, Caller
from tests.support.consistency import faults
from tests.support.flows import WELCOME
from tests.support.rule_scene import RuleScene
from tests.unit.call.test_receive_call import greeting

K = Kind
KEYS = st.lists(st.sampled_from(["1", "2", "3", "4", "12345", "9", "", "delivery"]), max_size=5)


def spoken(keys: list[str], flow: bool, leaves_word: bool) -> Caller:
    """What a call tells, in the order it happened; to a centre that forgets it."""
    caller = Caller(greeting() if flow else RuleScene(phone=DESK_PHONE), WELCOME if flow else None)
    caller.rings()
    for key in keys if flow else ():
        if caller.at and caller.at.end is None:
            caller.keys(key)
    if leaves_word:
        caller.leaves_word()
    caller.hangs_up()
    return caller


def told_again(caller: Caller, order: list[int], flow: bool) -> RuleScene:
    """The same words, told to a new centre in this order."""
    caller.scene = greeting() if flow else RuleScene(phone=DESK_PHONE)
    for n in order:
        caller.tell(n)
    return caller.scene


@st.composite
def calls(draw: st.DrawFn) -> tuple[Caller, list[int], bool]:
    flow = draw(st.booleans())
    caller = spoken(draw(KEYS), flow, draw(st.booleans()))
    every = range(len(caller.told))
    again = draw(st.lists(st.sampled_from(every), max_size=4))
    return caller, draw(st.permutations([*every, *again])), flow


@given(calls())
@settings(max_examples=150, deadline=None)
def test_in_any_order_a_call_begins_once_ends_once_and_loses_no_word(
    told: tuple[Caller, list[int], bool],
) -> None:
    caller, order, flow = told
    left_word = any(name.endswith(":word") for name, _ in caller.told)

    scene = told_again(caller, order, flow)

    assert len(scene.entries(K.CALL_STARTED)) == len(scene.all(Call)) == 1
    assert caller.call().customer is None
    assert all(one.ended_at for one in scene.all(Interaction))
    waits = [contact for case in scene.head().cases for contact in case.contacts]
    assert [c.state for c in waits] == [ContactState.WAITING] * left_word
    assert all(contact.callback for contact in waits)
    assert faults(scene.world.store) == []


@given(calls())
@settings(max_examples=100, deadline=None)
def test_what_was_pressed_and_said_stands_on_the_timeline_in_any_order(
    told: tuple[Caller, list[int], bool],
) -> None:
    caller, order, flow = told
    said = sum(not name.endswith(":word") and ":keys-" in name for name, a in caller.told if _text(a.what))

    scene = told_again(caller, order, flow)

    assert len(scene.entries(K.MESSAGE_RECEIVED)) == said + any(":word" in name for name, _ in caller.told)


@given(calls())
@settings(max_examples=100, deadline=None)
def test_each_word_has_one_outcome(told: tuple[Caller, list[int], bool]) -> None:
    caller, order, flow = told

    scene = told_again(caller, order, flow)

    outcomes = {receipt.event_id: receipt.outcome for receipt in scene.all(Receipt)}
    assert set(outcomes) == {name for name, _ in caller.told}
    assert set(outcomes.values()) <= {Outcome.HANDLED, Outcome.IGNORED}


@given(calls())
@settings(max_examples=100, deadline=None)
def test_beside_a_case_that_somebody_has_a_call_changes_nothing_of_it(
    told: tuple[Caller, list[int], bool],
) -> None:
    caller, order, _ = told
    scene = RuleScene(phone=DESK_PHONE)
    before = scene.taken()
    caller.scene = scene

    for n in order:
        caller.tell(n)

    (case,) = scene.head().cases
    assert (case.owner, case.contact) == ("one", before.contact)
    assert [one.channel for one in case.interactions] == ["sms"]
    assert faults(scene.world.store) == []


def _text(what: object) -> str:
    return getattr(what, "text", "")


# two changes as one transaction


def test_two_changes_together_write_each_item_once() -> None:
    scene = RuleScene(phone=DESK_PHONE)
    caller = Caller(scene)
    caller.rings()
    call = caller.call()
    second = replace(call, held=True, version=call.version + 1)

    both = together((Put(call),), (Put(second, over=call.version),))

    assert both == (Put(second),)
