"""One classic script out of modules: each is a function that is run once, so that no name meets another's.

It knows as much of the language as our modules use: `import { a, b } from "./x.js";`, and `export` before
a declaration. Whoever embeds the script pays for its bytes, so comments and indents stay behind, but for the
first comment: it says how to embed it.
"""

import re
from pathlib import Path

IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "([^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?(?:const|function|class) (\w+))", re.MULTILINE)
COMMENT = re.compile(r"^[ ]*(?:/\*\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
INDENT = re.compile(r"^ +", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class CannotJoin(Exception):
    """A module says something that would not be the same in one script."""


def sources(entry: Path) -> list[Path]:
    """The files that a joined script is made of, each behind all that it needs; the entry is the last."""
    return _order(entry.resolve(), ())


def joined(entry: Path) -> str:
    """The entry and everything it imports as one script."""
    paths = sources(entry)
    head = COMMENT.match(entry.read_text())
    modules = [f"const {_name(path, paths)} = {_function(path, paths)};\n" for path in paths]
    return f'{head.group() if head else ""}(() => {{\n"use strict";\n{"".join(modules)}}})();\n'


def _order(path: Path, above: tuple[Path, ...]) -> list[Path]:
    if path in above:
        raise CannotJoin(f"{path.name} needs itself by way of {above[-1].name}")
    found = [one for target in _needed(path) for one in _order(target, (*above, path))]
    return list(dict.fromkeys([*found, path]))


def _needed(path: Path) -> list[Path]:
    return [_target(path, found) for found in IMPORT.finditer(path.read_text())]


def _target(path: Path, found: re.Match[str]) -> Path:
    return (path.parent / found[2]).resolve()


def _function(path: Path, paths: list[Path]) -> str:
    """The module as a function that gives what it exports."""

    def taken(found: re.Match[str]) -> str:
        return f"const {{ {found[1]} }} = {_name(_target(path, found), paths)};"

    text = INDENT.sub("", COMMENT.sub("", path.read_text()))
    exported = ", ".join(name for _, name in EXPORT.findall(text))
    body = EXPORT.sub(r"\1", IMPORT.sub(taken, text)).strip()
    if left := LEFT.search(body):
        raise CannotJoin(f"{path.name}: {left.group()}")
    return f"(() => {{\n{body}\nreturn {{ {exported} }};\n}})()"


def _name(path: Path, paths: list[Path]) -> str:
    return f"module{paths.index(path)}"
