"""Telephone calls go to agents who can be rung, and ring them for 20 seconds."""

from dataclasses import replace

import pytest

from infra.twins.clock import START
from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.roster import roster
from shared.domain.routing.assign import offer
from shared.domain.routing.capacity import fits, takes_now
from shared.domain.routing.phone import phone_of
from shared.domain.routing.seating import seat_of
from shared.domain.routing.staff import Agent, Presence
from shared.domain.routing.take import taken
from shared.domain.staffing import Member, Profile
from shared.domain.timeline.entry import Kind

NOWHERE = Agent("one", "One", "main", 1, Presence.AVAILABLE, START, login="one@example.test")
RUNG = replace(NOWHERE, phone="+821055500009")
CALL = Contact("I1", "voice", "main", ContactState.WAITING, START)
CHAT = replace(CALL, interaction_id="I2", channel="chat")
ANYTHING = Profile("all", ("main",))


def now(centre: Centre | None = None, *members: Member) -> Now:
    world = World(settings=FixedSettings(centre or Centre()))
    found = roster(centre or Centre(), members)
    return replace(world.now(), staff=lambda: found)


def case(contact: Contact) -> OpenCase:
    return OpenCase("K1", "c1", START, (contact,))


def test_the_phone_of_the_settings_counts_before_what_the_agent_said() -> None:
    known = now(None, Member("one@example.test", "all", phone="+82255500001"))

    assert (phone_of(RUNG, known), phone_of(RUNG, now())) == ("+82255500001", "+821055500009")


def test_what_agents_said_counts_where_they_may_say_it() -> None:
    assert phone_of(RUNG, now(Centre(calls=Calls(own_phones=False)))) == ""


def test_who_can_be_rung_nowhere_takes_all_but_calls() -> None:
    without, with_it = (set(takes_now(one, ANYTHING, now())) for one in (NOWHERE, RUNG))

    assert with_it - without == {"voice"}
    assert (fits(NOWHERE, case(CALL), CALL, now()), fits(RUNG, case(CALL), CALL, now())) == (False, True)
    assert fits(NOWHERE, case(CHAT), CHAT, now())


def test_the_seat_of_who_can_be_rung_nowhere_is_for_no_call() -> None:
    seats = [seat_of(one, START, now()) for one in (NOWHERE, RUNG)]

    assert ["voice" in seat.channels for seat in seats if seat] == [False, True]


def test_who_can_be_rung_nowhere_takes_no_call_by_hand_either() -> None:
    with pytest.raises(Refused) as refused:
        taken(Head("c1", 3, cases=(case(CALL),)), case(CALL), CALL, NOWHERE, now())

    assert refused.value.code == "no_phone"


@pytest.mark.parametrize(("contact", "usual", "seconds"), [(CALL, 30, 20), (CALL, 10, 10), (CHAT, 30, 30)])
def test_a_call_is_offered_for_20_seconds_at_the_most(contact: Contact, usual: int, seconds: int) -> None:
    known = now(Centre(offer_seconds=usual))

    change = offer(Head("c1", 3, cases=(case(contact),)), case(contact), contact, RUNG, "fits", known)

    (made,) = [w.item for w in change if getattr(w.item, "kind", None) is Kind.OFFER_MADE]
    assert made.due is not None and (made.due - known.at).total_seconds() == seconds  # type: ignore[attr-defined]
