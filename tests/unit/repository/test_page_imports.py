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
