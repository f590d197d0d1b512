"""What is wrong with settings is named by its field; the same for a file and for a screen."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from functions.channels import traits
from shared.domain.centre import Disposition
from shared.domain.declared import Abuse, Field, Guide, GuideStep, Tag, Undo
from shared.domain.hours import Hours
from shared.domain.queue import Announcement, Need, Overflow, Queue, Ring
from shared.domain.saved_reply import ReplyAction, SavedReply
from shared.domain.settings.check import problems
from shared.domain.settings.document import Document
from shared.domain.settings.problem import Problem
from shared.domain.settings.said import told_problem
from shared.domain.staffing import Aux, Interrupts, Limit, Member, Profile, Rule, Skill, When
from shared.domain.words.of_problems import PROBLEMS
from tests.support.flows import WELCOME
from tests.support.teahouse import teahouse, with_queue

MAIN, BILLING = 0, 1
Change = Callable[[Document], Document]


def checked(told: Document) -> tuple[Problem, ...]:
    return problems(told, traits())


def queue(place: int, **changes: Any) -> Change:
    return lambda told: with_queue(told, place, **changes)


def centre(**changes: Any) -> Change:
    return lambda told: replace(told, centre=replace(told.centre, **changes))


def more(part: str, one: object) -> Change:
    """One more thing at the end of a part of the centre."""

    def change(told: Document) -> Document:
        fuller: dict[str, Any] = {part: (*getattr(told.centre, part), one)}
        return replace(told, centre=replace(told.centre, **fuller))

    return change


def member(*one: Member) -> Change:
    return lambda told: replace(told, members=(*told.members, *one))


def rule(*when: When, **does: Any) -> Change:
    return more("rules", Rule(when, **does))


def reply(**more: Any) -> Change:
    """One more saved reply."""
    made = SavedReply(**{"code": "new", "text_ko": "네"} | more)
    return lambda told: replace(told, replies=(*told.replies, made))


def does(what: str, value: str) -> Change:
    return reply(actions=(ReplyAction(what, value),))


STEP = GuideStep("one", "하나", "One")
ACTIONS_AT = "saved_replies.1.actions"
ANYBODY = When("language", ("en",))
WRONG: dict[str, tuple[Change, str, str]] = {
    "a silence longer than any calendar": (centre(silence_seconds=10**14), "silence_seconds", "range"),
    "a reopening longer than any calendar": (centre(reopen_seconds=10**14), "reopen_seconds", "range"),
    "rest that never ends": (centre(survey_rest_days=10**12), "survey_rest_days", "range"),
    "agents who are gone at once": (centre(heartbeat_gone_seconds=0), "heartbeat_gone_seconds", "range"),
    "fewer codes than none": (centre(proofs_a_day=-5), "proofs_a_day", "range"),
    "no language": (centre(languages=()), "languages", "none_named"),
    "no outcome": (centre(dispositions=()), "dispositions", "none_named"),
    "an announcement too long for any channel": (
        queue(MAIN, announcements=(Announcement(5, "가" * 1001),)),
        "queues.0.announcements.0",
        "words",
    ),
    "an announcement without words": (
        queue(MAIN, announcements=(Announcement(5),)),
        "queues.0.announcements.0",
        "words",
    ),
    "a queue's name with a space": (more("queues", Queue("bad name")), "queues.3.name", "not_plain"),
    "a name of 41 letters": (more("skills", Skill("x" * 41)), "skills.2.name", "not_plain"),
    "a pool's name": (queue(MAIN, pool="p#1"), "queues.0.pool", "not_plain"),
    "a queue twice": (more("queues", Queue("main")), "queues.3.name", "twice"),
    "a skill twice": (more("skills", Skill("english")), "skills.2.name", "twice"),
    "an agent twice, by the same address": (
        member(Member("AGENT.ONE@example.test", "billing")),
        "agents.2.login",
        "twice",
    ),
    "a login that is no address": (member(Member("agent one", "billing")), "agents.2.login", "no_login"),
    "a phone of digits alone": (
        member(Member("three@example.test", "billing", phone="01012345678")),
        "agents.2.phone",
        "no_phone",
    ),
    "a phone of the web": (
        member(Member("three@example.test", "billing", phone="https://phone.example")),
        "agents.2.phone",
        "no_phone",
    ),
    "a reason that is a presence": (more("aux", Aux("offline", "가", "a")), "aux.1.code", "no_reason"),
    "no queue at all": (centre(queues=()), "queues", "no_queue"),
    "a priority of 10": (queue(BILLING, priority=10), "queues.1.priority", "range"),
    "a level of 6": (queue(BILLING, needs=(Need("billing", 6),)), "queues.1.needs", "level"),
    "a skill needed twice": (
        queue(BILLING, needs=(Need("billing", 1), Need("billing", 2))),
        "queues.1.needs",
        "twice",
    ),
    "more at once than an agent has places": (
        more("profiles", Profile("wide", ("main",), (Limit("chat", 16),))),
        "profiles.2.limits",
        "range",
    ),
    "a channel limited twice": (
        more("profiles", Profile("wide", ("main",), (Limit("chat", 1), Limit("chat", 2)))),
        "profiles.2.limits",
        "twice",
    ),
    "an unknown skill of a queue": (queue(MAIN, needs=(Need("welsh"),)), "queues.0.needs", "no_skill"),
    "an unknown skill of a rule": (rule(ANYBODY, needs=(Need("welsh"),)), "rules.3.needs", "no_skill"),
    "an unknown skill of an agent": (
        member(Member("three@example.test", "billing", (Need("welsh"),))),
        "agents.2.skills",
        "no_skill",
    ),
    "an unknown skill that a ring drops": (
        queue(MAIN, rings=(Ring(30, drop=("welsh",)),)),
        "queues.0.rings.0.drop",
        "no_skill",
    ),
    "an unknown profile that a ring admits": (
        queue(MAIN, rings=(Ring(30, admit=("night",)),)),
        "queues.0.rings.0.admit",
        "no_profile",
    ),
    "an unknown profile of an agent": (
        member(Member("three@example.test", "night")),
        "agents.2.profile",
        "no_profile",
    ),
    "an unknown channel of a queue": (queue(MAIN, channels=("fax",)), "queues.0.channels", "no_channel"),
    "an unknown order of agents": (queue(MAIN, agent_order=("age",)), "queues.0.agent_order", "no_order"),
    "an unknown alternative": (queue(MAIN, alternatives=("fax",)), "queues.0.alternatives", "no_alternative"),
    "a queue that succeeds one that is there": (
        queue(MAIN, succeeds=("billing",)),
        "queues.0.succeeds",
        "not_gone",
    ),
    "an unknown queue of a profile": (
        more("profiles", Profile("night", ("vip",))),
        "profiles.2.queues",
        "no_such_queue",
    ),
    "a profile of no queue": (more("profiles", Profile("night")), "profiles.2.queues", "profile_of_nothing"),
    "an unknown channel that interrupts": (
        more("profiles", Profile("night", ("main",), (), (Interrupts("fax", ("email",)),))),
        "profiles.2.interrupts",
        "no_channel",
    ),
    "an unknown queue of a rule": (rule(ANYBODY, queue="vip"), "rules.3.queue", "no_such_queue"),
    "a rule that does nothing": (rule(ANYBODY), "rules.3", "rule_of_nothing"),
    "an unknown fact": (rule(When("mood", ("bad",)), priority=1), "rules.3.when", "no_fact"),
    "a fact without a value": (rule(When("tier", ()), priority=1), "rules.3.when", "no_value"),
    "a fact that is asked twice": (rule(ANYBODY, ANYBODY, priority=1), "rules.3.when", "twice"),
    "an unknown channel of a rule": (
        rule(When("channel", ("fax",)), priority=1),
        "rules.3.when",
        "no_channel",
    ),
    "a language that the centre does not speak": (
        rule(When("language", ("de",)), priority=1),
        "rules.3.when",
        "no_language",
    ),
    "a ring that begins before the one before": (
        queue(MAIN, rings=(Ring(60, admit=("billing",)), Ring(30, drop=("english",)))),
        "queues.0.rings.1",
        "narrowing",
    ),
    "a ring that changes nothing": (queue(MAIN, rings=(Ring(60),)), "queues.0.rings.0", "ring_of_nothing"),
    "too many rings": (
        queue(MAIN, rings=tuple(Ring(n, drop=("english",)) for n in range(1, 11))),
        "queues.0.rings",
        "too_many_rings",
    ),
    "an overflow into nowhere": (
        queue(MAIN, overflow=Overflow("vip", 60)),
        "queues.0.overflow",
        "no_such_queue",
    ),
    "an overflow into itself": (
        queue(MAIN, overflow=Overflow("main", 60)),
        "queues.0.overflow",
        "overflow_circle",
    ),
    "an overflow that comes back": (
        queue(MAIN, overflow=Overflow("billing", 60)),
        "queues.0.overflow",
        "overflow_circle",
    ),
    "an overflow into another pool": (queue(MAIN, pool="front"), "queues.1.overflow", "other_pool"),
    "a profile of two pools": (queue(MAIN, pool="front"), "profiles.0.queues", "two_pools"),
    "hours that cannot be read": (
        queue(MAIN, hours=Hours(("mon-fri 9-18",))),
        "queues.0.hours",
        "hours_line",
    ),
    "hours in an unknown zone": (queue(MAIN, hours=Hours(zone="Mars/One")), "queues.0.hours", "no_zone"),
    "holidays of no country": (centre(hours=Hours(holidays="ZZ")), "hours", "no_holidays"),
    "a centre in an unknown zone": (centre(zone="Mars/One"), "zone", "no_zone"),
    "a flow that is not there": (centre(flow="welcome"), "flow", "no_flow"),
    "a tag's code with a space": (more("tags", Tag("very good")), "tags.2.code", "not_plain"),
    "a tag twice": (more("tags", Tag("delivery")), "tags.2.code", "twice"),
    "more tags than anybody can read": (
        centre(tags=tuple(Tag(f"t{n}") for n in range(201))),
        "tags",
        "too_many",
    ),
    "a field of another kind": (more("fields", Field("age", kind="years")), "fields.2.kind", "no_kind"),
    "a choice of nothing": (more("fields", Field("size", kind="choice")), "fields.2.choices", "choices"),
    "choices of a number": (
        more("fields", Field("age", kind="number", choices=("1",))),
        "fields.2.choices",
        "choices",
    ),
    "a choice twice": (
        more("fields", Field("size", kind="choice", choices=("s", "s"))),
        "fields.2.choices",
        "twice",
    ),
    "a guide of a queue that is not there": (
        more("guides", Guide("g", (STEP,), "vip")),
        "guides.1.queue",
        "no_such_queue",
    ),
    "a guide without a step": (more("guides", Guide("g", ())), "guides.1.steps", "none_named"),
    "a guide of many steps": (
        more("guides", Guide("g", tuple(GuideStep(f"s{n}", "가", "") for n in range(31)))),
        "guides.1.steps",
        "too_many",
    ),
    "a step twice": (more("guides", Guide("g", (STEP, STEP))), "guides.1.steps.1.code", "twice"),
    "a step without words": (
        more("guides", Guide("g", (GuideStep("s", "", ""),))),
        "guides.1.steps.0",
        "words",
    ),
    "a reply that is held for too long": (centre(undo=(Undo("chat", 31),)), "undo", "range"),
    "a reply that is held on no channel": (centre(undo=(Undo("pager", 5),)), "undo", "no_channel"),
    "a channel held twice": (centre(undo=(Undo("chat", 5), Undo("chat", 6))), "undo", "twice"),
    "no word to an abusive customer": (centre(abuse=Abuse(ko="")), "abuse.ko", "words"),
    "a break of a day": (centre(abuse=Abuse(break_minutes=1440)), "abuse.break_minutes", "range"),
    "the outcome of abuse as one of the centre's": (
        more("dispositions", Disposition("abuse", "폭언", "Abuse")),
        "dispositions.2.code",
        "reserved",
    ),
    "a saved reply's code": (reply(code="a b"), "saved_replies.1.code", "not_plain"),
    "a saved reply twice": (reply(code="hours"), "saved_replies.1.code", "twice"),
    "a saved reply that says and does nothing": (reply(text_ko=""), "saved_replies.1.text_ko", "words"),
    "a saved reply longer than a message": (
        reply(text_en="x" * 4001),
        "saved_replies.1.text_en",
        "words",
    ),
    "a saved reply of a queue that is not there": (
        reply(queues=("vip",)),
        "saved_replies.1.queues",
        "no_such_queue",
    ),
    "a saved reply that does what nothing does": (does("dance", "1"), ACTIONS_AT, "no_action"),
    "a saved reply that closes with no outcome": (does("close", "done"), ACTIONS_AT, "no_disposition"),
    "a saved reply with a tag that is not there": (does("tag", "gold"), ACTIONS_AT, "no_tag"),
    "a saved reply to a queue that is not there": (does("transfer", "vip"), ACTIONS_AT, "no_such_queue"),
    "a saved reply that sleeps for no time": (does("snooze", "soon"), ACTIONS_AT, "range"),
    "more saved replies than can be kept": (
        lambda told: replace(told, replies=tuple(SavedReply(f"r{n}", text_ko="가") for n in range(201))),
        "saved_replies",
        "too_many",
    ),
    "saved replies too long for the table": (
        lambda told: replace(
            told, replies=tuple(SavedReply(f"r{n}", text_ko="가" * 4000) for n in range(40))
        ),
        "saved_replies",
        "too_long",
    ),
    "an item too long for the table": (queue(MAIN, label_ko="가" * 130_000), "queues", "too_long"),
}


@pytest.mark.parametrize("label", WRONG)
def test_a_mistake_is_named_by_its_field_and_a_sentence(label: str, tmp_path: Path) -> None:
    change, path, code = WRONG[label]

    found = checked(change(teahouse(tmp_path)))

    assert (path, code) in {(".".join(one.path), one.code) for one in found}
    for one in found:
        assert all(told_problem(one, language).endswith((".", "–")) for language in ("ko", "en"))


def test_the_example_of_the_documentation_passes(tmp_path: Path) -> None:
    assert checked(teahouse(tmp_path)) == ()


def test_the_demo_centre_passes_without_naming_anybody() -> None:
    assert checked(Document()) == ()


def test_a_flow_that_hands_over_to_a_queue_that_is_gone_is_named(tmp_path: Path) -> None:
    last = replace(WELCOME.steps[-1], queue="vip")
    told = replace(teahouse(tmp_path), flows=(replace(WELCOME, steps=(*WELCOME.steps[:-1], last)),))

    assert ("flows", "welcome", "steps", last.name) in {one.path for one in checked(told)}


def test_every_kind_of_problem_is_met_in_a_test() -> None:
    elsewhere = {
        "unserved",
        "too_many_classes",
        "too_much",
        "flow",
        "queue_waits",
        "queue_moves",
        "pool_works",
    }

    assert {code for _, _, code in WRONG.values()} | elsewhere == set(PROBLEMS)


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_is_said_in_both_languages_with_the_same_values(code: str) -> None:
    values = {language: set(_places(text)) for language, text in PROBLEMS[code].items()}

    assert set(values) == {"ko", "en"} and values["ko"] == values["en"]


def _places(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]
