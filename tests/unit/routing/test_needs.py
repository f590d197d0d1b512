"""Which queue, which needs, which priority: the rules of the settings over what is known of a contact."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.centre import Centre
from shared.domain.queue import Need, Queue
from shared.domain.routing.needs import FACTS, Facts, merged, placed, spelled
from shared.domain.staffing import Rule, When

MAIN = Queue("main", priority=5)
ENGLISH = Queue("english", priority=4, needs=(Need("english", 2),))
CALLS = Queue("calls", channels=("voice",))
CENTRE = Centre(queues=(MAIN, ENGLISH, CALLS))


def rule(fact: str, *values: str, **then: object) -> Rule:
    return Rule((When(fact, values),), **then)  # type: ignore[arg-type]


def test_without_rules_a_contact_waits_in_the_first_queue_with_its_needs_and_priority() -> None:
    centre = Centre(queues=(replace(MAIN, needs=(Need("order"),), priority=3),))

    place = placed(Facts("sms", "ko"), centre)

    assert (place.queue, place.needs, place.priority) == ("main", (Need("order"),), 3)


def test_a_rule_that_holds_names_the_queue_and_adds_needs() -> None:
    centre = replace(CENTRE, rules=(rule("language", "en", queue="english", needs=(Need("refund", 3),)),))

    assert placed(Facts("sms", "en"), centre).queue == "english"
    assert placed(Facts("sms", "en"), centre).needs == (Need("english", 2), Need("refund", 3))
    assert placed(Facts("sms", "ko"), centre).queue == "main"


def test_of_a_skill_that_is_asked_for_twice_the_higher_level_counts() -> None:
    rules = (
        rule("language", "en", needs=(Need("english", 4), Need("chat", 1))),
        rule("tier", "gold", needs=(Need("english", 3),)),
    )
    centre = Centre(queues=(ENGLISH,), rules=rules)

    place = placed(Facts("sms", "en", tier="gold"), centre)

    assert place.needs == (Need("chat", 1), Need("english", 4))


def test_the_first_queue_and_the_first_priority_named_count() -> None:
    rules = (
        rule("tier", "gold", priority=1),
        rule("language", "en", queue="english", priority=7),
        rule("channel", "sms", queue="main", priority=9),
    )
    centre = replace(CENTRE, rules=rules)

    place = placed(Facts("sms", "en", tier="gold"), centre)

    assert (place.queue, place.priority) == ("english", 1)


def test_a_rule_with_two_conditions_holds_when_both_do() -> None:
    both = Rule((When("language", ("en",)), When("intent", ("refund",))), queue="english")
    centre = replace(CENTRE, rules=(both,))

    assert placed(Facts("sms", "en", intent="refund"), centre).queue == "english"
    assert placed(Facts("sms", "en", intent="delivery"), centre).queue == "main"
    assert placed(Facts("sms", "ko", intent="refund"), centre).queue == "main"


def test_the_queue_that_a_flow_chose_comes_before_that_of_a_rule_which_still_adds_needs() -> None:
    refunds = Queue("refunds", needs=(Need("refund"),))
    rules = (rule("language", "en", queue="english", needs=(Need("english"),)),)
    centre = Centre(queues=(MAIN, ENGLISH, refunds), rules=rules)

    place = placed(Facts("sms", "en"), centre, "refunds")

    assert (place.queue, place.needs) == ("refunds", (Need("english"), Need("refund")))


def test_a_queue_that_does_not_take_the_channel_gives_way_to_one_that_does() -> None:
    rules = (rule("language", "en", queue="calls"), rule("language", "en", queue="english"))
    centre = Centre(queues=(replace(MAIN, channels=("chat",)), ENGLISH, CALLS), rules=rules)

    assert placed(Facts("sms", "en"), centre).queue == "english", "the next rule's"
    assert placed(Facts("sms", "en"), centre, "calls").queue == "english"
    assert placed(Facts("sms", "ko"), centre).queue == "english", "the first that takes it"
    assert placed(Facts("voice", "ko"), centre, "calls").queue == "calls"


def test_where_no_queue_takes_the_channel_nobody_is_lost() -> None:
    centre = Centre(queues=(replace(MAIN, channels=("chat",)), CALLS))

    assert placed(Facts("sms"), centre).queue == "main"
    assert placed(Facts("sms"), centre, "calls").queue == "calls"


def test_a_queue_that_was_taken_away_is_followed_by_its_successor() -> None:
    centre = Centre(queues=(MAIN, replace(ENGLISH, succeeds=("refunds",))))

    assert placed(Facts("sms"), centre, "refunds").queue == "english"
    assert placed(Facts("sms"), centre, "never").queue == "main"


def test_what_a_rule_asks_for_and_nobody_knows_adds_no_need_and_is_noted() -> None:
    rules = (
        rule("language", "en", needs=(Need("english"),)),
        rule("tier", "gold", needs=(Need("care"),)),
        rule("weather", "rain", needs=(Need("umbrella"),)),
    )

    place = placed(Facts("sms", tier="gold"), replace(CENTRE, rules=rules))

    assert (place.needs, place.unknown) == ((Need("care"),), ("language",))


def test_what_no_rule_asks_for_is_not_noted_when_it_is_unknown() -> None:
    assert placed(Facts("sms"), CENTRE).unknown == ()


def test_needs_are_spelled_as_one_word_of_an_entry() -> None:
    assert spelled(merged((Need("refund", 1), Need("english", 3)))) == "english.3+refund.1"
    assert spelled(()) == ""


WORDS = st.sampled_from(("", "a", "b", "en", "sms", "chat"))
NEEDS = st.lists(st.builds(Need, st.sampled_from("xyz"), st.integers(1, 5)), max_size=3).map(tuple)
QUEUES = st.lists(
    st.builds(
        Queue,
        st.sampled_from(("one", "two", "three")),
        priority=st.integers(1, 9),
        needs=NEEDS,
        channels=st.lists(st.sampled_from(("sms", "chat")), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda queue: queue.name,
).map(tuple)
WHENS = st.lists(
    st.builds(When, st.sampled_from((*FACTS, "later")), st.lists(WORDS, max_size=3).map(tuple)), max_size=2
).map(tuple)
RULES = st.lists(
    st.builds(Rule, WHENS, st.sampled_from(("", "one", "two", "gone")), NEEDS, st.integers(0, 9)), max_size=4
).map(tuple)
ANY_FACTS = st.builds(Facts, WORDS, WORDS, WORDS, WORDS, WORDS)


@given(ANY_FACTS, QUEUES, RULES, st.sampled_from(("", "one", "gone")))
def test_whatever_the_rules_and_the_facts_there_is_one_queue_and_sorted_needs_without_repeats(
    facts: Facts, queues: tuple[Queue, ...], rules: tuple[Rule, ...], chosen: str
) -> None:
    centre = Centre(queues=queues, rules=rules)

    place = placed(facts, centre, chosen)

    (queue,) = [one for one in queues if one.name == place.queue]
    skills = [need.skill for need in place.needs]
    asked = [*queue.needs, *(need for rule in rules for need in rule.needs)]
    assert skills == sorted(set(skills))
    assert set(place.needs) <= set(asked) and set(queue.needs) <= set(asked)
    assert all(
        need.level >= own.level for own in queue.needs for need in place.needs if need.skill == own.skill
    )
    assert {need.skill for need in queue.needs} <= set(skills)
    assert 1 <= place.priority <= 9
    if any(not one.channels or facts.channel in one.channels for one in queues):
        assert not queue.channels or facts.channel in queue.channels
