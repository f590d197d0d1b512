"""Whatever the Python code says in one language, it says in the other one as well."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields

import pytest

from shared.domain.centre import Centre, Disposition
from shared.domain.declared import Field, Guide, Tag
from shared.domain.difference import Difference
from shared.domain.queue import Queue
from shared.domain.report.figures import MEASURES
from shared.domain.report.formulas import METRICS
from shared.domain.saved_reply import SavedReply
from shared.domain.settings.diff import KEYED
from shared.domain.settings.said import told_difference
from shared.domain.staffing import Aux, Member, Profile, Rule, Skill
from shared.domain.words.measures_ko import MEASURES_KO, NOTES_KO
from tests.support.tree import modules

LANGUAGES = {"ko", "en"}
TAG = re.compile("ko-KR")  # a language by its name for programs
HANGUL = re.compile("[가-힣]")
THINGS = (Queue, Skill, Profile, Aux, Disposition, Tag, Field, Guide, Member, SavedReply, Rule)
OURS = ("shared/", "functions/", "infra/")


def spoken() -> Iterator[tuple[str, dict[str, ast.expr]]]:
    """Every dictionary that is by language, and where it stands."""
    for module in modules():
        for node in ast.walk(module.tree) if module.path.startswith(OURS) else ():
            if isinstance(node, ast.Dict) and (told := _by_language(node)):
                yield f"{module.path}:{node.lineno}", told


def _by_language(node: ast.Dict) -> dict[str, ast.expr]:
    keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    told = dict(zip(map(str, keys), node.values, strict=True))
    return told if LANGUAGES & set(told) else {}


def test_who_speaks_one_language_speaks_both() -> None:
    found = dict(spoken())

    assert len(found) > 100
    assert {place for place, told in found.items() if not set(told) >= LANGUAGES} == set()


@pytest.mark.parametrize(("place", "told"), spoken(), ids=lambda one: one if isinstance(one, str) else "")
def test_both_say_the_same(place: str, told: dict[str, ast.expr]) -> None:
    ko, en = (_text(told[language]) for language in ("ko", "en"))
    if ko is None or en is None:
        return

    assert ko.strip() and en.strip()
    assert _places(ko) == _places(en)
    assert not HANGUL.search(en)
    assert HANGUL.search(ko) or ko == en or TAG.fullmatch(ko)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def test_a_label_never_stands_alone() -> None:
    alone = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and module.path.startswith(OURS) and _half(node)
    ]

    assert alone == []


def _half(call: ast.Call) -> bool:
    """Of label_ko and label_en, and their like, it is given one."""
    given = {keyword.arg for keyword in call.keywords if keyword.arg}
    return any(f"{name[:-2]}{'en' if name.endswith('ko') else 'ko'}" not in given
               for name in given if name.endswith(("_ko", "_en")))  # fmt: skip


def test_every_figure_and_its_note_is_explained_in_korean() -> None:
    assert set(MEASURES_KO) == set(MEASURES)
    assert {metric.name for metric in METRICS if metric.note} <= set(NOTES_KO)


def changeable() -> Iterator[str]:
    """Every field of the settings that a difference can name."""
    yield from (field.name for field in fields(Centre) if field.name not in KEYED)
    yield from (field.name for thing in THINGS for field in fields(thing))


@pytest.mark.parametrize("name", sorted({*changeable()}))
def test_a_difference_calls_its_field_by_a_word_of_the_reader(name: str) -> None:
    korean, english = (told_difference(Difference("queue", "q", name, "1", "2"), one) for one in ("ko", "en"))

    assert HANGUL.search(korean.removeprefix("대기열 q: ")), korean
    assert not re.search(r"_| (ko|en)\b", english), english
