"""One module per command, found by its name (new_channel.py is `patchbay new-channel`).

Its docstring is the help; `arguments(parser)` declares what it takes, `run(given)` returns an Answer.
Whatever is slow to import is imported inside.
"""

import pkgutil
from argparse import ArgumentParser, Namespace
from importlib import import_module
from typing import Protocol, cast

from infra.cli.answer import Answer


class Command(Protocol):
    __doc__: str | None

    def arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, given: Namespace) -> Answer: ...


def names() -> list[str]:
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def load(name: str) -> Command:
    return cast(Command, import_module(f"{__name__}.{name.replace('-', '_')}"))
