"""A JSON frame that a stranger sent, read field by field."""

import json
from collections.abc import Mapping
from typing import Any

from shared.domain.errors import Malformed
from shared.domain.text import LONGEST_RAW

Fields = Mapping[str, Any]


class Unfit(Malformed):
    """A frame that says nothing we take. `code` is told to the page, with the `id` if it had one."""

    def __init__(self, code: str, id: str = "") -> None:
        super().__init__(code)
        self.code, self.id = code, id


def frame_in(text: str) -> dict[str, Any]:
    """Raises Unfit, as all here."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        frame = None
    if not isinstance(frame, dict):
        raise Unfit("junk")
    return frame


def string(frame: Fields, name: str) -> str:
    value = frame.get(name)
    if not isinstance(value, str) or len(value) > LONGEST_RAW:
        raise Unfit("too_long" if isinstance(value, str) else "junk")
    return value


def number(frame: Fields, name: str, least: int, most: int) -> int:
    value = frame.get(name)
    if type(value) is not int or not least <= value <= most:  # True is an int as well
        raise Unfit("junk")
    return value
