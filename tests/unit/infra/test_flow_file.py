"""flows/*.yaml beside centre.yaml: read with it, and refused with file, line and a sentence."""

from dataclasses import replace
from pathlib import Path

import pytest

from functions.channels import traits
from infra.flow_show import shown
from infra.settings_file import PATH, Settings, WrongSettings, read_settings
from infra.twins.world import World
from shared.adapters.centre import StoredSettings
from shared.adapters.table import from_image, to_image
from shared.domain.centre import Centre
from shared.domain.change import Ref
from shared.domain.flow.flow import FlowVersion
from shared.domain.settings.document import Document
from shared.domain.template import Template, Templates, wrong
from shared.domain.traits import channels_of
from tests.support.configured import configured
from tests.support.flows import WELCOME

FLOW = """\
tries: 2
steps:
  hello:
    say: {ko: 안녕하세요, en: Hello}
    next: topic
  topic:
    ask: {ko: "무엇인가요?", en: "What about?"}
    choices:
      - {id: delivery, ko: 배송, en: Delivery, next: order, description: {ko: 주문 조회, en: Orders}}
      - {id: other, ko: 기타, en: Other, next: hours}
  order:
    collect: {ko: 주문 번호, en: Your order number}
    digits: [4, 12]
    masked: true
    next: human
  hours:
    open: {yes: human, no: late}
  late:
    inform: hours
    next: human
  human:
    hand_over: true
"""
TEMPLATE = (
    "  - {channel: pager, name: order, language: ko, category: utility, "
    "text: '{{1}}', parameters: [number]}\n"
)


def told(folder: Path, flow: str = FLOW, centre: str = "flow: welcome\n") -> Settings:
    (folder / "flows").mkdir()
    (folder / "flows" / "welcome.yaml").write_text(flow)
    (folder / "centre.yaml").write_text(centre)
    pager = replace(traits().of("sms"), name="pager", templates=True)
    return read_settings(channels_of([*traits().all, pager]), folder / "centre.yaml")


def test_what_a_choice_or_a_step_finds_out_is_read_too(tmp_path: Path) -> None:
    wanted = FLOW.replace("next: order,", "next: order, intent: delivery,").replace(
        "hand_over: true", "hand_over: true\n    intent: question"
    )

    (flow,) = told(tmp_path, wanted).document.flows

    topic, human = flow.at("topic"), flow.at("human")
    assert topic and human
    assert [option.intent for option in topic.options] == ["delivery", ""]
    assert (topic.intent, human.intent) == ("", "question")
    assert "intent" not in topic.options[0].labels
    steps = shown(flow)["steps"]
    assert (steps["human"]["intent"], steps["topic"]["choices"][0]["intent"]) == ("question", "delivery")


@pytest.mark.parametrize("wrong", ["[refund]", "My Money", "{ko: 환불}"])
def test_an_intent_that_is_no_word_is_refused_with_its_line(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(WrongSettings, match=r"welcome\.yaml:\d+"):
        told(tmp_path, FLOW.replace("hand_over: true", f"hand_over: true\n    intent: {wrong}"))


def test_a_flow_is_read_as_it_was_written(tmp_path: Path) -> None:
    (flow,) = told(tmp_path).document.flows
    topic, order, hours = flow.at("topic"), flow.at("order"), flow.at("hours")

    assert (flow.name, flow.tries, flow.steps[0].name) == ("welcome", 2, "hello")
    assert topic and [choice.description for choice in topic.choices(("en",))] == ["Orders", ""]
    assert order and (order.least, order.most, order.masked) == (4, 12, True)
    assert hours and (hours.next, hours.other) == ("human", "late")


def test_what_only_callers_meet_is_read_and_shown_as_it_was_written(tmp_path: Path) -> None:
    calls = FLOW.replace("    inform: hours\n", "    language: {ko: 한국어, en: English}\n").replace(
        "hand_over: true", "voicemail: main"
    )

    (flow,) = told(tmp_path, calls).document.flows

    late, human = flow.at("late"), flow.at("human")
    assert late and [choice.id for choice in late.choices(("en",))] == ["ko", "en"]
    assert human and human.queue == "main"
    steps = shown(flow)["steps"]
    assert steps["late"] == {"language": {"ko": "한국어", "en": "English"}, "next": "human"}
    assert steps["human"] == {"voicemail": "main"}


WRONG = {
    "a kind of its own": (FLOW.replace("say:", "sing:"), 4, "no use for `sing`"),
    "two kinds": (
        FLOW.replace("    hand_over: true", "    hand_over: true\n    end: true"),
        21,
        "does one thing",
    ),
    "no step: the place in the queue": (
        FLOW.replace("hand_over: true", "queue: position"),
        22,
        "told by the announcements of a queue",
    ),
    "a call back that nobody makes": (
        FLOW.replace("hand_over: true", "callback: true"),
        22,
        "stands beside `hand_over`",
    ),
    "a message for no queue": (FLOW.replace("hand_over: true", "voicemail: vip"), 21, "no queue vip"),
    "a language without a name": (
        FLOW.replace("inform: hours", "language: {en: English}"),
        18,
        "missing in the language ko",
    ),
    "a message in words": (FLOW.replace("hand_over: true", "voicemail: {ko: 안녕}"), 21, "`voicemail: true`"),
    "a step that is none": (FLOW.replace("order, description", "nowhere, description"), 6, "no step nowhere"),
    "a language is missing": (FLOW.replace(", en: Hello", ""), 3, "missing in the language en"),
    "a form of its own": (FLOW.replace("inform: hours", "inform: weather"), 18, "`inform: hours`"),
    "no queue": (FLOW.replace("hand_over: true", "hand_over: vip"), 21, "no queue vip"),
    "tries in words": (FLOW.replace("tries: 2", "tries: two"), 1, "whole numbers"),
    "no step at all": ("tries: 2\nsteps:\n", 2, "holds the steps"),
}


@pytest.mark.parametrize("label", WRONG)
def test_a_wrong_flow_is_refused_with_its_file_its_line_and_a_sentence(label: str, tmp_path: Path) -> None:
    flow, line, sentence = WRONG[label]

    with pytest.raises(WrongSettings) as refused:
        told(tmp_path, flow)

    said = str(refused.value)
    assert sentence in said
    assert said.startswith(f"{tmp_path}/flows/welcome.yaml:{line}: ")


@pytest.mark.parametrize(
    ("centre", "sentence"),
    [
        ("flow: welcom\n", "centre.yaml:1: There is no flow welcom"),
        ("hours: {weekly: [mon-fri 9-18]}\n", "centre.yaml:1: The hours `mon-fri 9-18` cannot be read"),
        ("templates:\n" + TEMPLATE.replace("utility", "post_purchase_update"), "centre.yaml:2: .*retired"),
        ("templates:\n" + TEMPLATE.replace("[number]", "[number, name]"), "places \\[1\\], and 2 parameters"),
        ("templates:\n" + TEMPLATE.replace("pager", "sms"), "takes no templates"),
        ("templates:\n" + TEMPLATE.replace("pager", "pigeon"), "no channel pigeon"),
        ("templates:\n" + TEMPLATE.replace("utility", "gossip"), "the category is one of"),
        ("templates:\n" + TEMPLATE + TEMPLATE, "stands there twice"),
    ],
)
def test_a_wrong_centre_is_refused_with_its_line(centre: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=sentence):
        told(tmp_path, centre=centre)


def test_a_template_that_fits_is_part_of_the_version(tmp_path: Path) -> None:
    settings = told(tmp_path, centre="templates:\n" + TEMPLATE).document

    assert [(one.name, one.parameters) for one in settings.templates] == [("order", ("number",))]
    assert wrong(settings.templates[0], settings.templates, traits()).startswith("there is no channel pager")


def test_the_parts_of_a_version_are_items_of_their_own_in_one_transaction() -> None:
    world = World()
    store = world.store
    template = Template("pager", "order", "ko", "utility", "{{1}}", ("number",))
    centre = Centre(flow="welcome")

    versions = [
        configured(world, Document(centre, templates, flows))
        for templates, flows in (
            ((template,), (WELCOME,)),
            ((template,), (WELCOME,)),
            ((template,), (replace(WELCOME, tries=2),)),
            ((), (replace(WELCOME, tries=2),)),
        )
    ]

    assert versions == [1, 1, 2, 3]
    assert [len(writes) for writes in store.commits] == [4, 4, 3]
    assert {sk for pk, sk in store.items if pk == "CONFIG" and "#" in sk} == {
        "v1#FLOW#welcome", "v1#TEMPLATES", "v2#FLOW#welcome", "v2#TEMPLATES", "v3#FLOW#welcome",
    }  # fmt: skip


def test_a_running_flow_keeps_its_version_and_nothing_is_read_twice() -> None:
    world = World()
    settings = StoredSettings(lambda: world.store, world.clock)
    configured(world, Document(Centre(flow="welcome"), (), (WELCOME,)))
    first = settings.flow("welcome")
    world.clock.advance(10)
    configured(world, Document(Centre(flow="welcome"), (), (replace(WELCOME, tries=2),)))
    settings.centre()

    assert first and (first.n, settings.flow("welcome", 1)) == (1, first)
    assert (settings.flow("welcome") or first).flow.tries == 2
    world.store.items.clear()
    assert settings.flow("welcome", 1) == first
    assert settings.flow("another") is None and settings.templates() == ()


def test_parts_are_read_back_as_they_were() -> None:
    template = Template("pager", "order", "ko", "utility", "{{1}}", ("number",))

    for part in (FlowVersion(3, "welcome", WELCOME), Templates(3, (template,))):
        assert from_image(to_image(part)) == part


def test_the_flow_of_the_repository_is_right() -> None:
    settings = read_settings(traits(), PATH).document

    assert [flow.name for flow in settings.flows] == ["welcome"]
    assert Ref(FlowVersion, 1, "welcome")
