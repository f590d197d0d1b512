"""The order of contacts and of agents, look by look; and that nothing is read that no free agent serves."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from shared.domain.centre import Centre
from shared.domain.customer.head import Decline
from shared.domain.queue import Need, Queue, Ring
from shared.domain.roster import Roster, roster
from shared.domain.routing import match
from shared.domain.routing.class_waits import ROWS, Wanted
from shared.domain.routing.seats import OpenClass
from shared.domain.staffing import Member, Profile, Skill
from tests.simulation.size import size
from tests.support.full_view import FullView
from tests.support.looks import AT, Pool, bounds, login, pool, random_pool, seat, waiting

ENGLISH = Need("english", 3)
LOOKS, SHARES = size(5_000, 60_000), 4


def staff(*queues: Queue, **skills: tuple[Need, ...]) -> Roster:
    """Agents by name, all of one profile that serves all queues."""
    of = queues or (Queue("main"),)
    names = tuple(Skill(name) for name in ("english", "billing", "rare"))
    profiles = (Profile("all", tuple(q.name for q in of if q.name != "other")), Profile("more", ("other",)))
    centre = Centre(queues=of, skills=names, profiles=profiles)
    return roster(centre, [Member(login(id), "all", known) for id, known in skills.items()], version=7)


def made(looked_at: Pool) -> list[tuple[str, str]]:
    return [(pair.waiting.interaction_id, pair.seat.agent_id) for pair in looked_at.matched().pairs]


def number(n: int) -> str:
    return f"i{n:05}"


@pytest.mark.parametrize("share", range(SHARES))
def test_a_look_makes_the_same_pairs_as_one_that_sees_everything(share: int) -> None:
    chance = Random(f"looks {share}")

    for n in range(LOOKS // SHARES):
        look = random_pool(chance)
        full = FullView(look.opened, look.seats, look.roster, look.at).pairs(look.rows)

        assert made(look) == full, f"look {n} of share {share}"


def test_the_longest_waiting_is_served_first_whatever_its_queue_and_channel() -> None:
    rows = [waiting(1, "a", "sms", age=5), waiting(2, "b", "voice", age=9), waiting(3, "a", "chat", age=7)]
    of = staff(Queue("a"), Queue("b"), one=(), two=())

    assert made(pool(rows, [seat("one"), seat("two", free=1)], of)) == [
        (number(2), "two"),
        (number(3), "one"),
    ]


def test_contacts_of_one_rank_are_served_by_their_id() -> None:
    rows = [waiting(2, "b", age=5), waiting(3, "a", age=5), waiting(1, "a", age=5)]
    of = staff(Queue("a"), Queue("b"), one=(), two=(), three=())

    look = pool(rows, [seat("one", 3), seat("two", 2), seat("three", 1)], of)

    assert [contact for contact, _ in made(look)] == [number(1), number(2), number(3)]


def test_the_owner_is_asked_first_then_the_preferred_agent() -> None:
    of = staff(one=(), two=(), three=())
    seats = [seat("one", 9), seat("two", 5), seat("three", 1)]

    both = waiting(1, owner="three", preferred="two")

    assert made(pool([both], seats, of)) == [(number(1), "three")]
    assert made(pool([both], seats[:2], of)) == [(number(1), "two")]
    assert made(pool([both], seats[:1], of)) == [(number(1), "one")]


def test_who_could_serve_fewest_other_waiting_classes_is_asked_before_who_is_free_longer() -> None:
    of = staff(plain=(), fluent=(ENGLISH,))
    rows = [waiting(1, age=9), waiting(2, needs=(ENGLISH,), age=5)]

    look = pool(rows, [seat("fluent", free=60), seat("plain", free=1)], of)

    assert made(look) == [(number(1), "plain"), (number(2), "fluent")]


def test_while_nothing_else_waits_who_can_do_more_stays_free() -> None:
    rich = Queue("main"), Queue("english", needs=(ENGLISH,))
    of = staff(*rich, plain=(), fluent=(ENGLISH,))

    assert made(pool([waiting(1)], [seat("fluent", free=60), seat("plain", free=1)], of)) == [
        (number(1), "plain")
    ]


def test_of_equals_the_more_proficient_is_asked_then_who_is_free_longest_then_by_id() -> None:
    of = staff(good=(Need("english", 5),), fair=(ENGLISH,), b=(ENGLISH,), a=(ENGLISH,))
    row = waiting(1, needs=(ENGLISH,))
    seats = [seat("b", 5), seat("a", 5), seat("fair", 9), seat("good", 1)]

    order = [made(pool([row], seats[:n], of))[0][1] for n in (4, 3, 2)]

    assert order == ["good", "fair", "a"]


def test_a_queue_may_ask_agents_in_another_order() -> None:
    longest = Queue("main", agent_order=("longest_available", "owner"))
    of = staff(longest, one=(), two=())

    assert made(pool([waiting(1, owner="two")], [seat("one", 9), seat("two", 5)], of)) == [(number(1), "one")]


def test_a_skill_that_the_settings_do_not_know_adds_no_need() -> None:
    of = staff(one=())

    assert made(pool([waiting(1, needs=(Need("klingon", 5),))], [seat("one")], of)) == [(number(1), "one")]


def test_a_level_below_the_need_does_not_fit() -> None:
    of = staff(weak=(Need("english", 2),))

    assert made(pool([waiting(1, needs=(ENGLISH,))], [seat("weak")], of)) == []


@pytest.mark.parametrize(("age", "asked"), [(59.999, []), (60, ["one"])])
def test_a_ring_drops_a_need_from_its_second_on(age: float, asked: list[str]) -> None:
    of = staff(Queue("main", rings=(Ring(60, drop=("english",)),)), one=())

    look = pool([waiting(1, needs=(ENGLISH,), age=age)], [seat("one")], of)

    assert [agent for _, agent in made(look)] == asked


@pytest.mark.parametrize(("age", "asked"), [(59, []), (61, ["one"])])
def test_a_ring_admits_agents_of_another_profile(age: float, asked: list[str]) -> None:
    of = staff(Queue("main"), Queue("other", rings=(Ring(60, admit=("all",)),)), one=())

    assert [agent for _, agent in made(pool([waiting(1, "other", age=age)], [seat("one")], of))] == asked


def test_a_later_ring_holds_what_the_earlier_ones_gave() -> None:
    rings = (Ring(120, admit=("all",)), Ring(60, drop=("english",)))
    of = staff(Queue("main"), Queue("other", rings=rings), one=())

    assert len(made(pool([waiting(1, "other", needs=(ENGLISH,), age=121)], [seat("one")], of))) == 1


def test_who_declined_rests_from_that_contact_until_the_moment_is_over() -> None:
    of = staff(one=(), two=())
    rests = waiting(1, age=9, declines=(Decline("one", AT + timedelta(seconds=1)),))
    over = replace(rests, declines=(Decline("one", AT),))

    assert made(pool([rests, waiting(2)], [seat("one")], of)) == [(number(2), "one")]
    assert made(pool([rests, waiting(2)], [seat("one", 9), seat("two")], of)) == [
        (number(1), "two"),
        (number(2), "one"),
    ]
    assert made(pool([over, waiting(2)], [seat("one")], of)) == [(number(1), "one")]


def test_a_contact_nobody_free_fits_does_not_keep_those_behind_it_waiting() -> None:
    of = staff(one=())
    rows = [waiting(1, needs=(ENGLISH,), age=99), waiting(2, age=1)]

    assert made(pool(rows, [seat("one")], of)) == [(number(2), "one")]


def test_what_waits_for_one_agent_alone_goes_to_no_other_and_asks_for_no_skill() -> None:
    of = staff(one=(), two=(ENGLISH,))
    row = waiting(1, "@one", needs=(ENGLISH,), preferred="one")

    assert made(pool([row], [seat("two")], of)) == []
    assert made(pool([row], [seat("two", 9), seat("one")], of)) == [(number(1), "one")]


def test_a_call_of_their_own_case_rings_an_owner_who_has_no_room() -> None:
    of = staff(one=())
    full = seat("one", channels=(), own=("voice",))

    assert made(pool([waiting(1, "@one", "voice", owner="one")], [full], of)) == [(number(1), "one")]
    assert made(pool([waiting(1, "@one", "voice", preferred="one")], [full], of)) == []
    assert made(pool([waiting(1, "main", "voice")], [full], of)) == []


def test_an_agent_is_used_once_and_an_agent_without_room_for_the_channel_not_at_all() -> None:
    of = staff(one=(), two=())
    rows = [waiting(1, channel="chat", age=9), waiting(2, channel="chat")]

    assert made(pool(rows, [seat("one"), seat("two", 9, channels=("sms",))], of)) == [(number(1), "one")]


def test_an_agent_whom_the_settings_do_not_name_gets_nothing_where_they_name_some() -> None:
    assert made(pool([waiting(1), waiting(2, "@gone")], [seat("gone", 9)], staff(one=()))) == []


def test_where_the_settings_name_nobody_everybody_serves() -> None:
    assert made(pool([waiting(1)], [seat("anybody")])) == [(number(1), "anybody")]


def test_a_contact_of_a_queue_that_was_taken_away_is_served_as_its_successor() -> None:
    of = staff(Queue("main"), Queue("new", succeeds=("old",)), one=())

    assert made(pool([waiting(1, "old")], [seat("one")], of)) == [(number(1), "one")]


def test_a_contact_with_two_rows_is_matched_once() -> None:
    of = staff(one=(), two=())
    twice = [waiting(1, "main", age=9), waiting(1, "main", "sms", (Need("unknown", 1),), age=9)]

    assert len(made(pool(twice, [seat("one"), seat("two")], of))) == 1


def test_only_classes_that_a_free_agent_serves_are_read_and_nothing_once_all_are_used() -> None:
    of = staff(one=())
    rows = [waiting(n, needs=(ENGLISH,), age=100 + n) for n in range(50)]
    rows += [waiting(100 + n, age=n) for n in range(50)]
    read: list[tuple[str, int]] = []

    pool(rows, [seat("one")], of).matched(lambda wanted, n: read.append((wanted.klass, n)))

    assert read == [("sms", ROWS)]


def test_a_rare_skill_behind_ten_thousand_others_is_found_with_one_read() -> None:
    of = staff(rare=(Need("rare", 1),))
    crowd = [waiting(n, needs=(ENGLISH,), age=10_000 - n) for n in range(10_000)]
    read: list[Wanted] = []

    look = pool([*crowd, waiting(10_001, needs=(Need("rare", 1),), age=1)], [seat("rare")], of)

    assert look.matched(lambda wanted, _: read.append(wanted)).pairs[0].waiting.interaction_id == number(
        10_001
    )
    assert len(read) == 1


def test_a_bound_that_is_too_low_is_corrected_by_the_read() -> None:
    of = staff(one=())
    rows = [waiting(1, "main", "sms", age=1), waiting(2, "main", "chat", age=5)]
    low = tuple(replace(one, bound="2026-01-01") if one.klass == "sms" else one for one in bounds(rows))

    matching = Pool(tuple(rows), (seat("one"),), of, low).matched()

    assert [pair.waiting.interaction_id for pair in matching.pairs] == [number(2)]
    assert matching.opened_after() == (OpenClass("main", "sms", rows[0].rank),)


def test_an_empty_class_is_gone_afterwards_and_one_that_was_not_read_stays() -> None:
    of = staff(one=())
    empty, unread = OpenClass("main", "chat", "2026"), OpenClass("main", "sms+english.3", "2026")

    matching = Pool((), (seat("one"),), of, (empty, unread)).matched()

    assert matching.opened_after() == (unread,)


def test_a_class_begins_afterwards_with_its_first_contact_that_waits_on() -> None:
    of = staff(one=(), two=())
    rows = [waiting(n, age=100 - n) for n in range(12)]
    matching = pool(rows, [seat("one", 9), seat("two")], of).matched()

    assert matching.opened_after() == (OpenClass("main", "sms", rows[2].rank),)
    assert matching.opened_after(lost=[number(0)]) == (OpenClass("main", "sms", rows[0].rank),)
    assert pool(rows[:2], [seat("one", 9), seat("two")], of).matched().opened_after() == ()


def test_a_class_whose_page_is_used_up_begins_where_the_page_ended() -> None:
    agents: dict[str, tuple[Need, ...]] = {f"a{n}": () for n in range(ROWS)}
    rows = [waiting(n, age=100 - n) for n in range(ROWS + 1)]

    matching = pool(rows, [seat(name) for name in agents], staff(**agents)).matched()

    assert matching.opened_after() == (OpenClass("main", "sms", rows[ROWS - 1].rank),)


def test_a_look_ends_at_its_most_pairs_and_at_its_most_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    agents: dict[str, tuple[Need, ...]] = {f"a{n}": () for n in range(30)}
    of, seats = staff(**agents), [seat(name) for name in agents]
    look = pool([waiting(n, age=100 - n) for n in range(40)], seats, of)

    monkeypatch.setattr(match, "MOST_PAIRS", 12)
    assert len(made(look)) == 12
    monkeypatch.setattr(match, "MOST_READS", 1)
    assert len(made(look)) == ROWS


def test_rows_that_everybody_declined_are_passed_over_page_by_page() -> None:
    of = staff(one=())
    rests = (Decline("one", AT + timedelta(seconds=30)),)
    rows = [waiting(n, age=100 - n, declines=rests) for n in range(25)] + [waiting(30, age=1)]
    read: list[int] = []

    matching = pool(rows, [seat("one")], of).matched(lambda _, n: read.append(n))

    assert ([pair.waiting.interaction_id for pair in matching.pairs], read) == ([number(30)], [10, 10, 6])
    assert matching.opened_after() == (OpenClass("main", "sms", rows[0].rank),)
