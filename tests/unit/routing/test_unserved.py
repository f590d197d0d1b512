"""Contacts whom nobody who is logged in could ever take are found, so that an alarm can say so."""

from dataclasses import replace

import pytest

from shared.domain.centre import Centre
from shared.domain.queue import Need, Queue, Ring
from shared.domain.roster import Roster, roster
from shared.domain.routing.pool import class_of
from shared.domain.routing.seats import OpenClass
from shared.domain.routing.staff import Agent, Presence
from shared.domain.routing.unserved import unserved
from shared.domain.staffing import Member, Profile, Skill

CENTRE = Centre(
    queues=(Queue("main"), Queue("english"), Queue("other")),
    skills=(Skill("english"),),
    profiles=(Profile("all", ("main", "english")), Profile("few", ("main",))),
)
MEMBERS = (
    Member("good@example.com", "all", (Need("english", 4),)),
    Member("some@example.com", "all", (Need("english", 1),)),
    Member("few@example.com", "few", (Need("english", 5),)),
)
ENGLISH = OpenClass("english", class_of("sms", (Need("english", 3),)), "")


def agent(login: str, presence: Presence = Presence.AVAILABLE) -> Agent:
    return Agent(login, login, "main", 1, presence, login=f"{login}@example.com")


def known(centre: Centre = CENTRE) -> Roster:
    return roster(centre, MEMBERS)


def test_a_class_that_somebody_there_serves_does_not_wait_in_vain() -> None:
    assert unserved([ENGLISH], [agent("good"), agent("some")], known()) == []


@pytest.mark.parametrize("there", [[], ["some"], ["few"], ["nobody"]])
def test_too_little_skill_another_profile_or_nobody_at_all_is_in_vain(there: list[str]) -> None:
    assert unserved([ENGLISH], [agent(login) for login in there], known()) == [ENGLISH]


@pytest.mark.parametrize("presence", [Presence.BREAK, Presence.MEAL])
def test_who_is_on_a_break_will_be_back(presence: Presence) -> None:
    assert unserved([ENGLISH], [agent("good", presence)], known()) == []


def test_who_is_offline_or_drained_takes_nothing_more() -> None:
    gone = [agent("good", Presence.OFFLINE), replace(agent("good"), draining=True)]

    assert unserved([ENGLISH], gone, known()) == [ENGLISH]


@pytest.mark.parametrize("ring", [Ring(60, drop=("english",)), Ring(60, admit=("few",))])
def test_a_ring_that_opens_later_counts(ring: Ring) -> None:
    wide = replace(CENTRE, queues=(Queue("main"), Queue("english", rings=(Ring(30), ring))))
    helper = "some" if ring.drop else "few"

    assert unserved([ENGLISH], [agent(helper)], known(wide)) == []


def test_a_skill_that_the_settings_do_not_know_is_no_need() -> None:
    odd = OpenClass("english", class_of("sms", (Need("juggling", 5),)), "")

    assert unserved([odd], [agent("some")], known()) == []


def test_what_waits_for_one_agent_alone_is_not_in_vain() -> None:
    assert unserved([OpenClass("@one", "sms", "")], [], known()) == []


def test_where_the_settings_name_nobody_everybody_serves() -> None:
    assert unserved([OpenClass("main", "sms", "")], [agent("anybody")], roster(Centre(), ())) == []
