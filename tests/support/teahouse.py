"""The example of docs/settings.md: settings in which everything is there once."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from functions.channels import traits
from infra.settings_file import read_settings
from shared.domain.queue import Queue
from shared.domain.settings.document import Document

DOCS = Path(__file__).parents[2] / "docs/settings.md"


def example() -> str:
    """The file in the documentation, as it stands there."""
    found = re.search(r"```yaml\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert found
    return found[1]


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    """The example as a file, with some of its words replaced."""
    text = example()
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    path = folder / "centre.yaml"
    path.write_text(text)
    return path


@cache
def _read(path: Path) -> Document:
    return read_settings(traits(), path).document


def teahouse(folder: Path, **of_centre: Any) -> Document:
    """The example as a document, with other fields of its centre."""
    told = _read(written(folder))
    return replace(told, centre=replace(told.centre, **of_centre))


def with_queue(told: Document, place: int, **changes: Any) -> Document:
    """Another document, in which one queue is other."""
    queues: list[Queue] = list(told.centre.queues)
    queues[place] = replace(queues[place], **changes)
    return replace(told, centre=replace(told.centre, queues=tuple(queues)))
