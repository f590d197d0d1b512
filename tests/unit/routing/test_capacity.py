"""What an agent has room for: limits by profile, channels weighed against each other, what may interrupt."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.clock import START
from shared.domain.centre import Centre
from shared.domain.customer.head import Contact, ContactState, OpenCase
from shared.domain.now import Now
from shared.domain.routing.capacity import Share, engagement, has_room_for, may_ring_owner, places, shares
from shared.domain.routing.staff import Agent, Engagement, Presence, room, takes_work
from shared.domain.staffing import Interrupts, Limit, Profile
from shared.domain.traits import FULL, Channels, Traits

TRAITS = {
    "voice": {"rings": True, "places": 15, "live": True},
    "chat": {"live": True},
    "email": {"places": 3, "subjects": True},
}
CHANNELS = Channels(
    tuple(Traits(name, "phone", name, name, "", ("", ""), **told) for name, told in TRAITS.items())  # type: ignore[arg-type]
)
PROFILE = Profile(
    "phones",
    ("main",),
    (Limit("voice", 1), Limit("chat", 3), Limit("email", 5)),
    (Interrupts("voice", ("email",)),),
)
NOW = Now(START, lambda: "id", Centre(profiles=(PROFILE,)), CHANNELS)


def agent(*held: str, owns: bool = False, **told: object) -> Agent:
    """An agent with a case for each channel, and the places it takes of them."""
    having = tuple(
        Engagement(f"K{n}", "c1", name, START, f"I{n}", places(PROFILE, name, CHANNELS), owns=owns)
        for n, name in enumerate(held)
    )
    plain = Agent("one", "One", "main", 1, Presence.AVAILABLE, START, engagements=having)
    return replace(plain, **told)  # type: ignore[arg-type]


def asked(who: Agent, channel: str, case_id: str = "K9") -> Agent:
    """The agent while a contact of this channel rings them."""
    contact = Contact("I9", channel, "main", ContactState.OFFERED, START, agent="one", offer_id="O9")
    case = OpenCase(case_id, "c1", START, (contact,), owner="one" if case_id == "K0" else "")
    return replace(who, engagements=(*who.engagements, engagement(who, case, contact, NOW)))


@pytest.mark.parametrize(
    ("held", "fits"),
    [
        ((), ("voice", "chat", "email")),
        (("chat",), ("chat", "email")),
        (("chat", "chat", "chat"), ()),
        (("email",), ("voice", "chat", "email")),
        (("email",) * 5, ("voice",)),
        (("chat", "email"), ("chat", "email")),
        (("voice",), ()),
    ],
)
def test_channels_have_room_by_their_limits_and_weigh_against_each_other(
    held: tuple[str, ...], fits: tuple[str, ...]
) -> None:
    assert has_room_for(agent(*held), PROFILE, CHANNELS) == fits


def test_a_limit_counts_contacts_though_places_are_left() -> None:
    few = replace(PROFILE, limits=(Limit("chat", 2), Limit("email", 15)))

    assert "chat" not in has_room_for(agent("chat", "chat"), few, CHANNELS)


def test_a_call_interrupts_emails_and_then_nothing_else_comes_though_emails_end() -> None:
    ringing = asked(agent("email", "email"), "voice")
    talking = replace(ringing, engagements=tuple(replace(e, offer_id="") for e in ringing.engagements))
    alone = replace(talking, engagements=talking.engagements[2:])

    assert ringing.engagements[-1].beside
    assert has_room_for(talking, PROFILE, CHANNELS) == ()
    assert not takes_work(alone)


def test_a_call_interrupts_no_chat_but_rings_the_owner_of_its_own_case_beside_it() -> None:
    owner = agent("chat", owns=True)

    assert "voice" not in has_room_for(owner, PROFILE, CHANNELS)
    assert may_ring_owner(owner, PROFILE, CHANNELS) == ("voice",)
    beside = asked(owner, "voice", "K0")
    assert beside.engagements[-1].beside
    assert may_ring_owner(beside, PROFILE, CHANNELS) == ()


def test_who_owns_no_case_is_rung_by_no_call_when_full() -> None:
    assert may_ring_owner(agent("chat", "chat", "chat"), PROFILE, CHANNELS) == ()


def test_ringing_holding_and_after_contact_work_take_places() -> None:
    wraps = replace(agent("chat").engagements[0], wraps_until=START + timedelta(minutes=1))
    rings = replace(agent("chat").engagements[0], case_id="K8", offer_id="O1")

    assert room(agent(engagements=(wraps, rings))) == FULL - 10


def test_a_drained_agent_takes_no_work() -> None:
    assert takes_work(agent()) and not takes_work(agent(draining=True))


@given(st.lists(st.sampled_from(("voice", "chat", "email")), max_size=8))
def test_whoever_is_given_only_what_fits_never_has_more_than_their_places_unless_interrupted(
    wanted: list[str],
) -> None:
    who = agent()
    for n, channel in enumerate(wanted):
        if channel in has_room_for(who, PROFILE, CHANNELS):
            taken = asked(who, channel, f"C{n}").engagements[-1]
            who = replace(who, engagements=(*who.engagements, replace(taken, offer_id="")))

    assert room(who) >= 0 or any(place.beside for place in who.engagements)
    assert sum(place.channel == "voice" for place in who.engagements) <= 1


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ((), {"calls": (0, 1), "chats": (0, 3), "emails": (0, 5)}),
        (("chat", "chat"), {"chats": (2, 3), "emails": (0, 1)}),
        (("chat", "email"), {"chats": (1, 2), "emails": (1, 3)}),
        (("chat", "chat", "chat"), {"chats": (3, 3)}),
        (("voice",), {"calls": (1, 1)}),
    ],
)
def test_an_agent_reads_their_room_as_contacts_of_how_many(
    held: tuple[str, ...], told: dict[str, tuple[int, int]]
) -> None:
    read = shares(agent(*held), PROFILE, CHANNELS)

    assert read == tuple(Share(kind, *numbers) for kind, numbers in told.items())


def test_contacts_of_one_case_are_one_in_words_as_well() -> None:
    place = Engagement("K0", "c1", "chat", START, "I0", 5)
    one = agent(engagements=(place, replace(place, interaction_id="I1")))

    (chats, *_) = (share for share in shares(one, PROFILE, CHANNELS) if share.kind == "chats")

    assert chats == Share("chats", 1, 2)


@given(st.lists(st.sampled_from(("chat", "email")), max_size=6))
def test_what_is_said_to_fit_does_fit(held: list[str]) -> None:
    who = agent(*held)

    for share in shares(who, PROFILE, CHANNELS):
        channel = {"calls": "voice", "chats": "chat", "emails": "email"}[share.kind]
        more = (share.most - share.used) * places(PROFILE, channel, CHANNELS)
        assert more <= max(0, room(who))
