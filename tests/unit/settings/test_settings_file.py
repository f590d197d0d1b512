"""centre.yaml in the shape people write; a mistake is told with its line, and all mistakes at once."""

from pathlib import Path

import pytest

from functions.channels import traits
from infra.settings_file import WrongSettings, read_settings
from shared.domain.calls import Calls
from shared.domain.declared import Abuse, GuideStep, Undo
from shared.domain.queue import Need, Overflow, Ring
from shared.domain.saved_reply import ReplyAction
from shared.domain.staffing import Interrupts, Limit, Member, When
from tests.support.teahouse import example, teahouse, written


def line_of(words: str) -> int:
    return next(n for n, line in enumerate(example().splitlines(), start=1) if words in line)


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    told = teahouse(tmp_path)
    main, billing, nights = told.centre.queues
    by_name = {one.name: one for one in told.centre.profiles}

    assert (billing.needs, billing.overflow) == ((Need("billing", 2),), Overflow("main", 300))
    assert billing.rings == (Ring(30, drop=("english",)), Ring(90, admit=("generalists",)))
    assert (main.hours, nights.hours and nights.hours.zone) == (None, "America/New_York")
    assert by_name["billing"].limits == (Limit("chat", 2), Limit("email", 5))
    assert by_name["billing"].interrupts == (Interrupts("chat", ("email",)),)
    assert told.centre.rules[0].when == (When("intent", ("billing",)),)
    assert told.members[1] == Member("agent.two@example.test", "generalists", (Need("english", 2),))


def test_what_the_desk_knows_is_read_in_short_forms(tmp_path: Path) -> None:
    told = teahouse(tmp_path)
    centre, (hours,) = told.centre, told.replies

    assert [one.code for one in centre.tags] == ["wholesale", "delivery"]
    assert [(one.code, one.kind, one.choices) for one in centre.fields] == [
        ("since", "date", ()),
        ("plan", "choice", ("free", "pro")),
    ]
    assert centre.guides[0].steps[1] == GuideStep("refund", "환불 처리", "Pay it back")
    assert centre.undo == (Undo("chat", 5), Undo("email", 10))
    assert (centre.abuse.break_minutes, centre.abuse.en) == (15, Abuse().en)
    assert hours.actions == (ReplyAction("tag", "delivery"), ReplyAction("close", "solved"))


def test_calls_and_the_phones_of_agents_are_read(tmp_path: Path) -> None:
    told = teahouse(tmp_path)

    assert told.centre.calls == Calls(record=True, delete_recordings=True, announce_listening=True)
    assert [one.phone for one in told.members] == ["+821055500001", ""]


WRONG = {
    "a word of its own about calls": (
        "  announce_listening:",
        "  listening:",
        "There is no use for `listening`.",
    ),
    "a call setting in words": ("  record: true", "  record: always", "record: Expected `bool`"),
    "a phone that cannot be rung": ('phone: "+821055500001"', "phone: desk 4", "`desk 4` cannot be rung."),
    "a step in words of its own": ("ko: 환불 처리,", "kr: 환불 처리,", "There is no use for `kr`."),
    "an action of another name": ("do: {tag:", "does: {tag:", "There is no use for `does`."),
    "held for too long": ("undo: {chat: 5", "undo: {chat: 50", "a number from 0 to 30"),
    "held for a word": ("undo: {chat: 5", "undo: {chat: long", "seconds: Expected `int`"),
    "an unknown kind of field": ("kind: date}", "kind: day}", "There is no kind of field day."),
    "an unknown skill": ("needs: {billing: 2}", "needs: {biling: 2}", "There is no skill biling."),
    "an unknown profile": ("profile: billing,", "profile: biling,", "There is no profile biling."),
    "a word of its own": ("    priority: 3 ", "    priorty: 3 ", "There is no use for `priorty`."),
    "a word of its own in a ring": ("- {after: 90, admit", "- {behind: 90, admit", "no use for `behind`"),
    "a priority in words": ("    priority: 3 ", "    priority: high ", "priority: Expected `int`, got `str`"),
    "a level in words": ("needs: {billing: 2}", "needs: {billing: well}", "level: Expected `int`"),
    "needs as a number": ("needs: {billing: 2}", "needs: 2", "It is written as `needs: {english: 2}`."),
    "an overflow that is a word": (
        "overflow: {to: main, after: 300}",
        "overflow: main",
        "mapping with some of",
    ),
    "an overflow without a time": (
        "overflow: {to: main, after: 300}",
        "overflow: {to: main}",
        "after_seconds: Expected `int`, got `null`",
    ),
    "a narrowing ring": ("- {after: 90, admit", "- {after: 20, admit", "rings only ever widen"),
    "an overflow that comes back": ("{to: main, after: 300}", "{to: billing, after: 9}", "comes back"),
    "an unknown fact": ("when: {tier:", "when: {mood:", "There is no fact mood."),
    "a class that no agent can serve": ("billing: 4}", "billing: 1}", "No agent can serve"),
}


@pytest.mark.parametrize("label", WRONG)
def test_a_mistake_is_told_with_its_line_and_a_sentence(label: str, tmp_path: Path) -> None:
    right, wrong, sentence = WRONG[label]
    path = written(tmp_path, (right, wrong))

    with pytest.raises(WrongSettings) as refused:
        read_settings(traits(), path)

    nearest = "name: billing\n" if "No agent" in sentence else right
    line = line_of("- name: billing") if nearest != right else line_of(right)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith(f"{path}:{line}: ")


def test_all_mistakes_are_told_at_once_each_on_a_line_of_its_own(tmp_path: Path) -> None:
    wrong = (("    priority: 3 ", "    priority: 10 "), ("queues: [billing, main]", "queues: []"))
    path = written(tmp_path, *wrong)

    with pytest.raises(WrongSettings) as refused:
        read_settings(traits(), path)

    assert [line.split(": ", 1)[0] for line in str(refused.value).splitlines()] == [
        f"{path}:{line_of('    priority: 3 ')}",
        f"{path}:{line_of('queues: [billing, main]')}",
    ]


@pytest.mark.parametrize(
    "told", ["based_on: yes", "based_on: -1", "agents: {a: b}", "flows: [a]", "queues: main"]
)
def test_a_part_of_another_shape_is_refused(told: str, tmp_path: Path) -> None:
    path = tmp_path / "centre.yaml"
    path.write_text(told)

    with pytest.raises(WrongSettings, match=r"centre\.yaml:1: "):
        read_settings(traits(), path)


def test_names_alone_need_the_lowest_level_and_one_value_is_a_list_of_it(tmp_path: Path) -> None:
    path = written(
        tmp_path, ("needs: {english: 2}", "needs: [english]"), ("capacity: {chat: 2, email: 5}\n", "\n")
    )

    told = read_settings(traits(), path).document.centre

    assert told.rules[1].needs == (Need("english", 1),)
    assert told.rules[0].when == (When("intent", ("billing",)),)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)
UNREADABLE = {
    "Korean that was not saved as UTF-8": ("name: 찻집\n".encode("euc-kr"), ": save it as UTF-8."),
    "a tab": (b"queues:\n\t- {name: main}\n", ":2: "),
    "a key twice": (b"name: A\nzone: Asia/Seoul\nname: B\n", ":3: "),
    "a list that holds itself": (b"name: A\nqueues: &a [*a]\n", ":2: "),
    "anchors that grow": (BOMB.encode(), ": "),
    "brackets without an end": (b"queues: " + b"[" * 1000, ": "),
    "a number without an end": (b"name: A\nacw_seconds: .inf\n", ":2: "),
    "a number of 5,000 digits": (b"acw_seconds: " + b"9" * 5000, ":1: "),
    "half a letter": (b'name: "\\ud800"\n', ":1: "),
    "a day that no month has": (b"name: A\nhours: {weekly: [2026-13-45]}\n", ":2: "),
    "a day as a key": (b"dispositions: [{2026-01-01: x}]\n", ":1: "),
    "digits without an end": (
        b"flows: {a: {steps: {a: {collect: {ko: x, en: y}, digits: [.inf, 2], next: a}}}}\n",
        ":1: ",
    ),
    "channels that are a number": (b"flows: {a: {channels: 5, steps: {a: {end: true}}}}\n", ":1: "),
}


@pytest.mark.parametrize("label", UNREADABLE)
def test_what_cannot_be_read_is_told_in_a_sentence(label: str, tmp_path: Path) -> None:
    content, where = UNREADABLE[label]
    path = tmp_path / "centre.yaml"
    path.write_bytes(content)

    with pytest.raises(WrongSettings) as refused:
        read_settings(traits(), path)

    assert str(refused.value).startswith(str(path))
    assert where in str(refused.value)
