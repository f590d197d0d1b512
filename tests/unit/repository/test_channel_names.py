"""Nothing outside a channel's own folder compares, looks up or lists its name: it asks for traits instead."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions import channels

ROOT = Path(__file__).parents[3]
NAMES = frozenset(channels.names())
PYTHON = sorted(path for part in ("functions", "shared", "infra") for path in (ROOT / part).rglob("*.py"))
PAGES = sorted(
    path
    for folder in ("functions/desk_api/web", "infra/local/pages")
    for kind in ("*.js", "*.css", "*.html")
    for path in (ROOT / folder).rglob(kind)
)
OWN = (*(f"functions/channels/{name}/" for name in NAMES), "shared/domain/address/")
# The shop's page at /chat has the name of a channel, and is none.
PLACES = frozenset({"infra/local/pages/home.js", "functions/desk_api/web/kit/login-form.js"})
# An email address is also how staff log in; a list of packages bears its purpose; the right of a token is the
# carrier's word.
OTHERWISE = frozenset(
    {
        "infra/build/bundles.py",
        "infra/cli/commands/staff.py",
        "infra/local/demo/past.py",
        "infra/twins/staff_pool.py",
        "shared/edge/staff.py",
        "shared/providers/twilio_token.py",
    }
)


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def stands_for_a_name(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in NAMES


def listed(node: ast.AST) -> Iterator[ast.AST | None]:
    """What is compared, looked up or listed at this place of a program."""
    match node:
        case ast.Compare():
            yield from (node.left, *node.comparators)
        case ast.Dict():
            yield from node.keys
        case ast.Subscript():
            yield node.slice
        case ast.List() | ast.Tuple() | ast.Set():
            yield from node.elts
        case ast.MatchValue():
            yield node.value
        case ast.Call(func=ast.Attribute(attr="get" | "startswith" | "endswith" | "of" | "load")):
            yield from node.args


def named_in(program: str) -> list[int]:
    """The lines of a program that decide by a channel's name."""
    return sorted(
        {
            one.lineno
            for node in ast.walk(ast.parse(program))
            for one in listed(node)
            if isinstance(one, ast.expr) and stands_for_a_name(one)
        }
    )


def quoted_in(page: str) -> list[str]:
    """The channel names that stand in quotes, or as a key or a custom property, in a page's file."""
    words = "|".join(sorted(NAMES))
    return re.findall(rf"""["'`]({words})["'`]|^\s*({words}):|--({words})\b""", page, re.MULTILINE)


@pytest.mark.parametrize("path", [one for one in PYTHON if not where(one).startswith(OWN)], ids=where)
def test_no_program_decides_by_a_channels_name(path: Path) -> None:
    assert named_in(path.read_text()) == [] or where(path) in OTHERWISE


def test_where_a_name_means_something_else_it_does() -> None:
    """An exception that nothing needs any more is taken away."""
    assert [path for path in OTHERWISE if not named_in((ROOT / path).read_text())] == []


@pytest.mark.parametrize("path", [one for one in PAGES if where(one) not in PLACES], ids=where)
def test_no_page_names_a_channel(path: Path) -> None:
    assert quoted_in(path.read_text()) == []


@pytest.mark.parametrize(
    "program",
    [
        'channel == "{0}"',
        'channel in ("{0}", "other")',
        '{{"{0}": 1}}',
        'table["{0}"]',
        'table.get("{0}")',
        'match channel:\n    case "{0}":\n        pass',
    ],
)
def test_a_program_that_decides_by_a_name_is_found(program: str) -> None:
    assert all(named_in(program.format(name)) for name in NAMES)


def test_a_page_that_names_a_channel_is_found() -> None:
    assert all(quoted_in(f'if (channel === "{name}") return;') for name in NAMES)
    assert all(quoted_in(f"  {name}: 1600,") and quoted_in(f"color: var(--{name});") for name in NAMES)


CARRIED = [traits.name for traits in channels.traits().all if traits.own_stack]


def outside_its_block(template: str, name: str) -> list[str]:
    """Lines of the template that name a channel outside its parameters, its conditions, its block and what
    bears its name beside that. Another block may only say that it comes after, the media fetcher where its
    files and its secret are, and an output that the channel must be on. Cognito and SNS know an `email` too.
    """
    block = name.title().replace("_", "")
    told = rf" +{name.upper()}_(SECRET_ID|API_URL): "
    read = rf" +- !If \[{block}On, !GetAtt {block}Secret\.Id, "
    given_out = rf"  \w+: \{{Condition: {block}On, "
    other = r" +(ConstraintDescription: one email address|.*Attributes: \[email\]|.*Protocol: email,)"
    theirs = rf"  {block}(ApiUrl|Enabled|On|:)|  # -+ channel: {name}$|        After: "
    own = re.compile("|".join((theirs, told, read, given_out, other)))
    found, inside = [], False
    for line in template.splitlines():
        if re.match(r"  \w", line):
            inside = line.startswith(f"  {block}")
        if not inside and not own.match(line) and re.search(rf"(?<![a-z]){block}(?![a-z])|\b{name}\b", line):
            found.append(line)
    return found


@pytest.mark.parametrize("name", CARRIED)
def test_the_template_names_a_channel_in_its_own_block_alone(name: str) -> None:
    assert outside_its_block((ROOT / "template.yaml").read_text(), name) == []


def test_a_channel_named_elsewhere_in_the_template_is_found() -> None:
    template = "Parameters:\n  SmsEnabled: {Type: String}\nResources:\n  Router:\n    Url: !Ref SmsQueue\n"

    assert outside_its_block(template, "sms") == ["    Url: !Ref SmsQueue"]
