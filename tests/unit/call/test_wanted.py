"""Who should be on the line and who is: one order after another makes the one like the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.clock import START
from shared.domain.address.address import Address
from shared.domain.call.carried import claimed, lapsed, taken, undone, unheard, without_leg
from shared.domain.call.look import HUNG_UP, key_of
from shared.domain.call.order import Act, Order
from shared.domain.call.wanted import CLAIM, next_order, to_be_rung
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.customer.call import Call, Leg, LegRole, LegState, RecordingState, Spot, with_leg
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, ContactState
from shared.domain.now import Now

IDS = count(1)
RECORDS = Centre(calls=Calls(record=True, delete_recordings=True))
PHONES = {"one": "+821055500201", "two": "+821055500202", "boss": "+821055500203", "": "+821055500101"}
BEFORE, AFTER = START - timedelta(minutes=5), START + timedelta(minutes=5)
TALKING, DIALLED, ENDED, FAILED = LegState.TALKING, LegState.DIALLED, LegState.ENDED, LegState.FAILED
CALLER = Leg("c", LegRole.CUSTOMER, TALKING, BEFORE, "CAc")
AGENT = Leg("a", LegRole.AGENT, TALKING, START, "CAa", "one", PHONES["one"])
SUPERVISOR = Leg("s", LegRole.SUPERVISOR, TALKING, START, "CAs", "boss", PHONES["boss"], listens="listen")
CONNECTED = Contact("I1", "voice", "main", ContactState.CONNECTED, BEFORE, agent="one", assigned_at=START)
WAITS = replace(CONNECTED, state=ContactState.WAITING, agent="", assigned_at=None)
CALLED_BACK = replace(CONNECTED, callback=Callback(Address("phone", PHONES[""])))


def now(centre: Centre = RECORDS) -> Now:
    return Now(START, lambda: f"leg-{next(IDS)}", centre)


def a_call(*legs: Leg, spot: Spot = Spot.QUEUE, **more: Any) -> Call:
    return Call("C1", "I1", "K1", BEFORE, legs, spot, **more)


def in_room(*legs: Leg, **more: Any) -> Call:
    return a_call(CALLER, AGENT, *legs, spot=Spot.ROOM, **more)


def order(call: Call, contact: Contact | None = CONNECTED, centre: Centre = RECORDS) -> Order | None:
    return next_order(call, contact, PHONES, now(centre))


def act(call: Call, contact: Contact | None = CONNECTED, centre: Centre = RECORDS) -> tuple[Act, str] | None:
    """What is asked for, and about whom: a name of a leg, or who is rung."""
    found = order(call, contact, centre)
    if found is None:
        return None
    leg = found.leg
    about = "" if leg is None else (leg.who or leg.to) if found.act is Act.DIAL else leg.id
    return found.act, about


def test_a_caller_who_waits_is_left_alone() -> None:
    assert act(a_call(CALLER), WAITS) is None
    assert act(a_call(CALLER, spot=Spot.MENU), replace(WAITS, state=ContactState.FLOW)) is None


def test_an_agent_who_took_the_call_is_rung_first() -> None:
    found = order(a_call(CALLER))

    assert found and found.leg
    leg = found.leg
    told = (found.act, leg.role, leg.who, leg.to, leg.state, leg.until)
    assert told == (Act.DIAL, LegRole.AGENT, "one", PHONES["one"], LegState.CLAIMED, START + CLAIM)


@pytest.mark.parametrize("state", [s for s in LegState if s is not TALKING])
def test_the_customer_stays_where_they_are_until_the_agent_talks(state: LegState) -> None:
    assert act(a_call(CALLER, replace(AGENT, state=state))) is None


def test_the_customer_comes_to_the_agent_who_talks() -> None:
    assert act(a_call(CALLER, AGENT)) == (Act.ROOM, "")
    assert act(in_room(), centre=Centre()) is None


def test_whoever_was_asked_for_advice_and_has_the_contact_now_is_not_rung_again() -> None:
    colleague = replace(AGENT, id="b", role=LegRole.COLLEAGUE, who="two", sid="CAb")

    assert act(in_room(colleague), replace(CONNECTED, agent="two")) == (Act.HANG_UP, "a")
    alone = without_leg(in_room(colleague), AGENT)
    assert act(alone, replace(CONNECTED, agent="two"), Centre()) is None


def test_a_colleague_is_rung_once_they_have_said_yes() -> None:
    rings = replace(CONNECTED, asked="two", ask_id="A1")

    assert act(in_room(), rings, Centre()) is None
    assert act(in_room(), replace(rings, ask_id=""), Centre()) == (Act.DIAL, "two")


def test_a_customer_on_hold_hears_music_until_they_are_taken_back() -> None:
    assert act(in_room(held=True), centre=Centre()) == (Act.HOLD, "")
    on_hold = replace(in_room(held=True), spot=Spot.HOLD)
    assert act(on_hold, centre=Centre()) is None
    assert act(replace(on_hold, held=False), centre=Centre()) == (Act.ROOM, "")


@pytest.mark.parametrize("spot", [Spot.ROOM, Spot.HOLD])
@pytest.mark.parametrize("state", [ContactState.WAITING, ContactState.OFFERED])
def test_a_customer_whom_nobody_has_any_more_goes_back_to_the_queue(spot: Spot, state: ContactState) -> None:
    assert act(a_call(CALLER, spot=spot), replace(WAITS, state=state)) == (Act.QUEUE, "")


def test_a_customer_whom_the_agent_left_on_hold_comes_to_who_is_still_there() -> None:
    gone = replace(AGENT, state=ENDED)
    adviser = Leg("x", LegRole.COLLEAGUE, TALKING, START, "CAx", "two", PHONES["two"])
    advised = replace(CONNECTED, asked="two")

    assert act(a_call(CALLER, gone, adviser, spot=Spot.HOLD), advised) == (Act.ROOM, "")
    assert act(a_call(CALLER, gone, SUPERVISOR, spot=Spot.HOLD, listeners=(("boss", "listen"),))) is None


def test_an_agent_whose_contact_went_on_is_hung_up_before_the_customer_is_moved() -> None:
    assert act(in_room(), WAITS) == (Act.HANG_UP, "a")


def test_who_was_asked_to_end_is_not_asked_again_at_once() -> None:
    ending = replace(AGENT, reason=HUNG_UP, until=START + CLAIM)

    assert act(a_call(CALLER, ending), WAITS) is None
    assert act(a_call(CALLER, replace(ending, until=START)), WAITS) == (Act.HANG_UP, "a")


def test_a_leg_without_a_name_at_the_carrier_can_not_be_hung_up() -> None:
    assert act(a_call(CALLER, replace(AGENT, state=LegState.UNKNOWN, sid="")), WAITS) is None


def test_a_leg_that_is_over_is_forgotten_once_its_person_is_not_wanted() -> None:
    failed = replace(AGENT, state=FAILED, at=AFTER)

    assert act(a_call(CALLER, failed)) is None, "who did not pick up is not rung again"
    assert act(a_call(CALLER, failed), WAITS) == (Act.FORGET, "a")


def test_an_agent_who_gets_the_contact_again_is_rung_again() -> None:
    missed = replace(AGENT, state=FAILED, at=BEFORE)

    assert act(a_call(CALLER, missed)) == (Act.FORGET, "a")
    assert act(a_call(CALLER)) == (Act.DIAL, "one")


def test_legs_of_a_call_that_is_over_stay_as_what_happened() -> None:
    gone = (replace(CALLER, state=ENDED), replace(AGENT, state=ENDED))

    assert act(a_call(*gone), None) is None


@pytest.mark.parametrize("contact", [CONNECTED, WAITS, None])
def test_staff_are_hung_up_when_the_customer_has_gone(contact: Contact | None) -> None:
    left = a_call(replace(CALLER, state=ENDED), AGENT, spot=Spot.ROOM)

    assert act(left, contact) == (Act.HANG_UP, "a")


def test_a_customer_who_is_to_be_let_go_is_hung_up_after_staff() -> None:
    assert act(in_room(ending=True)) == (Act.HANG_UP, "a")
    alone = a_call(CALLER, replace(AGENT, state=ENDED, at=AFTER), spot=Spot.ROOM, ending=True)
    assert act(alone, None) == (Act.HANG_UP, "c")


@pytest.mark.parametrize("spot", list(Spot))
def test_a_customer_whose_exchange_is_over_hears_a_goodbye_once(spot: Spot) -> None:
    leaves = spot in (Spot.SURVEY, Spot.GOODBYE, Spot.VOICEMAIL)

    assert act(a_call(CALLER, spot=spot), None) == (None if leaves else (Act.GOODBYE, ""))


def test_a_customer_who_asked_for_a_call_is_rung_only_once_the_agent_talks() -> None:
    assert act(a_call(), CALLED_BACK) == (Act.DIAL, "one")
    assert act(a_call(replace(AGENT, state=DIALLED)), CALLED_BACK) is None
    assert act(a_call(AGENT), CALLED_BACK) == (Act.DIAL, PHONES[""])
    assert act(a_call(AGENT, outbound=True)) == (Act.DIAL, PHONES[""])


def test_a_customer_who_did_not_answer_is_not_rung_again_by_the_same_agent() -> None:
    missed = replace(CALLER, state=FAILED, at=AFTER)

    assert act(a_call(missed, AGENT), CALLED_BACK) == (Act.HANG_UP, "a")


def test_a_customer_who_hung_up_and_asked_for_a_call_is_rung_for_whoever_has_them_then() -> None:
    left = replace(CALLER, state=ENDED)

    assert act(a_call(left), CALLED_BACK) == (Act.DIAL, "one")
    assert act(a_call(left, AGENT), CALLED_BACK) == (Act.DIAL, PHONES[""])


def test_the_next_try_of_a_call_begins_although_the_last_one_was_ended() -> None:
    missed = a_call(replace(CALLER, state=FAILED), ending=True)

    found = order(missed, CALLED_BACK)

    assert found and found.leg and found.leg.who == "one"
    assert not claimed(missed, found, START).ending


def test_the_next_try_has_a_recording_of_its_own() -> None:
    missed = a_call(
        replace(CALLER, state=FAILED),
        AGENT,
        recording=RecordingState.COMPLETED,
        recording_sid="RE1",
        announced=True,
    )

    found = order(missed, CALLED_BACK)
    assert found and found.leg
    anew = taken(claimed(missed, found, START), found, "CA9", START, True)

    assert (anew.recording, anew.recording_sid, anew.announced) == (RecordingState.OFF, "", True)
    assert [leg.role for leg in anew.legs] == [LegRole.AGENT, LegRole.CUSTOMER]


def test_an_agent_who_hangs_up_before_the_customer_is_rung_rings_nobody() -> None:
    assert act(a_call(AGENT, ending=True), CALLED_BACK) == (Act.HANG_UP, "a")
    assert act(a_call(replace(AGENT, reason=HUNG_UP, until=AFTER), ending=True), CALLED_BACK) is None


def test_a_supervisor_and_an_outside_number_come_to_who_talks_already() -> None:
    guests: dict[str, Any] = {"listeners": (("boss", "listen"),), "numbers": ("+8225550100",)}

    assert act(a_call(CALLER, replace(AGENT, state=DIALLED), **guests)) is None
    assert act(a_call(CALLER, AGENT, **guests)) == (Act.DIAL, "boss")
    assert act(a_call(CALLER, AGENT, SUPERVISOR, **guests)) == (Act.DIAL, "+8225550100")


def test_a_supervisor_who_wishes_to_be_heard_is_heard_by_the_same_telephone() -> None:
    call = in_room(SUPERVISOR, listeners=(("boss", "join"),))

    assert act(call, centre=Centre()) == (Act.ROOM, "s")
    heard = taken(call, Order(Act.ROOM, SUPERVISOR), "", START, False)
    assert act(heard, centre=Centre()) is None


def test_a_supervisor_who_has_heard_enough_is_hung_up() -> None:
    assert act(in_room(SUPERVISOR)) == (Act.HANG_UP, "s")


def test_a_call_is_recorded_once_the_caller_has_heard_that_it_is() -> None:
    assert act(in_room()) is None
    assert act(in_room(announced=True)) == (Act.RECORD, "")
    assert act(in_room(announced=True), centre=Centre()) is None
    assert act(in_room(announced=True, paused=True)) is None


def test_a_recording_pauses_and_goes_on_as_staff_wish() -> None:
    runs = in_room(announced=True, recording=RecordingState.IN_PROGRESS)

    assert act(runs) is None
    assert act(replace(runs, paused=True)) == (Act.PAUSE, "")
    paused = replace(runs, recording=RecordingState.PAUSED)
    assert act(paused) == (Act.RESUME, "")
    assert act(replace(paused, paused=True)) is None


def test_a_recording_is_deleted_at_the_carrier_once_it_lies_in_our_bucket() -> None:
    gone = replace(CALLER, state=ENDED)
    done = a_call(gone, recording=RecordingState.COMPLETED, recording_sid="RE1")

    assert act(done, None) is None
    assert act(replace(done, stored=True), None) == (Act.DELETE, "")
    assert act(replace(done, stored=True), None, Centre()) is None


def test_only_who_has_no_leg_needs_a_phone() -> None:
    listening = (("boss", "listen"),)

    assert to_be_rung(a_call(CALLER, listeners=listening), CONNECTED, now()) == ("one", "boss")
    assert to_be_rung(in_room(SUPERVISOR, listeners=listening), CONNECTED, now()) == ()
    assert to_be_rung(a_call(CALLER), WAITS, now()) == ()


def test_a_claim_that_is_over_leaves_a_telephone_that_may_ring_and_any_other_order_to_be_asked_again() -> (
    None
):
    first = order(a_call(CALLER))
    assert first and first.leg
    asking = claimed(a_call(CALLER), first, START)

    assert lapsed(asking, START + CLAIM - timedelta(seconds=1)) == asking
    late = lapsed(asking, START + CLAIM)
    assert [leg.state for leg in late.legs] == [TALKING, LegState.UNKNOWN]
    assert (late.ordered, late.ordered_until, act(late)) == ("", None, None)
    room = claimed(a_call(CALLER, AGENT), Order(Act.ROOM), START)
    assert act(lapsed(room, START + CLAIM)) == (Act.ROOM, "")


def test_what_was_heard_while_the_carrier_was_asked_stays() -> None:
    first = order(a_call(CALLER))
    assert first and first.leg
    asking = claimed(a_call(CALLER), first, START)
    picked_up = with_leg(asking, replace(first.leg, state=TALKING, sid="CA7", sequence=2))

    after = taken(picked_up, first, "CA7", START, False).leg(first.leg.id)

    assert after and (after.state, after.sid, after.sequence) == (TALKING, "CA7", 2)


def test_a_customer_who_is_rung_for_nobody_any_more_is_hung_up() -> None:
    rings = a_call(replace(CALLER, state=DIALLED, to=PHONES[""]), outbound=True)

    assert act(rings, WAITS) == act(rings, None) == (Act.HANG_UP, "c")
    assert act(replace(rings, legs=(*rings.legs, AGENT))) is None


@pytest.mark.parametrize("state", [ContactState.LATER, ContactState.SNOOZED])
def test_a_customer_who_is_to_be_called_later_is_not_left_alone_in_the_room(state: ContactState) -> None:
    later = replace(CALLED_BACK, state=state, agent="")

    assert act(a_call(CALLER, spot=Spot.ROOM), later) == (Act.GOODBYE, "")
    assert act(a_call(CALLER, spot=Spot.QUEUE), later) is None, "the queue's own words are going on"


def test_nobody_is_put_to_a_leg_that_was_asked_to_end_though_its_agent_is_wanted_again() -> None:
    ending = replace(AGENT, reason=HUNG_UP, until=START + CLAIM)

    assert act(a_call(CALLER, ending)) is None
    assert act(a_call(CALLER, replace(ending, until=START))) == (Act.HANG_UP, "a")


def test_a_leg_that_was_rung_before_says_nothing_of_who_has_the_contact_again_however_late_it_ends() -> None:
    ended = replace(AGENT, state=ENDED, at=AFTER, rung_at=BEFORE)

    assert act(a_call(CALLER, ended)) == (Act.FORGET, "a")
    advised = replace(ended, role=LegRole.COLLEAGUE)
    assert act(a_call(CALLER, advised)) is None, "a colleague came by this leg, and has hung up"


# ---------------------------------------------------------------------- from any state

STATES = st.sampled_from(list(LegState))
PEOPLE = [
    (LegRole.CUSTOMER, "", ""),
    (LegRole.AGENT, "one", PHONES["one"]),
    (LegRole.COLLEAGUE, "two", PHONES["two"]),
    (LegRole.SUPERVISOR, "boss", PHONES["boss"]),
    (LegRole.NUMBER, "", "+8225550100"),
]


@st.composite
def any_legs(draw: st.DrawFn) -> tuple[Leg, ...]:
    """At most one leg of each person, as the operator leaves them; the carrier has a name for each that it
    has told of."""
    legs = []
    for role, who, to in draw(st.lists(st.sampled_from(PEOPLE), unique=True)):
        state = draw(STATES)
        sid = "" if state in (LegState.CLAIMED, LegState.UNKNOWN) else f"CA{next(IDS)}"
        at = draw(st.sampled_from([BEFORE, START, AFTER]))
        legs.append(
            Leg(f"leg-{next(IDS)}", role, state, at, sid, who, to, listens="listen" if who == "boss" else "")
        )
    return tuple(legs)


CALLS = st.builds(
    Call,
    *(st.just(value) for value in ("C1", "I1", "K1", BEFORE)),
    any_legs(),
    st.sampled_from(list(Spot)),
    held=st.booleans(),
    paused=st.booleans(),
    ending=st.booleans(),
    listeners=st.sampled_from([(), (("boss", "listen"),), (("boss", "join"),)]),
    numbers=st.sampled_from([(), ("+8225550100",)]),
    recording=st.sampled_from(list(RecordingState)),
    recording_sid=st.just("RE1"),
    announced=st.booleans(),
    outbound=st.booleans(),
    stored=st.booleans(),
)
CONTACTS = st.none() | st.builds(
    Contact,
    *(st.just(value) for value in ("I1", "voice", "main")),
    st.sampled_from(list(ContactState)),
    st.just(BEFORE),
    agent=st.sampled_from(["one", "two"]),
    assigned_at=st.just(START),
    callback=st.none() | st.just(Callback(Address("phone", PHONES[""]))),
    asked=st.sampled_from(["", "two"]),
    ask_id=st.sampled_from(["", "A1"]),
)
ANSWERS = st.lists(
    st.sampled_from(["taken", "picked_up", "not_there", "unheard", "died", "busy"]), max_size=20
)


def carried(call: Call, told: Order, answer: str) -> Call:
    """What a small carrier makes of an order; and what it tells of the leg."""
    if told.act is Act.FORGET and told.leg:
        return without_leg(call, told.leg)
    asking = claimed(call, told, START)
    if told.act is Act.DIAL:
        return _rung(asking, told, answer)
    if answer == "died":
        return lapsed(asking, START + CLAIM)
    after = taken(asking, told, "RE1", START, RECORDS.calls.record)
    if told.act is Act.HANG_UP and told.leg:
        after = with_leg(after, replace(told.leg, state=ENDED))
    return replace(after, ordered="", ordered_until=None)


def _rung(asking: Call, told: Order, answer: str) -> Call:
    assert told.leg is not None
    if answer in ("unheard", "died"):
        return lapsed(unheard(asking, told), START + CLAIM)
    if answer == "busy":
        return undone(asking, told)
    after = taken(asking, told, f"CA{next(IDS)}", START, RECORDS.calls.record)
    leg = after.leg(told.leg.id)
    assert leg is not None
    return with_leg(after, replace(leg, state=FAILED if answer == "not_there" else TALKING))


def played(call: Call, contact: Contact | None, answers: Sequence[str]) -> list[tuple[Call, Order]]:
    """Every order with the call before it, until nothing is wanted."""
    found: list[tuple[Call, Order]] = []
    left = list(answers)
    while told := order(call, contact):
        found.append((call, told))
        assert len(found) <= 20 + len(answers), found
        answer = left.pop(0) if left else "picked_up"
        call = carried(call, told, answer)
    return found


@given(CALLS, CONTACTS)
def test_orders_end_within_twenty(call: Call, contact: Contact | None) -> None:
    assert len(played(call, contact, ())) <= 20


@given(CALLS, CONTACTS, ANSWERS)
def test_nobody_is_rung_who_has_a_telephone_that_is_or_may_be_theirs(
    call: Call, contact: Contact | None, answers: list[str]
) -> None:
    for before, told in played(call, contact, answers):
        if told.act is Act.DIAL and told.leg and told.leg.role is LegRole.CUSTOMER:
            assert before.customer is None
        elif told.act is Act.DIAL and told.leg:
            assert key_of(told.leg) not in {key_of(leg) for leg in before.staff()}


@given(CALLS, CONTACTS, ANSWERS)
def test_a_customer_is_put_or_rung_into_the_room_only_where_somebody_talks(
    call: Call, contact: Contact | None, answers: list[str]
) -> None:
    for before, told in played(call, contact, answers):
        to_room = told.act is Act.ROOM and told.leg is None
        rung = told.act is Act.DIAL and told.leg is not None and told.leg.role is LegRole.CUSTOMER
        if to_room or rung:
            assert contact
            talking = [leg for leg in before.staff() if leg.state is TALKING]
            left = to_room and before.spot is Spot.HOLD and not before.held
            assert any(left or leg.who == contact.agent for leg in talking)


@given(CALLS, CONTACTS)
def test_a_telephone_that_may_ring_is_never_rung_again(call: Call, contact: Contact | None) -> None:
    unknown = {key_of(leg) for leg in call.staff() if leg.state is LegState.UNKNOWN}

    rung = {key_of(told.leg) for _, told in played(call, contact, ()) if told.act is Act.DIAL and told.leg}

    assert not unknown & rung
