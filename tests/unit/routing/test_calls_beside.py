"""A call waits, or goes on, in a case with which something else happens: nothing of the two is lost."""

from datetime import timedelta

from shared.domain.channel.arrival import CallbackCancelled, CallbackRequest, Left
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import ContactState
from shared.domain.routing.pool import Waiting
from shared.use_cases.case.make_callback import MakeCallback
from shared.use_cases.desk.hand_on import HandOn, Wish
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene
from tests.unit.routing.test_ringing import PHONE, calls, counted, hangs_up, scene_with_calls

TOLD = CallbackRequest("010-1234-5678", None)


def sound(scene: RuleScene) -> bool:
    return faults(scene.world.store, scene.world.now()) == []


def test_a_call_that_waits_is_for_the_colleague_to_whom_its_case_is_handed_over() -> None:
    scene = scene_with_calls()
    case = scene.taken()
    scene.hire("two")
    wish = Wish("one", scene.head().customer_id, case.id, to="two")
    HandOn(*scene.needs).ask(wish, "asking-0001")
    scene.accept("two")
    calls(scene)

    HandOn(*scene.needs).hand_over(wish, "handing-0001")

    assert [row.owner for row in scene.all(Waiting)] == ["two"]
    assert sound(scene)


def test_a_call_that_waits_is_for_everybody_once_the_owner_has_promised_to_call_back() -> None:
    scene = scene_with_calls()
    case, customer = scene.taken(), scene.head().customer_id
    calls(scene)
    at = scene.world.clock() + timedelta(minutes=30)

    MakeCallback(*scene.needs).schedule("one", customer, case.id, "010-1234-5678", at, "promise-0001")

    assert [row.owner for row in scene.all(Waiting)] == [""]
    assert sound(scene)


def test_who_owned_a_case_by_its_call_alone_does_not_when_the_call_is_over() -> None:
    scene = scene_with_calls()
    scene.sms("Hello")
    scene.hire()
    scene.assign()
    calls(scene)
    scene.hire("two")
    scene.assign()
    scene.accept("two")

    hangs_up(scene)

    assert scene.head().cases[0].owner == ""
    assert sound(scene)


def test_a_call_that_waits_ends_with_the_case_when_it_is_the_last_that_goes_on() -> None:
    scene = scene_with_calls()
    scene.chat("Hello")
    scene.proves()
    calls(scene)
    scene.does(Left())

    hangs_up(scene)

    assert (scene.head().cases, scene.all(Waiting)) == ((), [])
    assert counted(scene, "contacts_abandoned") == 2
    assert sound(scene)


def called_back_beside_a_chat() -> RuleScene:
    scene = scene_with_calls()
    scene.chat("Hello")
    scene.proves()
    calls(scene)
    scene.arrives("bell", PHONE, TOLD)
    hangs_up(scene)
    return scene


def test_who_is_to_be_called_back_for_a_call_is_so_though_they_leave_the_chat() -> None:
    scene = called_back_beside_a_chat()

    scene.does(Left())

    (case,) = scene.head().cases
    assert [(c.channel, c.state) for c in case.contacts if c.callback] == [("bell", ContactState.WAITING)]
    assert sound(scene)


def test_who_wants_no_call_for_their_chat_is_still_called_back_for_their_call() -> None:
    scene = called_back_beside_a_chat()
    scene.does(TOLD)
    scene.does(Left())

    scene.does(CallbackCancelled())

    (case,) = scene.head().cases
    assert [type(contact.callback) for contact in case.contacts] == [type(None), Callback]
    assert sound(scene)
