"""Which classes may wait, and whether an agent can serve each of them."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.channels import traits
from shared.domain.centre import Centre
from shared.domain.queue import Need, Overflow, Queue, Ring
from shared.domain.routing.needs import Facts, placed
from shared.domain.settings.check import problems
from shared.domain.settings.classes import MOST_CLASSES, needs_of_rules, of_queue
from shared.domain.settings.document import Document
from shared.domain.staffing import Member, Profile, Rule, Skill, When
from tests.support.teahouse import teahouse, with_queue

FACTS = {"language": ("ko", "en"), "tier": ("gold", "silver"), "location": ("11", "26")}


def rules_of(count: int) -> tuple[Rule, ...]:
    return tuple(Rule((When("intent", (f"i{n}",)),), needs=(Need(f"s{n}"),)) for n in range(count))


def with_rules(count: int, **of_centre: object) -> Document:
    skills = tuple(Skill(f"s{n}") for n in range(count))
    return Document(replace(Centre(), rules=rules_of(count), skills=skills, **of_centre))  # type: ignore[arg-type]


def codes(told: Document) -> list[str]:
    return [one.code for one in problems(told, traits())]


def test_rules_about_one_fact_exclude_each_other() -> None:
    assert set(needs_of_rules(with_rules(3).centre, "chat")) == {
        (),
        (Need("s0"),),
        (Need("s1"),),
        (Need("s2"),),
    }


def test_a_rule_about_a_channel_adds_to_its_contacts_alone() -> None:
    rule = Rule((When("channel", ("chat",)),), needs=(Need("typing"),))
    centre = replace(Centre(), rules=(rule,))
    by_channel = {one: needs_of_rules(centre, one) for one in ("chat", "sms")}

    assert list(of_queue(Queue(), by_channel)) == [("chat", (Need("typing"),)), ("sms", ())]
    assert list(of_queue(Queue(channels=("sms",)), by_channel)) == [("sms", ())]


@pytest.mark.parametrize(("more", "wrong"), [(0, []), (1, ["too_many_classes"])])
def test_a_pool_has_256_classes_at_most(more: int, wrong: list[str]) -> None:
    """Each channel has one class for each rule's intent and one for any other."""
    most = MOST_CLASSES // len(traits().all) - 1

    assert codes(with_rules(most + more)) == wrong


def test_two_pools_have_256_classes_each() -> None:
    queues = (Queue("one", "p1", channels=("sms",)), Queue("two", "p2", channels=("sms",)))

    assert codes(with_rules(200, queues=queues)) == []
    assert codes(with_rules(200, queues=(queues[0], replace(queues[1], pool="p1")))) == ["too_many_classes"]


def test_rules_with_too_many_combinations_are_refused_at_once() -> None:
    facts = ("language", "location", "intent", "tier")
    rules = tuple(
        Rule((When(fact, (f"v{n}",)),), needs=(Need("s0", n % 5 + 1),)) for fact in facts for n in range(20)
    )

    assert needs_of_rules(replace(Centre(), rules=rules), "chat") == ()


@st.composite
def some_rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    when = st.lists(st.sampled_from(sorted(FACTS)), max_size=2, unique=True)
    rules = []
    for n in range(draw(st.integers(0, 4))):
        values = {fact: draw(st.sets(st.sampled_from(FACTS[fact]), min_size=1)) for fact in draw(when)}
        asked = [When(fact, tuple(some)) for fact, some in values.items()]
        rules.append(Rule(tuple(asked), needs=(Need(f"s{draw(st.integers(0, 2))}", n + 1),)))
    return tuple(rules)


@given(some_rules())
def test_the_classes_foreseen_are_those_that_contacts_have_and_no_others(rules: tuple[Rule, ...]) -> None:
    """Of every contact there may be, with values that no rule names and facts that are not known included."""
    centre = replace(Centre(), queues=(Queue(needs=(Need("s1", 2),)),), rules=rules)
    met = set()
    for values in product(*((*values, "other", "") for values in FACTS.values())):
        facts = Facts("chat", **dict(zip(FACTS, values, strict=True)))
        met.add(("chat", placed(facts, centre).needs))

    assert set(of_queue(centre.queue, {"chat": needs_of_rules(centre, "chat")})) == met


def test_a_class_that_no_agent_can_serve_is_named_with_its_queue(tmp_path: Path) -> None:
    told = teahouse(tmp_path)
    nobody = with_queue(told, 2, needs=(Need("english", 4),))

    (found,) = problems(nobody, traits())

    assert (found.path, found.code, found.values["queue"]) == (("queues", "2"), "unserved", "nights")
    assert found.values["needs"] == "english 4"


SKILLED = Queue("skilled", needs=(Need("welsh", 3),), channels=("sms",))
ADMITTING = replace(SKILLED, rings=(Ring(30, admit=("other",)),))
DROPPING = replace(SKILLED, rings=(Ring(30, drop=("welsh",)),))
OVERFLOWING = replace(SKILLED, overflow=Overflow("main", 60))
FIRST = Member("one@example.test", "first", (Need("welsh", 2),))
OTHER = Member("two@example.test", "other", (Need("welsh", 5),))


@pytest.mark.parametrize(
    ("queue", "members", "served"),
    [
        pytest.param(SKILLED, (), True, id="no agent is named: everybody serves"),
        pytest.param(SKILLED, (FIRST,), False, id="the level is too low"),
        pytest.param(SKILLED, (FIRST, OTHER), False, id="who is able has another profile"),
        pytest.param(ADMITTING, (FIRST, OTHER), True, id="another profile is admitted"),
        pytest.param(DROPPING, (FIRST,), True, id="the need is dropped"),
        pytest.param(OVERFLOWING, (FIRST, OTHER), True, id="it overflows to who is able"),
        pytest.param(OVERFLOWING, (FIRST,), False, id="it overflows in vain"),
    ],
)
def test_a_class_counts_as_served_in_its_widest_ring_or_where_it_overflows(
    queue: Queue, members: tuple[Member, ...], served: bool
) -> None:
    centre = replace(
        Centre(),
        queues=(Queue(), queue),
        skills=(Skill("welsh"),),
        profiles=(Profile("first", ("skilled", "main")), Profile("other", ("main",))),
    )

    assert ("unserved" in codes(Document(centre, members=members))) is not served
