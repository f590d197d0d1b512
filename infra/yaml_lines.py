"""YAML with the line of every key, so that a wrong one can be named by it."""

from pathlib import Path
from typing import Any

import yaml

Lines = dict[tuple[str, ...], int]


class WrongSettings(ValueError):
    """The sentence says which setting and what is expected, with the file and mostly its line."""


def load(path: Path) -> tuple[dict[str, Any], Lines]:
    """What the file holds, and the line of each key by its path. Raises WrongSettings."""
    try:
        text = path.read_text(encoding="utf-8")
        told = yaml.safe_load(text) or {}
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise WrongSettings(f"{path} cannot be read: {error}") from error
    if not isinstance(told, dict):
        raise WrongSettings(f"{path} must hold settings, one to a line: `zone: Asia/Seoul`.")
    return told, dict(_lines(node, ()))


def _lines(node: Any, above: tuple[str, ...]) -> Any:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*above, str(key.value))
            yield path, key.start_mark.line + 1
            yield from _lines(value, path)
    if isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield (*above, str(place)), value.start_mark.line + 1
            yield from _lines(value, (*above, str(place)))


def at(path: Path, lines: Lines, *keys: str) -> str:
    """`flows/welcome.yaml:12`, of the nearest key that has a line."""
    for length in range(len(keys), 0, -1):
        if keys[:length] in lines:
            return f"{path}:{lines[keys[:length]]}"
    return str(path)
