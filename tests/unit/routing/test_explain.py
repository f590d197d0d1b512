"""Every offer says why: in a sentence for people, and as a record from which the choice is made again."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from shared.domain.queue import AGENT_ORDER, Need
from shared.domain.routing.choice import Candidate, Choice
from shared.domain.routing.explain import LIMIT, beaten_by, chosen_again, read_record, record, rule_of
from shared.domain.routing.offer_words import RULES, why_offer
from shared.domain.routing.order import Figures
from tests.support.looks import AT, random_pool

MINUTE = timedelta(minutes=1)


def candidate(agent_id: str, levels: tuple[int, ...] = (4,), **told: object) -> Candidate:
    figures = Figures(False, False, 0, 1, sum(levels), AT - 3 * MINUTE)
    return Candidate(agent_id, figures._replace(**told), levels)  # type: ignore[arg-type]


def choice(*ranked: Candidate, **told: object) -> Choice:
    made = Choice(
        queue="billing",
        channel="sms",
        needs=(Need("english", 3),),
        dropped=(),
        ring=0,
        age_s=240,
        waiting=4,
        more=False,
        free=3,
        order=AGENT_ORDER,
        version=7,
        alone=False,
        ranked=ranked,
    )
    return replace(made, **told)  # type: ignore[arg-type]


def test_each_offer_of_many_looks_is_chosen_again_from_its_record() -> None:
    chance, offers = Random("records"), 0

    for _ in range(400):
        for pair in random_pool(chance).matched().pairs:
            told = read_record(pair.record)
            assert chosen_again(told) == pair.seat.agent_id
            assert told == pair.choice
            assert len(pair.record.encode()) <= LIMIT
            assert pair.reason
            offers += 1

    assert offers > 500


def test_a_record_that_names_another_winner_is_not_chosen_again() -> None:
    better, worse = candidate("better", (5,)), candidate("worse", (3,))

    assert chosen_again(choice(worse, better)) == "better"
    assert chosen_again(choice(candidate("weak", (2,)))) == ""
    assert chosen_again(choice(candidate("weak", (2,)), dropped=("english",))) == "weak"
    assert chosen_again(choice(candidate("weak", (2,), owner=True))) == "weak"
    assert chosen_again(choice(candidate("weak", (2,)), alone=True)) == "weak"


def test_a_record_with_long_names_leaves_out_the_last_runner_up() -> None:
    ids = [letter * 120 for letter in "abc"]
    needs = tuple(Need("s" * 40 + str(n), 1) for n in range(8))
    long = choice(*(candidate(id, (1,) * 8) for id in ids), needs=needs)

    kept = read_record(record(long))

    assert len(record(long).encode()) <= LIMIT
    assert [one.agent_id for one in kept.ranked] == ids[:2]


@pytest.mark.parametrize(
    ("rule", "first", "other"),
    [
        ("owner", {"owner": True}, {}),
        ("preferred", {"preferred": True}, {}),
        ("fewest_classes", {}, {"classes": 1}),
        ("fewest_classes", {}, {"breadth": 2}),
        ("proficiency", {"proficiency": 5}, {}),
        ("longest_available", {}, {"since": AT}),
        ("tie", {}, {}),
    ],
)
def test_what_beat_the_runner_up_is_the_first_rule_in_which_they_differ(
    rule: str, first: dict[str, object], other: dict[str, object]
) -> None:
    made = choice(candidate("a", **first), candidate("b", **other))  # type: ignore[arg-type]

    assert beaten_by(made, made.ranked[1]) == rule_of(made) == rule


def test_the_only_agent_who_fits_and_the_one_waited_for_alone_have_words_of_their_own() -> None:
    assert rule_of(choice(candidate("a"))) == "only"
    assert rule_of(choice(candidate("a"), alone=True)) == "alone"


def test_the_sentence_says_it_in_words() -> None:
    made = choice(candidate("a"), candidate("b", since=AT))

    english = why_offer(made, AT, "en", str.title)
    korean = why_offer(made, AT, "ko")

    assert english == "longest waiting of 4 in Billing; English 4; available longest; free for 3 minutes"
    assert korean == "billing 대기 4건 중 가장 오래 기다림; english 4; 가장 오래 대기한 상담원; 3분 대기"


def test_the_sentence_says_so_where_more_may_wait_or_the_contact_waited_for_one_agent() -> None:
    assert why_offer(choice(candidate("a"), more=True), AT).startswith(
        "longest waiting of 4 or more in billing"
    )
    assert why_offer(choice(candidate("a"), alone=True), AT).startswith(
        "english 4; waited for this agent alone"
    )


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 seconds"), (1, "1 second"), (119, "1 minute"), (7200, "2 hours")]
)
def test_how_long_an_agent_is_free_is_said_in_its_largest_unit(seconds: int, told: str) -> None:
    made = choice(candidate("a", since=AT - timedelta(seconds=seconds)))

    assert why_offer(made, AT).endswith(f"free for {told}")


def test_every_rule_has_words_in_both_languages() -> None:
    assert set(RULES) == {*AGENT_ORDER, "alone", "only", "tie"}
    assert all(set(words) == {"ko", "en"} for words in RULES.values())
