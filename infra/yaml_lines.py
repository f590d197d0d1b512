"""YAML with the line of every key, so that a wrong one can be named by it."""

from collections.abc import Iterator
from itertools import count
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

Keys = tuple[str, ...]
Lines = dict[Keys, int]
DEEPEST, MOST = 30, 300_000  # levels, and keys and list items with all that anchors repeat
NO_VALUE = (ValueError, ArithmeticError, LookupError, AttributeError, TypeError)


class WrongSettings(ValueError):
    """The sentence says which setting and what is expected, with the file and mostly its line."""


def load(path: Path) -> tuple[dict[str, Any], Lines]:
    """What the file holds, and the line of each key by its path. Raises WrongSettings."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = dict(_lines(yaml.compose(text, Loader=_Loader), (), count()))
        told = yaml.load(text, Loader=_Loader) or {}  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise WrongSettings(_unreadable(path, error)) from error
    if not isinstance(told, dict):
        raise WrongSettings(f"{path} must hold settings, one to a line: `zone: Asia/Seoul`.")
    return told, lines


class _Loader(yaml.SafeLoader):
    """A day stays the text it is written as; a value that cannot be read is named by its line."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            made = super().construct_object(node, deep)
            _fit(made)
        except NO_VALUE as error:
            raise _wrong(node, "this is no value") from error
        return made


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if not tag.endswith(":timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _fit(made: Any) -> None:
    """Raises ValueError for what no settings can hold: half a letter, a number without an end."""
    if isinstance(made, str):
        made.encode()
    if isinstance(made, float) and not isfinite(made):
        raise ValueError(made)


def _lines(
    node: Any, above: tuple[str, ...], counted: Iterator[int]
) -> Iterator[tuple[tuple[str, ...], int]]:
    if len(above) > DEEPEST:
        raise _wrong(node, "this lies too deep, or in itself")
    for key, line, value in _parts(node):
        if next(counted) > MOST:
            raise _wrong(node, f"with all that its anchors repeat, the file has more than {MOST} lines")
        yield (*above, key), line
        yield from _lines(value, (*above, key), counted)


def _parts(node: Any) -> Iterator[tuple[str, int, Any]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if (name := str(key.value)) in seen:
                raise _wrong(key, f"`{name}` stands there twice")
            seen.add(name)
            yield name, key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield str(place), value.start_mark.line + 1, value


def _wrong(node: Any, sentence: str) -> yaml.YAMLError:
    return yaml.constructor.ConstructorError(None, None, sentence, node.start_mark)


def _unreadable(path: Path, error: Exception) -> str:
    """`centre.yaml:3: This cannot be read: …`"""
    if isinstance(error, UnicodeDecodeError):
        return f"{path} cannot be read: save it as UTF-8."
    if isinstance(error, RecursionError):
        return f"{path} cannot be read: it has too many levels."
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        hint = " Indent with spaces." if "'\\t'" in str(error.problem) else ""
        return f"{path}:{error.problem_mark.line + 1}: This cannot be read: {error.problem}.{hint}"
    return f"{path} cannot be read: {error}"


def at(path: Path, lines: Lines, *keys: str) -> str:
    """`flows/welcome.yaml:12`, of the nearest key that has a line."""
    for length in range(len(keys), 0, -1):
        if keys[:length] in lines:
            return f"{path}:{lines[keys[:length]]}"
    return str(path)
