"""What a page's module takes from another one by name, the other one gives: a browser finds out too late."""

import re
from pathlib import Path

import pytest

from tests.unit.repository.test_pages import SCRIPTS, code_of, name

TAKEN = re.compile(r'import \{([^}]*)\} from "([^"]+)"')
TAKEN_LATER = re.compile(r'(?:const|let) \{([^}]*)\} = await import\("([^"]+)"\)')
GIVEN = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
HANDED_ON = re.compile(r"^export \{([^}]*)\}", re.MULTILINE)


def names(told: str) -> list[str]:
    return [one.strip() for one in re.sub(r"\s+as\s+\w+|:\s*\w+", "", told).split(",") if one.strip()]


def given(path: Path) -> set[str]:
    code = code_of(path)
    handed_on = [one for told in HANDED_ON.findall(code) for one in names(told)]
    return {*GIVEN.findall(code), *handed_on}


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_what_is_taken_from_a_module_is_given_by_it(path: Path) -> None:
    code = code_of(path)
    wanted = [*TAKEN.findall(code), *TAKEN_LATER.findall(code)]
    beside = [(told, (path.parent / target).resolve()) for told, target in wanted if target.startswith(".")]

    missing = [
        f"{one} of {file.name}" for told, file in beside for one in names(told) if one not in given(file)
    ]

    assert missing == []


def test_a_name_that_a_module_does_not_give_is_found(tmp_path: Path) -> None:
    (tmp_path / "kit.js").write_text("export const here = 1;\nconst kept = 2;\n")
    (tmp_path / "page.js").write_text('import { here, kept as mine } from "./kit.js";\n')

    with pytest.raises(AssertionError, match=r"kept of kit\.js"):
        test_what_is_taken_from_a_module_is_given_by_it(tmp_path / "page.js")


STATES = {
    "desk": "desk/desk-state.js",
    "told": "desk/told/told.js",
    "lists": "desk/lists/list-state.js",
    "supervisor": "supervisor/supervisor-state.js",
}
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
WEB = next(path for path in SCRIPTS if path.parts[-2:] == ("kit", "view.js")).parents[1]


def unknown(path: Path, state: str) -> set[str]:
    """What a module asks of a state that nothing there is called by."""
    code = STRING.sub('""', code_of(path))
    if not any(state in names(told) for told, _ in TAKEN.findall(code_of(path))):
        return set()
    asked = set(re.findall(rf"(?<![.\w]){state}\??\.(\w+)", code))
    there = code_of(WEB / STATES[state]) + code_of(WEB / "kit" / "view.js")
    return {one for one in asked if not re.search(rf"\b{one}\b", there)}


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_what_a_module_asks_of_a_pages_state_is_there(path: Path) -> None:
    assert {state: found for state in STATES if (found := unknown(path, state))} == {}


def test_a_word_that_a_state_does_not_know_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.js"
    page.write_text(
        'import { desk } from "./desk-state.js";\ndesk.select(1);\ndesk.visitNobody("desk.other");\n'
    )

    assert unknown(page, "desk") == {"visitNobody"}
