"""Modules as one classic script: the same, but that nothing of it can be seen from outside."""

import gzip
import subprocess
from pathlib import Path

import pytest

from infra.joined import CannotJoin, joined, sources
from infra.web import ROOT
from tests.support import node

WIDGET = ROOT / "functions/public_api/web/widget.js"
MOST_BYTES = 18_500  # as a browser loads it: every page of a site that embeds it pays for them


def modules(place: Path, **files: str) -> Path:
    for name, text in files.items():
        (place / f"{name}.js").write_text(text)
    return place / "entry.js"


@node.needs_node
def test_modules_with_the_same_names_do_not_meet(tmp_path: Path) -> None:
    entry = modules(
        tmp_path,
        entry='/** How to embed. */\nimport { one, ten } from "./a.js";\nimport { two } from "./b.js";\n'
        "const own = 5;\nconsole.log(one() + two + ten + own);\n",
        a='import { two } from "./b.js";\nconst own = 1;\nexport const ten = 10;\n/** Says 3. */\n'
        "export function one() {\n  // two and one\n  return own + two;\n}\n",
        b="const own = 2;\nexport const two = own;\n",
    )

    script = joined(entry)

    said = subprocess.run([node.NODE or "node", "-e", script], capture_output=True, text=True, check=True)
    assert said.stdout == "20\n"
    assert [path.stem for path in sources(entry)] == ["b", "a", "entry"]
    assert (
        script.startswith("/** How to embed. */") and "two and one" not in script and "Says 3" not in script
    )


@pytest.mark.parametrize(
    "line",
    [
        'import "./b.js";',
        'import * as b from "./b.js";',
        "export default 1;",
        "export { own };",
        'export * from "./b.js";',
    ],
)
def test_what_it_cannot_join_it_refuses(tmp_path: Path, line: str) -> None:
    with pytest.raises(CannotJoin):
        joined(modules(tmp_path, entry=f"const own = 1;\n{line}\n", b=""))


def test_a_circle_is_refused(tmp_path: Path) -> None:
    entry = modules(tmp_path, entry='import { a } from "./a.js";\n', a='import { b } from "./entry.js";\n')

    with pytest.raises(CannotJoin):
        joined(entry)


def test_the_widget_stays_small() -> None:
    assert len(gzip.compress(joined(WIDGET).encode())) <= MOST_BYTES
