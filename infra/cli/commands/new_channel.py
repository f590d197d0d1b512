"""Lay out a new channel: its folder, its place for samples, its test table. CONTRIBUTING.md has the steps.

What is laid out refuses everything until it is written: no proof, no message.
"""

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path
from string import Template

from infra.cli.answer import Answer, CannotAnswer, WrongUse
from infra.cli.place import ROOT

SCAFFOLD = Path(__file__).parents[1] / "scaffold"
NAME = re.compile(r"[a-z][a-z0-9_]*")
NEXT = """Laid out:
{files}

Next: put at least five real payloads into events/{name}/, write inbound.py and outbound.py, copy
another channel's block in template.yaml, with its parameter and its condition. `make check` says what is
still missing."""


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="one word in lower case, as in line or whatsapp")
    parser.set_defaults(root=ROOT)


def run(given: Namespace) -> Answer:
    name, root = given.name, given.root
    if not NAME.fullmatch(name):
        raise WrongUse(f"{name!r} is no name for a channel: one word in lower case, as in line or whatsapp.")
    if (root / "functions" / "channels" / name).exists():
        raise CannotAnswer(f"There is a channel {name} already.")
    files = [_written(source, root / path, name) for source, path in _plan(name).items()]
    listed = [str(file.relative_to(root)) for file in files]
    text = NEXT.format(files="\n".join(f"  {one}" for one in listed), name=name)
    return Answer({"channel": name, "files": listed}, text)


def _plan(name: str) -> dict[Path, str]:
    """A file of the scaffold → where it goes."""
    test = SCAFFOLD / "test_channel.py.txt"
    parts = (part for part in sorted(SCAFFOLD.glob("*.txt")) if part != test)
    folder = f"functions/channels/{name}"
    return {part: f"{folder}/{part.stem}" for part in parts} | {test: f"tests/channels/test_{name}.py"}


def _written(source: Path, file: Path, name: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    words = {"name": name, "Name": name.replace("_", " ").title()}
    file.write_text(Template(source.read_text()).substitute(words))
    return file
