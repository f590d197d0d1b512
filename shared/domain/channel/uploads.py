"""Files that a browser puts into our bucket before it names them: only where they lie is known of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.channel.media import MOST_FILES, UPLOAD
from shared.domain.errors import Malformed
from shared.domain.file_name import file_name
from shared.domain.timeline.content import Part

ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.ASCII)
TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}", re.ASCII)
DESK, VISITOR = "desk", "visitor"
PLACE_SECONDS = 300  # for which a browser may put its file there


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was put at a place of ours, by whoever got this id for it."""

    id: str
    name: str
    type: str = ""

    def part(self, kind: str, person: str) -> Part:
        return Part(self.name, self.type, source=UPLOAD + upload_key(kind, person, self.id))


def upload_key(kind: str, person: str, id: str) -> str:
    """Each person has places of their own: nobody can name another's file."""
    return f"uploads/{kind}/{person}/{id}"


def attached(told: object) -> tuple[Attached, ...]:
    """The files that a page names, with clean names. Raises Malformed."""
    if told is None:
        return ()
    if not isinstance(told, list) or len(told) > MOST_FILES:
        raise Malformed("not a list of files")
    return tuple(_one(each) for each in told)


def _one(told: Any) -> Attached:
    if not isinstance(told, Mapping) or not all(isinstance(told.get(name), str) for name in ("id", "name")):
        raise Malformed("not a file")
    if not ID.fullmatch(told["id"]):
        raise Malformed("not a file's id")
    return Attached(told["id"], file_name(told["name"]), declared_type(told.get("type")))


def declared_type(told: object) -> str:
    """What a browser says of a file's type; "" for nonsense."""
    return told if isinstance(told, str) and TYPE.fullmatch(told) else ""
