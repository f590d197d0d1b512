"""A recorded day lived through again: by hand, on the demo's week, and with the patience it does not tell."""

import gzip
import json
from datetime import date, timedelta
from itertools import count
from math import inf
from random import Random

import pytest

from infra.cli.replay_text import told
from infra.local.demo.demo import seed_demo
from infra.simulation.facts import lines_of
from infra.simulation.patience import Patience
from infra.simulation.recorded import RecordedDay, recorded_day
from infra.simulation.replay import Replayer
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.queue import Queue
from shared.domain.roster import Roster, roster
from shared.domain.staffing import Limit, Member, Profile
from shared.domain.times import day_bounds, iso
from shared.use_cases.report.read_raw import ReadRaw
from tests.support.simulated import VOICE

DAY = date(2026, 1, 5)
NUMBERS = count(1)
BEGIN, END = day_bounds(DAY, "Asia/Seoul")


def line(name: str, second: float, contact: str = "", **data: object) -> dict[str, object]:
    told = {"name": name, "at": iso(BEGIN + timedelta(seconds=second)), "interaction_id": contact}
    return {
        "line": f"{name}{second}{contact}",
        "seq": next(NUMBERS),
        "queue": "main",
        "channel": "voice",
        **told,
        **data,
    }


def here(agent: str, since: float, until: float) -> list[dict[str, object]]:
    lasted = int((until - since) * 1000)
    return [
        line("PresenceChanged", since, agent=agent, before="offline", after="available", lasted_ms=0),
        line("PresenceChanged", until, agent=agent, before="available", after="offline", lasted_ms=lasted),
    ]


def call(id: str, at: float, accepted: float, ended: float, agent: str) -> list[dict[str, object]]:
    """Accepted as soon as it rang."""
    took = int((ended - accepted) * 1000)
    return [
        line("InteractionQueued", at, id),
        line("OfferMade", accepted, id, agent=agent),
        line("Assigned", accepted, id, agent=agent, rang_ms=0),
        line("CaseClosed", ended, id, agent=agent, handle_ms=took),
    ]


# One agent from 0 to 1000. The first call takes 100 s, the second waits 60 s for it, the third gives up.
BY_HAND = [
    *here("one", 0, 1000),
    *call("i1", 40, 40, 140, "one"),
    *call("i2", 80, 140, 340, "one"),
    line("InteractionQueued", 150, "i3"),
    line("CaseClosed", 180, "i3", abandoned=True),
]


def recorded(lines: list[dict[str, object]]) -> RecordedDay:
    return recorded_day(lines, BEGIN, END)


def settings(*logins: str, most: int = 1) -> Roster:
    profile = Profile("all", ("main",), (Limit("voice", most),))
    centre = Centre(queues=(Queue(),), profiles=(profile,))
    return roster(centre, [Member(login, "all") for login in logins])


def replayer(day: RecordedDay, seed: int = 1) -> Replayer:
    return Replayer(day, VOICE, {"one": "one@example.test", "two": "two@example.test"}, 30, seed)


def test_the_day_as_it_was_by_hand() -> None:
    figures = replayer(recorded(BY_HAND))(settings(), settings()).recorded

    assert (figures.queued, figures.answered, figures.abandoned) == (3, 2, 1)
    assert figures.asa_s == 30
    assert figures.service_level_removed == pytest.approx(2 / 3)  # i1 at once, i3 gone after 30 s
    assert figures.service_level_answered == pytest.approx(1 / 3)
    assert figures.abandonment == pytest.approx(1 / 3)
    assert figures.occupancy == pytest.approx(300 / 1000)


def test_replayed_under_its_own_settings_it_is_the_same_day() -> None:
    replay = replayer(recorded(BY_HAND))(settings(), settings())

    assert replay.own == replay.recorded == replay.other
    assert (replay.drawn, replay.handle_guessed) == (2, 1)


def test_an_agent_who_takes_two_calls_at_once_leaves_nobody_waiting() -> None:
    other = replayer(recorded(BY_HAND))(settings(), settings(most=2)).other

    # The third, which nobody handled, takes the mean of the others: 150 s from 150 on.
    assert (other.answered, other.abandoned, other.asa_s) == (3, 0, 0)
    assert other.occupancy == pytest.approx((300 - 40) / 1000)


def test_settings_that_give_nobody_work_lose_whoever_gives_up() -> None:
    other = replayer(recorded(BY_HAND))(settings(), settings("else@example.test")).other

    assert (other.answered, other.queued) == (0, 1)


def test_an_agent_is_found_in_the_settings_by_their_login() -> None:
    other = replayer(recorded(BY_HAND))(settings(), settings("one@example.test")).other

    assert other.answered == 2


def test_who_waited_again_is_one_contact_handled_by_both_agents() -> None:
    again = [
        *here("one", 0, 1000),
        *call("i1", 10, 10, 20, "one")[:3],
        line("InteractionQueued", 30, "i1", agent="one", reason="offline", handle_ms=20_000),
        *call("i1", 40, 50, 90, "two")[1:],
    ]

    (one,) = recorded(again).contacts

    assert (one.at, one.waited, one.handled) == (10, 0, 60)


def test_an_agent_who_was_there_before_the_day_and_stays_after_it_is_there_all_day() -> None:
    lines = [
        line("PresenceChanged", 100, agent="a", before="available", after="offline", lasted_ms=500_000),
        line("PresenceChanged", 200, agent="a", before="offline", after="available", lasted_ms=100_000),
    ]

    assert recorded(lines).here == (("a", 0, 100), ("a", 200, 86_400))


def test_declined_and_expired_offers_are_drawn_again_and_withdrawn_ones_are_not() -> None:
    hows = ("declined", "expired", "withdrawn")
    lines = [line("OfferMade", n, f"i{n}") for n in range(4)]
    lines += [line("OfferEnded", 9, f"i{n}", how=how) for n, how in enumerate(hows)]

    assert recorded(lines).declined == 0.5
    assert recorded([]).declined == 0


def test_a_fact_that_stands_in_two_files_is_read_once() -> None:
    part = gzip.compress((json.dumps(line("OfferMade", 1, "i1")) + "\n").encode())

    assert len(list(lines_of([part, part]))) == 1


def test_patience_is_that_of_those_who_gave_up_later() -> None:
    known = Patience([(10, True), (20, False), (30, True), (40, False)])
    drawn = [known.after(0, Random(n)) for n in range(4000)]

    # One of four gave up after 10 s; of the two who were there after 20 s one gave up after 30 s.
    shares = {moment: drawn.count(moment) / len(drawn) for moment in (10, 30, inf)}
    assert shares == pytest.approx({10: 1 / 4, 30: 3 / 8, inf: 3 / 8}, abs=0.03)
    assert {known.after(10, Random(n)) for n in range(50)} == {30, inf}
    assert known.after(30, Random(1)) == inf
    assert Patience([(5, False)]).after(0, Random(1)) == inf


def test_the_demos_week_is_replayed_day_by_day_and_comes_out_the_same_for_the_same_seed() -> None:
    world = World()
    seed_demo(world.store, world.files, lambda raws: None, world.clock, {"a": "Ana", "b": "Ben"})
    zone, days = world.settings.centre().zone, set[str]()

    for back in range(1, 8):
        day = world.clock().date() - timedelta(days=back)
        kept = recorded_day(lines_of(ReadRaw(world.files)(day)), *day_bounds(day, zone))
        if not kept.contacts:
            continue
        run = Replayer(kept, world.now().channels, {}, 30, seed=3)
        first, again = (run(world.settings.roster(), settings(most=1)) for _ in range(2))
        assert first == again
        assert first.own.queued == first.recorded.queued == len(kept.contacts)
        assert first.own.abandoned <= first.recorded.abandoned + first.drawn
        days.add(told(first, str(day), 3, 30))

    assert len(days) >= 5


def test_the_answer_says_what_was_assumed() -> None:
    text = told(replayer(recorded(BY_HAND))(settings(), settings(most=2)), "2026-01-05", 1, 30)

    assert "2 customers who were answered" in text and "seed 1" in text and "1 contacts" in text
    assert "occupancy, %" in text
