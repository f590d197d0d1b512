"""An agent places a call: a contact of theirs from the beginning, once per key, or a reason why not."""

from dataclasses import replace

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.change import Put
from shared.domain.customer.call import Call, LegRole, LegState, Spot
from shared.domain.customer.callback import Callback
from shared.domain.customer.evidence import Consent
from shared.domain.customer.head import ContactState
from shared.domain.customer.kept import Case, Interaction
from shared.domain.errors import Refused
from shared.domain.hours import Hours
from shared.domain.report.count_fact import count_fact
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Kind
from shared.use_cases.call.act_on_call import Act, ActOnCall
from shared.use_cases.call.place_call import PlaceCall
from tests.support.call_scene import PHONE, CallScene
from tests.support.consistency import CENTRE, faults
from tests.support.rule_scene import NUMBER, OUR_NUMBER

CLOSED = Hours(weekly=("sun 03:00-03:15",))


@pytest.fixture
def scene() -> CallScene:
    return CallScene()


def written_to(scene: CallScene, phone: str = PHONE) -> None:
    """A customer wrote an SMS, and an agent has the case."""
    scene.sms("Call me")
    scene.hire(phone=phone)
    scene.assign()
    scene.accept()


def places(scene: CallScene, case_id: str = "", number: str = NUMBER, key: str = "key-0001") -> Call:
    head = scene.head()
    PlaceCall(*scene.needs)("one", head.customer_id, case_id or head.cases[0].id, number, key)
    return max(scene.all(Call), key=lambda call: call.interaction_id)


def refused(scene: CallScene, case_id: str = "", number: str = NUMBER) -> str:
    before = len(scene.all(Call))
    with pytest.raises(Refused) as caught:
        places(scene, case_id, number, "key-0009")
    assert len(scene.all(Call)) == before
    return caught.value.code


def test_a_call_in_a_case_of_the_agent_is_a_contact_of_theirs(scene: CallScene) -> None:
    written_to(scene)

    call = places(scene, number="010-1234-5678")

    case, contact = scene.case(), scene.contact(call)
    assert (contact.state, contact.agent, contact.channel) == (ContactState.CONNECTED, "one", "voice")
    assert (call.outbound, call.number, call.spot, call.legs) == (True, NUMBER, Spot.QUEUE, ())
    assert [one.channel for one in case.interactions] == ["sms", "voice"]
    assert [place.channel for place in scene.agent().engagements] == ["sms", "voice"]
    (line,) = scene.entries(Kind.CALL_PLACED)
    assert (line.text, line.way.reply_to, line.interaction_id) == (NUMBER, NUMBER, call.interaction_id)
    assert [timer.what for timer in line.timers] == ["leg"]


def test_a_call_under_the_same_key_is_placed_once(scene: CallScene) -> None:
    written_to(scene)

    assert places(scene) == places(scene)
    assert len(scene.entries(Kind.CALL_PLACED)) == len(scene.all(Call)) == 1


def test_a_new_case_is_the_agents_who_calls(scene: CallScene) -> None:
    written_to(scene)
    scene.closes()
    scene.hire()

    call = places(scene, "new")

    case = scene.case()
    kept = scene.get(Case, case.member, case.id)
    assert (case.owner, case.contact.interaction_id, kept.opened_channel) == (
        "one",
        call.interaction_id,
        "voice",
    )
    assert scene.get(Interaction, case.member, case.id, call.interaction_id).ended_at is None


def test_our_number_of_their_last_call_is_shown_to_them(scene: CallScene) -> None:
    scene.talks()
    ActOnCall(*scene.needs)("one", scene.case().member, scene.case().id, Act("hang_up"), "key-0008")
    scene.closes(answered=False)
    scene.hire()

    assert places(scene, "new").own_side == OUR_NUMBER


def test_who_has_no_phone_calls_nobody(scene: CallScene) -> None:
    written_to(scene, phone="")

    assert refused(scene) == "no_phone"


def test_who_is_in_a_call_places_no_other(scene: CallScene) -> None:
    scene.talks()

    assert refused(scene) == "in_call"


@pytest.mark.parametrize("number", ["", "112", "+1900555", "+8825550000", "hello"])
def test_what_nobody_may_call_is_refused(scene: CallScene, number: str) -> None:
    written_to(scene)

    assert refused(scene, number=number) == "bad_number"


def test_who_opted_out_is_not_called(scene: CallScene) -> None:
    written_to(scene)
    scene.world.store.commit(Put(Consent(Address("phone", NUMBER), True, scene.world.clock())))

    assert refused(scene) == "opted_out"


def test_outside_the_hours_only_who_has_an_open_case_is_called() -> None:
    scene = CallScene(World(settings=FixedSettings(Centre())))
    written_to(scene)
    scene.closes()
    scene.hire()
    scene.world.settings = FixedSettings(replace(Centre(), hours=CLOSED))

    assert refused(scene, "new") == "closed_now"


def test_outside_the_hours_a_case_that_is_open_is_called_in() -> None:
    scene = CallScene(World(settings=FixedSettings(replace(Centre(), hours=CLOSED))))
    written_to(scene)

    assert places(scene).outbound


def test_a_customer_who_answers_is_in_the_room_and_the_carriers_name_finds_the_call(
    scene: CallScene,
) -> None:
    written_to(scene)
    call = places(scene)
    scene.says_of(scene.rings(call), LegState.TALKING, 2)

    scene.says_of(scene.rings(call, "", LegRole.CUSTOMER), LegState.TALKING, 2)

    assert scene.call(call).spot is Spot.ROOM
    customer = scene.call(call).customer
    assert customer is not None and customer.sid == f"CA-{customer.id}"


def test_a_customer_who_does_not_answer_ends_the_exchange_and_the_case_goes_on(scene: CallScene) -> None:
    written_to(scene)
    call = places(scene)
    scene.says_of(scene.rings(call), LegState.TALKING, 2)

    scene.says_of(scene.rings(call, "", LegRole.CUSTOMER), LegState.FAILED, 2, "busy")

    (line,) = scene.entries(Kind.INTERACTION_ENDED)
    assert (line.facts["by"], line.interaction_id) == ("agent", call.interaction_id)
    assert [one.channel for one in scene.case().interactions] == ["sms"]
    assert [contact.channel for contact in scene.case().contacts] == ["sms"]


def test_an_agent_whose_own_phone_does_not_answer_keeps_their_work(scene: CallScene) -> None:
    written_to(scene)
    call = places(scene)

    scene.says_of(scene.rings(call), LegState.FAILED, 2, "no_answer")

    assert scene.call(call).ending
    assert [contact.channel for contact in scene.case().contacts] == ["sms"]
    assert not scene.agent().not_responding


def to_call_back(scene: CallScene, tries: int = 0) -> None:
    """The agent's contact is of somebody who is to be called."""
    written_to(scene)
    head, case = scene.head(), scene.case()
    wish = Callback(Address("phone", NUMBER), tries)
    contact = replace(case.contact, callback=wish)
    after = replace(head, cases=(replace(case, contacts=(contact,)),), version=head.version)
    scene.world.store.commit(Put(after, over=head.version))


def test_who_asked_for_a_call_is_called_in_the_contact_that_is_there(scene: CallScene) -> None:
    to_call_back(scene)

    call = places(scene, number="")

    assert call.interaction_id == scene.case().contact.interaction_id
    assert (len(scene.case().contacts), call.number) == (1, NUMBER)


def test_a_callback_that_is_answered_is_reached(scene: CallScene) -> None:
    to_call_back(scene)
    call = places(scene)
    scene.says_of(scene.rings(call), LegState.TALKING, 2)

    scene.says_of(scene.rings(call, "", LegRole.CUSTOMER), LegState.TALKING, 2)

    (line,) = scene.entries(Kind.CALLBACK_TRIED)
    assert (line.facts["reached"], scene.contact(call).callback) == (True, None)


def test_the_end_of_a_callback_that_comes_before_its_beginning_says_that_it_was_reached(
    scene: CallScene,
) -> None:
    to_call_back(scene)
    call = places(scene)
    leg = scene.rings(call, "", LegRole.CUSTOMER)

    scene.says_of(leg, LegState.ENDED, 3, seconds=20)
    scene.says_of(leg, LegState.TALKING, 2)

    assert [line.facts["reached"] for line in scene.entries(Kind.CALLBACK_TRIED)] == [True]


@pytest.mark.parametrize("reason", ["busy", "no_answer"])
def test_a_callback_that_nobody_answers_is_tried_again_later(scene: CallScene, reason: str) -> None:
    to_call_back(scene)
    call = places(scene)
    scene.says_of(scene.rings(call), LegState.TALKING, 2)

    scene.says_of(scene.rings(call, "", LegRole.CUSTOMER), LegState.FAILED, 2, reason)

    contact = scene.contact(call)
    assert contact.state is ContactState.LATER
    assert contact.callback is not None and contact.callback.tries == 1
    assert not scene.agent().engagements


def test_after_the_last_try_the_case_ends(scene: CallScene) -> None:
    to_call_back(scene, tries=2)
    call = places(scene)

    scene.says_of(scene.rings(call, "", LegRole.CUSTOMER), LegState.FAILED, 2, "no_answer")

    assert scene.head().cases == ()
    assert scene.closed().data["disposition"] == "no_answer"


def test_a_callback_whose_agent_does_not_answer_is_offered_to_others(scene: CallScene) -> None:
    to_call_back(scene)
    call = places(scene)

    scene.says_of(scene.rings(call), LegState.FAILED, 2, "no_answer")

    contact = scene.contact(call)
    assert (contact.state, contact.callback is not None) == (ContactState.WAITING, True)
    assert scene.agent().not_responding


def test_a_case_of_somebody_else_is_not_called_in(scene: CallScene) -> None:
    written_to(scene)
    scene.hire("two")
    head = scene.head()

    with pytest.raises(Refused) as caught:
        PlaceCall(*scene.needs)("two", head.customer_id, head.cases[0].id, NUMBER, "key-0001")

    assert caught.value.code == "not_owner"


@pytest.mark.parametrize("role", [LegRole.AGENT, LegRole.CUSTOMER])
def test_a_callback_is_not_tried_anew_while_somebody_of_the_last_try_is_on_the_line(
    scene: CallScene, role: LegRole
) -> None:
    to_call_back(scene)
    call = places(scene)
    scene.rings(call, "one" if role is LegRole.AGENT else "", role)
    scene.change(replace(scene.call(), ending=True))

    assert refused(scene) == "in_call"


def test_what_else_waits_in_the_case_knows_what_the_call_takes_of_the_agent(scene: CallScene) -> None:
    written_to(scene)
    scene.calls()

    places(scene)

    assert faults(scene.world.store) == []


def test_a_placed_call_is_counted_as_such_until_it_ends(scene: CallScene) -> None:
    written_to(scene)
    customer = scene.rings(places(scene), "", LegRole.CUSTOMER)
    scene.says_of(customer, LegState.TALKING, 2)
    assert faults(scene.world.store) == []

    scene.says_of(customer, LegState.ENDED, 3)

    assert faults(scene.world.store) == []
    (fact,) = facts(scene.entries(Kind.CALL_PLACED)[0])
    assert sum(dict(add.amounts).get("contacts_placed", 0) for add in count_fact(fact, CENTRE)) > 0
