"""What a customer's message, phone number, flow and profile say decides where their contact waits."""

from dataclasses import replace

import pytest

from functions import channels
from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.change import ANY, Put
from shared.domain.channel.arrival import Message
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Contact
from shared.domain.customer.kept import Case
from shared.domain.flow.flow import Flow, Option, Step, StepKind
from shared.domain.queue import Need, Queue
from shared.domain.routing.pool import Waiting, waiting_row
from shared.domain.staffing import Rule, When
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Kind
from shared.domain.traits import Channels, Traits
from tests.support.consistency import faults
from tests.support.rule_scene import NUMBER, VISITOR, RuleScene

KOREAN, ENGLISH = Queue("main"), Queue("english", needs=(Need("english", 2),))
CALLS = Queue("calls", channels=("bell",))
BELL = Traits("bell", "phone", "Bell", "종", "M0 0", ("#000000", "#ffffff"), live=True, rings=True, places=15)
ABROAD = "+14155550123"


def rule(fact: str, *values: str, **then: object) -> Rule:
    return Rule((When(fact, values),), **then)  # type: ignore[arg-type]


def scene_of(*rules: Rule, flow: Flow | None = None, queues: tuple[Queue, ...] = ()) -> RuleScene:
    centre = Centre(queues=queues or (KOREAN, ENGLISH), rules=rules, flow=flow.name if flow else "")
    settings = FixedSettings(centre, [flow] if flow else [])
    return RuleScene(World(settings=settings, channels=Channels((*channels.traits().all, BELL))))


def contact(scene: RuleScene, number: str = NUMBER) -> Contact:
    return scene.head(number).cases[0].contacts[-1]


def test_an_english_message_of_somebody_new_waits_with_those_who_ask_for_english() -> None:
    scene = scene_of(rule("language", "en", queue="english"))

    scene.sms("Hello, where is my order? It has not come.")

    assert (contact(scene).queue, contact(scene).needs) == ("english", (Need("english", 2),))
    assert scene.get(Case, scene.head().customer_id, scene.head().cases[0].id).queue == "english"
    case = scene.head().cases[0]
    assert scene.all(Waiting) == [waiting_row(case, case.contact, scene.world.now())]
    assert faults(scene.world.store, scene.world.now()) == []


def test_the_line_and_the_fact_say_queue_needs_priority_and_what_was_not_known() -> None:
    scene = scene_of(
        rule("language", "en", queue="english", priority=3), rule("tier", "gold", needs=(Need("x"),))
    )

    scene.sms("Hello, where is my order? It has not come.")

    (line,) = scene.entries(Kind.MESSAGE_RECEIVED)
    queued = next(fact for fact in facts(line) if fact.name == "InteractionQueued")
    assert {name: queued.data[name] for name in ("queue", "needs", "priority", "unknown")} == {
        "queue": "english",
        "needs": "english.2",
        "priority": 3,
        "unknown": "tier",
    }
    assert queued.channel == "sms"


def test_a_second_message_moves_nobody() -> None:
    scene = scene_of(rule("language", "en", queue="english"))
    scene.sms("안녕하세요, 주문이 아직 오지 않았어요.")

    scene.sms("Hello, do you speak English as well?")

    assert contact(scene).queue == "main"
    assert "priority" not in scene.entries(Kind.MESSAGE_RECEIVED)[-1].facts


@pytest.mark.parametrize(("number", "queue"), [(NUMBER, "main"), (ABROAD, "english"), ("anonymous", "main")])
def test_the_region_of_a_phone_number_is_where_a_customer_is(number: str, queue: str) -> None:
    scene = scene_of(rule("location", "US", queue="english"))

    scene.sms("Hi", number)

    assert [row.queue for row in scene.all(Waiting)] == [queue]


def test_a_visitor_of_the_chat_is_nowhere() -> None:
    scene = scene_of(rule("location", "US", queue="english"))

    scene.chat("Hi", VISITOR)

    assert scene.entries(Kind.MESSAGE_RECEIVED)[0].facts["unknown"] == "location"
    assert [row.queue for row in scene.all(Waiting)] == ["main"]


def test_the_tier_of_a_customers_profile_gives_priority() -> None:
    scene = scene_of(rule("tier", "gold", priority=1))
    scene.taken()
    scene.closes()
    scene.world.clock.advance(30 * 86_400)
    root = scene.head().customer_id
    scene.world.store.commit(Put(replace(scene.get(Profile, root), tier="gold"), over=ANY))

    scene.sms("Me again")

    assert (contact(scene).priority, contact(scene).tier) == (1, "gold")


def test_a_tier_that_no_rule_asks_for_is_not_kept() -> None:
    scene = scene_of()
    scene.sms("Hi")

    assert (contact(scene).tier, contact(scene).location, contact(scene).intent) == ("", "", "")


def test_a_call_into_a_case_waits_in_its_queue_if_that_takes_calls() -> None:
    scene = scene_of(rule("language", "en", queue="english"), queues=(KOREAN, ENGLISH, CALLS))
    scene.sms("Hello, where is my order? It has not come.")

    scene.arrives("bell", Address("phone", NUMBER), Message(Content("(calls)")))

    assert contact(scene).queue == "english"


def test_a_call_into_a_case_whose_queue_takes_no_calls_waits_where_they_are_taken() -> None:
    texts = replace(KOREAN, channels=("sms",))
    scene = scene_of(queues=(texts, CALLS))
    scene.sms("Hi")

    scene.arrives("bell", Address("phone", NUMBER), Message(Content("(calls)")))

    assert sorted(row.queue for row in scene.all(Waiting)) == ["calls", "main"]
    assert scene.entries(Kind.MESSAGE_RECEIVED)[-1].facts["queue"] == "calls"
    assert scene.entries(Kind.MESSAGE_RECEIVED)[-1].signals.wake == "main"


WORDS = {"ko": "무엇을 도와드릴까요?", "en": "How can we help?"}
MENU = Flow(
    "menu",
    (
        Step(
            "topic",
            StepKind.ASK,
            WORDS,
            (
                Option("refund", {"ko": "환불", "en": "Refund"}, "human", intent="refund"),
                Option("other", {"ko": "기타", "en": "Other"}, "second"),
            ),
        ),
        Step("human", StepKind.HAND_OVER),
        Step("second", StepKind.HAND_OVER, queue="english", intent="other"),
    ),
)
REFUNDS = (
    rule("intent", "refund", queue="main", needs=(Need("refund", 3),)),
    rule("intent", "other", priority=9),
)


def test_what_a_flow_found_out_adds_needs() -> None:
    scene = scene_of(*REFUNDS, flow=MENU)
    scene.sms("안녕하세요")

    scene.sms("1")

    assert contact(scene).needs == (Need("refund", 3),)
    (line,) = scene.entries(Kind.HANDED_OVER)
    assert (line.facts["intent"], line.facts["needs"]) == ("refund", "refund.3")
    assert faults(scene.world.store, scene.world.now()) == []


def test_the_queue_that_the_flow_names_comes_first_and_the_rules_still_count() -> None:
    first = rule("channel", "sms", queue="main", needs=(Need("texts"),))
    scene = scene_of(first, *REFUNDS, flow=MENU)
    scene.sms("안녕하세요")

    scene.sms("2")

    assert (contact(scene).queue, contact(scene).priority) == ("english", 9)
    assert contact(scene).needs == (Need("english", 2), Need("texts"))
    assert scene.get(Case, scene.head().customer_id, scene.head().cases[0].id).queue == "english"


def test_a_case_that_comes_back_waits_in_the_queue_it_had() -> None:
    scene = scene_of(rule("language", "en", queue="english"))
    scene.taken("안녕하세요, 주문이 아직 오지 않았어요.")
    scene.closes()

    scene.sms("Hello, I would like to add something to my order please.")
    scene.sms("Hello, I would like to add something to my order please.")

    assert contact(scene).queue == "main"
