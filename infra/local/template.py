"""The template as plain values, and as the embedded AWS gets it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template.yaml"


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
def template(path: Path = TEMPLATE) -> dict[str, Any]:
    """The whole template; do not change what you get."""
    return dict(yaml.load(path.read_text(), _Loader))  # noqa: S506  # a safe loader with tags


def resources(*types: str) -> dict[str, dict[str, Any]]:
    """Resources of the given types, by logical name; all of them without types."""
    found = template()["Resources"]
    return {name: one for name, one in found.items() if not types or one["Type"] in types}


def with_code(text: str, code_uri: str) -> str:
    """The template's text with every function's code at one place.

    On AWS each function gets the bundle of its dependencies (CodeUri: build/…); here all of them find
    the packages of the environment that runs the emulator.
    """
    return re.sub(r"CodeUri: build/\w+", f"CodeUri: {code_uri}", text)
