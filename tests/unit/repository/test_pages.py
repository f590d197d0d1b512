"""Rules of the pages: what a strict policy allows, words in both languages, and colours people can read."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions import channels
from shared.domain import centre
from shared.domain.report import figures
from shared.domain.report import formulas as metrics
from shared.domain.routing.staff import Presence, RoutingStatus
from shared.domain.timeline.entry import Delivery, Kind
from shared.domain.timeline.rising import RANK
from shared.providers.twilio import REFUSALS

ROOT = Path(__file__).parents[3]
DESK = ROOT / "functions/desk_api/web"
LOCAL = ROOT / "infra/local/pages"
WIDGET = ROOT / "functions/public_api/web/widget.js"
SERVED = {"/assets/desk/": DESK, "/assets/local/": LOCAL}

PAGES = sorted([*DESK.glob("*.html"), *LOCAL.glob("*.html")])
SCRIPTS = sorted([*DESK.rglob("*.js"), *LOCAL.glob("*.js"), *WIDGET.parent.rglob("*.js")])
STYLES = sorted([*DESK.rglob("*.css"), *LOCAL.glob("*.css")])
SAYS = DESK / "kit/words.js"  # the module that says them
WORD_FILES = [path for path in SCRIPTS if re.search(r"(^|-)words$", path.stem) and path != SAYS]

PAIR = re.compile(r'"([a-z_]+\.[\w.]*)":\s*\[\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)",?\s*\]')
IMPORT = re.compile(r'^import\b[^"]*"([^"]+)";', re.MULTILINE)
LATER = re.compile(r'\bimport\("([^"]+)"\)')
SAID = re.compile(r'\b(?:say|sayOr|button|title)\((?:"[^"]*", )?"((?!button\.)[a-z]+\.[\w.]+)"')
SAID_BY_PREFIX = re.compile(r"\b(?:say|sayOr)\(`([a-z]+\.(?:[a-z_]+\.)?)\$\{")
MOST_LINES = 250
MOST_REQUESTS = 45
MOST_BYTES = 65_000
REQUESTS_TO_THE_API = 3  # the session, GET /me, the ticket of the live line


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def words() -> dict[str, tuple[str, str]]:
    return {key: (en, ko) for path in WORD_FILES for key, en, ko in PAIR.findall(path.read_text())}


def file_of(reference: str, beside: Path) -> Path:
    for prefix, folder in SERVED.items():
        if reference.startswith(prefix):
            return folder / reference.removeprefix(prefix)
    return WIDGET if reference == "/widget.js" else beside.parent / reference


def code_of(path: Path) -> str:
    return re.sub(r"/\*.*?\*/|(?:^|\s)// [^\n]*$", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def imports(path: Path) -> list[Path]:
    return [file_of(target, path).resolve() for target in IMPORT.findall(path.read_text())]


def later(path: Path) -> list[Path]:
    """What is only loaded when it is asked for."""
    return [file_of(target, path).resolve() for target in LATER.findall(code_of(path))]


def reached(path: Path) -> set[Path]:
    seen: set[Path] = set()
    left = [path.resolve()]
    while left:
        one = left.pop()
        if one not in seen:
            seen.add(one)
            left += imports(one) + later(one)
    return seen


def first_loaded(page: Path) -> set[Path]:
    """The page, its styles and drawing, and each module that is loaded before anybody does anything."""
    files = {file_of(ref, page) for ref in re.findall(r'(?:src|href)="(/[^"]+\.\w+)"', page.read_text())}
    left, seen = [path for path in files if path.suffix == ".js"], set(files)
    while left:
        news = set(imports(left.pop())) - seen
        left += news
        seen |= news
    return {page, *seen}


def packed(path: Path) -> int:
    """Bytes as they travel."""
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def test_the_first_load_of_the_desk_is_small() -> None:
    """What is not needed to see one's cases and offers comes by import() when it is wanted."""
    files = first_loaded(DESK / "desk.html")

    assert len(files) + REQUESTS_TO_THE_API <= MOST_REQUESTS
    assert sum(map(packed, files)) <= MOST_BYTES


def test_what_is_loaded_first_says_only_words_that_are_loaded_first() -> None:
    files = first_loaded(DESK / "desk.html") - {DESK / "desk.html"}
    word_files = {path.resolve() for path in WORD_FILES} & files
    known = {key for path in word_files for key, *_ in PAIR.findall(path.read_text())}
    code = "\n".join(code_of(path) for path in files - word_files if path.suffix == ".js")
    literal = set(re.findall(r'"([a-z]+\.[\w.]+)"', code)) & set(words())
    prefixes = re.findall(r"`([a-z]+\.(?:[a-z_]+\.)?)\$\{", code)

    assert literal - known == set()
    assert [one for one in prefixes if not any(key.startswith(one) for key in known)] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_holds_nothing_that_a_strict_policy_blocks(page: Path) -> None:
    html = re.sub(r"<!--.*?-->", "", page.read_text(), flags=re.DOTALL)

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert all(re.search(r'src="/[^/"]', tag) for tag in re.findall(r"<script[^>]*>", html))
    assert not re.search(r"<script[^>]*>[^<]", html)
    assert not re.search(r'(?:src|href)="(?!/[^/]|/"|#)', html)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_everything_a_page_names_is_there(page: Path) -> None:
    references = re.findall(r'(?:src|href)="(/[^"]+\.\w+)"', page.read_text())

    assert references
    assert [ref for ref in references if not file_of(ref, page).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_has_language_title_and_fits_a_phone(page: Path) -> None:
    html = page.read_text()

    assert re.search(r'<html lang="(en|ko)">', html)
    assert re.search(r"<title>[^<]+</title>", html)
    assert 'name="viewport" content="width=device-width, initial-scale=1' in html
    assert 'name="color-scheme" content="light dark"' in html


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=name)
def test_no_file_speaks_to_another_site_or_makes_markup_of_words(path: Path) -> None:
    code = code_of(path)

    # The second is where an authenticator app takes its key from: no site.
    assert set(re.findall(r"(?:https?:)?//[a-z][\w.]+", code)) <= {"http://www.w3.org", "//totp"}
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code
    )
    assert not re.search(r'setAttribute\("style"|"style":|@import|url\(', code)


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES, *PAGES], ids=name)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_what_a_module_imports_is_there(path: Path) -> None:
    assert [target for target in imports(path) + later(path) if not target.is_file()] == []


def test_modules_import_each_other_without_a_circle() -> None:
    """Then no module runs before what it needs, whoever is asked for first."""
    done: set[Path] = set()

    def visit(path: Path, above: tuple[Path, ...]) -> None:
        assert path not in above, " → ".join(one.name for one in (*above, path))
        if path not in done:
            for target in imports(path):
                visit(target, (*above, path))
            done.add(path)

    for path in SCRIPTS:
        visit(path.resolve(), ())


def test_every_module_belongs_to_a_page() -> None:
    entries = [
        file_of(ref, page)
        for page in PAGES
        for ref in re.findall(r'<script[^>]*src="([^"]+)"', page.read_text())
    ]

    assert set(SCRIPTS) == {path for entry in entries for path in reached(entry)}


def test_every_word_is_there_in_both_languages() -> None:
    lines = [
        line
        for path in WORD_FILES
        for line in path.read_text().splitlines()
        if re.match(r'\s+"[\w.]+":', line)
    ]

    assert len(words()) == len(lines)
    assert [key for key, pair in words().items() if not all(pair)] == []


def test_both_languages_fill_the_same_places() -> None:
    assert [key for key, (en, ko) in words().items() if places(en) != places(ko)] == []


def test_korean_is_korean() -> None:
    names = {"app.name", "actor.system", "command.language"}
    latin = [key for key, (_, ko) in words().items() if re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", ko))]

    assert [key for key in latin if not re.search("[가-힣]", words()[key][1]) and key not in names] == []


def entries_of_pages() -> Iterator[Path]:
    return (
        path
        for path in SCRIPTS
        if any(f'/{path.name}"' in page.read_text() for page in PAGES) and path != WIDGET
    )


@pytest.mark.parametrize("entry", entries_of_pages(), ids=name)
def test_a_page_learns_every_word_it_says(entry: Path) -> None:
    files = reached(entry)
    known = {
        key
        for path in files & {one.resolve() for one in WORD_FILES}
        for key, *_ in PAIR.findall(path.read_text())
    }
    said = {key for path in files for key in SAID.findall(code_of(path)) if not key.startswith("button.")}
    prefixes = {key for path in files for key in SAID_BY_PREFIX.findall(code_of(path))}

    assert said - known == set()
    assert [prefix for prefix in prefixes if not any(key.startswith(prefix) for key in known)] == []


def test_no_word_is_kept_that_nobody_says() -> None:
    code = "\n".join(path.read_text() for path in SCRIPTS if path not in WORD_FILES)
    literal = set(re.findall(r'"([a-z]+\.[\w.]+)"', code))
    prefixes = tuple(re.findall(r"`([a-z]+\.(?:[a-z_]+\.)?)\$\{", code))

    assert [key for key in words() if key not in literal and not key.startswith(prefixes)] == []


def test_the_widget_says_each_word_in_both_languages() -> None:
    text = "".join(code_of(path) for path in WIDGET.parent.rglob("*.js"))
    known = {
        key: (en, ko)
        for key, en, ko in re.findall(r'^  (\w+): \["([^"]+)", "([^"]+)"\],$', text, re.MULTILINE)
    }
    said = set(re.findall(r'(?:say|#button)\("(\w+)"', text))

    assert said and said <= set(known)
    assert all(re.search("[가-힣]", ko) for _, ko in known.values())
    assert all(places(en) == places(ko) for en, ko in known.values())


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.MESSAGE_RECEIVED, Kind.MESSAGE_SENT}))
def test_the_desk_has_a_sentence_for_every_kind_of_entry(kind: Kind) -> None:
    hidden = {Kind.AUDITED, Kind.PRESENCE_CHANGED}
    said = {"entry.note" if kind is Kind.NOTE_ADDED else f"entry.{kind}"}

    assert kind in hidden or said <= set(words())


def test_the_desk_has_words_for_states_and_presences() -> None:
    wanted = {f"presence.{one}" for one in Presence} | {f"routing.{one}" for one in RoutingStatus}
    wanted |= {f"delivery.{one}" for one in Delivery}
    wanted |= {f"failed.{one.reason}" for one in REFUSALS.values()}

    assert wanted - set(words()) == set()


def test_delivery_states_rank_on_the_desk_as_in_the_domain() -> None:
    shown = re.search(r"const RANK = \{([^}]+)\}", (DESK / "desk/timeline.js").read_text())

    assert shown
    pairs = re.findall(r"(\w+): (\d)", shown.group(1))
    assert {Delivery(word): int(rank) for word, rank in pairs} == RANK


def test_the_supervisor_page_names_only_published_metrics() -> None:
    published = {metric.name for metric in metrics.METRICS} | set(figures.MEASURES)
    text = (DESK / "supervisor/metrics.js").read_text()
    shown = set(re.findall(r'(?:name|top|bottom): "(\w+)"', text))
    shown |= {
        word for group in re.findall(r"= \[([^\]{}]+)\]", text) for word in re.findall(r'"(\w+)"', group)
    }

    assert shown - published == set()
    assert {f"metric.{one}" for one in re.findall(r'name: "(\w+)"', text)} <= set(words())


def test_metrics_are_written_in_the_unit_they_are_published_in() -> None:
    units = {metric.name: metric.unit for metric in metrics.METRICS}
    shown = dict(re.findall(r'name: "(\w+)", unit: "(\w+)"', (DESK / "supervisor/metrics.js").read_text()))

    assert [one for one, unit in shown.items() if units.get(one, "count") != unit] == []


def test_dispositions_have_labels_in_both_languages() -> None:
    assert all(one.label_ko and one.label_en for one in centre.Centre().dispositions)


def colours(scheme: str) -> dict[str, str]:
    light, dark = (DESK / "kit/tokens.css").read_text().split("@media")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    at = ("light", "dark").index(scheme)
    found |= {name: channels.load(name).traits.colours[at] for name in NAMES}
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


NAMES = channels.names()
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "quiet", "accent", "bad", *NAMES)
        for ground in ("paper", "surface", "sunk")
    ),
    *((ink, "tint") for ink in ("ink", "quiet", "accent", *NAMES)),
    *((ink, "note") for ink in ("ink", "quiet", "warn")),
    *((tone, f"{tone}-tint") for tone in ("bad", "warn", "good")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("ink", "warn-tint"),
    ("quiet", "warn-tint"),
]
EDGES = [(edge, ground) for edge in ("edge", "focus", "accent") for ground in ("paper", "surface", "sunk")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_edges_keep_the_contrast_people_need(scheme: str) -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for the edges of controls and focus."""
    colour = colours(scheme)
    weak = [pair for pair in TEXT if contrast(colour[pair[0]], colour[pair[1]]) < 4.5]
    weak += [pair for pair in EDGES if contrast(colour[pair[0]], colour[pair[1]]) < 3]

    assert weak == []
