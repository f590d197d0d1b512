"""The template as plain values, and as the embedded AWS gets it."""

import posixpath
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from infra.local.stacks import in_place

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template.yaml"
STACKS = tuple(sorted((ROOT / "infra" / "stacks").glob("*.yaml")))


class _Loader(yaml.SafeLoader):
    """Reads short forms: !Ref x → {"Ref": x}, !Sub x → {"Fn::Sub": x}, !GetAtt a.b → {…: [a, b]}."""


def _short_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]  # what is left is a mapping
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short_form)


@cache
def written(path: Path = TEMPLATE) -> dict[str, Any]:
    """One file as it is written; do not change what you get."""
    return parsed(path.read_text())


def parsed(text: str) -> dict[str, Any]:
    return dict(yaml.load(text, _Loader))  # noqa: S506  # a safe loader with tags


@cache
def template() -> dict[str, Any]:
    """The whole centre: the template with its stacks in place; do not change what you get."""
    return whole(written())


def whole(root: dict[str, Any]) -> dict[str, Any]:
    """A template as it would be without stacks of its own."""
    return in_place(root, _stack)


def _stack(location: str) -> dict[str, Any]:
    """A stack's template; paths, which begin at its own folder, begin at ours."""
    folder = posixpath.dirname(location)
    told: dict[str, Any] = with_code(
        written(ROOT / location), lambda uri: posixpath.normpath(posixpath.join(folder, uri))
    )
    return told


def resources(*types: str) -> dict[str, dict[str, Any]]:
    """Resources of the given types, by logical name; all of them without types."""
    found = template()["Resources"]
    return {name: one for name, one in found.items() if not types or one["Type"] in types}


def with_code(told: Any, place: Callable[[str], str]) -> Any:
    """A template with every function's code (CodeUri) at another place."""
    if isinstance(told, list):
        return [with_code(part, place) for part in told]
    if not isinstance(told, dict):
        return told
    return {key: place(part) if key == "CodeUri" else with_code(part, place) for key, part in told.items()}
