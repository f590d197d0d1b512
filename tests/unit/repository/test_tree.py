"""Rules of the files themselves: small, free of leftovers and of the machines they were written on."""

import re

from tests.support.tree import ROOT, files, modules

MOST_LINES = 200
MOST_LINES_OF_ONE_THING = 270
# Harder to read in two places: a table of frames, a layout, definitions, one decision, all ports.
ONE_THING = {
    "functions/channels/chat/inbound.py",
    "infra/local/stepper/queues.py",
    "shared/adapters/table.py",
    "shared/edge/wiring.py",
    "shared/domain/report/formulas.py",
    "shared/ports.py",
}

# One letter of each stands in brackets, so that this file does not find itself.
FORBIDDEN = re.compile(
    r"/[r]oot/|/[w]ork/|/[h]ome/\w+/|/[U]sers/\w+/|[p]ypi\.org|[p]ythonhosted\.org|[n]pmjs\.org"
    r"|--(?:extra-)?[i]ndex-url|-----[B]EGIN [A-Z ]*PRIVATE KEY|[A]KIA[0-9A-Z]{16}"
)
LEFTOVER = re.compile(r"\b([T]ODO|[F]IXME|[X]XX)\b")
TEXT = (".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".in", ".sh", ".js", ".html", ".css", ".json")
HUMAN = ("pyproject.toml", "Makefile", ".ci/run")

TEXTS = [name for name in files() if name.endswith(TEXT) or name in HUMAN]
CODE = [module for module in modules() if not module.path.startswith("tests/")]


def test_a_file_is_read_in_one_go() -> None:
    lengths = {module.path: len((ROOT / module.path).read_text().splitlines()) for module in CODE}

    most = {path: MOST_LINES_OF_ONE_THING if path in ONE_THING else MOST_LINES for path in lengths}

    assert {path: n for path, n in lengths.items() if n > most[path]} == {}


def test_a_file_names_no_machine_no_registry_and_no_secret() -> None:
    assert _found(FORBIDDEN, TEXTS) == {}


def test_nothing_is_left_for_later_in_the_code() -> None:
    ours = [name for name in TEXTS if not name.startswith("requirements/")]

    assert _found(LEFTOVER, ours) == {}


def _found(pattern: re.Pattern[str], names: list[str]) -> dict[str, list[str]]:
    found = {name: [match.group() for match in pattern.finditer((ROOT / name).read_text())] for name in names}
    return {name: matches for name, matches in found.items() if matches}


def test_every_pinned_package_is_pinned_by_hash() -> None:
    lists = sorted((ROOT / "requirements").glob("*.txt"))

    bare = [
        f"{path.name}: {block.splitlines()[0]}"
        for path in lists
        for block in re.split(r"\n(?=\S)", path.read_text())
        if "--hash=sha256:" not in block
    ]

    assert lists and bare == []


def test_what_is_shipped_is_what_is_tested() -> None:
    dev = _pins("dev")

    differing = {
        f"{name}: {package}"
        for name in ("webhook", "worker", "staff", "exporter", "email")
        for package in _pins(name) - dev
    }

    assert differing == set()


def _pins(name: str) -> set[str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return set(re.findall(r"^([\w.-]+==[^ ;\\]+)", text, re.MULTILINE))
