"""Lay out a new channel that runs: its folder, samples, test table, stand-in, and its block in the template.

As laid out it is a plain provider: a shared secret in a header, one message as JSON. `make check` passes,
save for a sentence where a person has to write what the provider really does.
"""

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path
from string import Template

from infra.cli.answer import Answer, CannotAnswer, WrongUse
from infra.cli.place import ROOT
from infra.cli.scaffold.samples import samples
from infra.cli.scaffold.template import with_channel
from infra.local.providers import block

SCAFFOLD = Path(__file__).parents[1] / "scaffold"
NAME = re.compile(r"[a-z][a-z0-9_]*")
ELSEWHERE = {
    "test_channel.py.txt": "tests/channels/test_{name}.py",
    "stand_in.py.txt": "infra/local/providers/{name}.py",
}
NEXT = """Laid out:
{files}
template.yaml has its block, its parameters and its condition.

It runs: make run, then patchbay say {name} somebody "Hello". Next: put real payloads into events/{name}/,
link the provider's page in inbound.py and outbound.py, and write there what it really does.
`make check` says what is still missing."""


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="one word in lower case, as in line or whatsapp")
    parser.set_defaults(root=ROOT)


def run(given: Namespace) -> Answer:
    name, root = given.name, given.root
    if not NAME.fullmatch(name):
        raise WrongUse(f"{name!r} is no name for a channel: one word in lower case, as in line or whatsapp.")
    if (root / "functions" / "channels" / name).exists():
        raise CannotAnswer(f"There is a channel {name} already.")
    template = root / "template.yaml"
    with_block = with_channel(template.read_text(), name)
    files = [_written(root / path, text) for path, text in _files(name).items()]
    template.write_text(with_block)
    listed = [str(file.relative_to(root)) for file in files]
    text = NEXT.format(files="\n".join(f"  {one}" for one in listed), name=name)
    return Answer({"channel": name, "files": listed}, text)


def _files(name: str) -> dict[str, str]:
    """Every new file and what it holds."""
    words = {"name": name, "Name": name.replace("_", " ").title(), "Block": block(name)}
    parts = {
        ELSEWHERE.get(part.name, f"functions/channels/{name}/{part.stem}").format(name=name): part
        for part in sorted(SCAFFOLD.glob("*.txt"))
    }
    return {path: Template(part.read_text()).substitute(words) for path, part in parts.items()} | samples(
        name
    )


def _written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    if file.suffix == ".sh":
        file.chmod(0o755)
    return file
