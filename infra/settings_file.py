"""centre.yaml and the flows beside it as settings; whoever wrote them is told in a sentence what is wrong."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.flow_file import Place, read_flows, read_told
from infra.friendly import Friendly
from infra.yaml_lines import WrongSettings, at, load
from shared.adapters import codec
from shared.domain.centre import Centre
from shared.domain.errors import Malformed
from shared.domain.flow.flow import Flow
from shared.domain.saved_reply import SavedReply
from shared.domain.settings.check import hours, problems
from shared.domain.settings.document import Document
from shared.domain.settings.problem import Problem
from shared.domain.settings.said import told_problem
from shared.domain.staffing import Member
from shared.domain.template import Template, wrong
from shared.domain.traits import Channels

PATH = Path(__file__).parents[1] / "centre.yaml"
BESIDES = (
    "templates",
    "agents",
    "flows",
    "saved_replies",
    "based_on",
)  # what a file holds besides the centre's own fields
PLACE = re.compile(r"\w+")

__all__ = ["PATH", "Settings", "WrongSettings", "read", "read_settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file says. `based_on` is the version it began from; None where it names none."""

    document: Document
    based_on: int | None = None


def read(path: Path = PATH) -> Centre:
    """The centre in the file alone: queues, hours, times. Raises WrongSettings."""
    file = SettingsFile(path)
    centre = file.centre()
    file.refuse(list(hours(Document(centre))))
    return centre


def read_settings(channels: Channels, path: Path = PATH) -> Settings:
    """The file, and the flows in it or in the folder `flows` beside it. Raises WrongSettings."""
    file = SettingsFile(path)
    centre, templates, members = file.centre(), file.templates(channels), file.members()
    place = Place(centre.languages, channels.all, [queue.name for queue in centre.queues])
    document = Document(centre, templates, file.flows(place), members, file.replies())
    file.refuse(problems(document, channels))
    return Settings(document, file.based_on())


class SettingsFile:
    """One file, part by part. Everything raises WrongSettings."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told, self._lines = load(path)
        self._friendly = Friendly(path, self._lines)

    def centre(self) -> Centre:
        own = {key: value for key, value in self._told.items() if key not in BESIDES}
        names = tuple(Centre.__dataclass_fields__)
        if unknown := sorted(str(key) for key in own if key not in names):
            known = ", ".join((*names, *BESIDES))
            where = at(self._path, self._lines, unknown[0])
            raise WrongSettings(f"{where}: There is no use for {', '.join(unknown)}. It may hold: {known}.")
        centre: Centre = self._typed(self._friendly.centre(own), Centre, ())
        return centre

    def members(self) -> tuple[Member, ...]:
        told = self._friendly.agents(self._told.get("agents"))
        members: tuple[Member, ...] = self._typed(told, tuple[Member, ...], ("agents",))
        return members

    def replies(self) -> tuple[SavedReply, ...]:
        told = self._friendly.replies(self._told.get("saved_replies"))
        replies: tuple[SavedReply, ...] = self._typed(told, tuple[SavedReply, ...], ("saved_replies",))
        return replies

    def templates(self, channels: Channels) -> tuple[Template, ...]:
        told = self._told.get("templates") or []
        templates: tuple[Template, ...] = self._typed(told, tuple[Template, ...], ("templates",))
        for place, template in enumerate(templates):
            if sentence := wrong(template, templates, channels):
                where = ("templates", str(place))
                raise self._friendly.wrong(where, f"the template {template.name} is refused: {sentence}.")
        return templates

    def flows(self, place: Place) -> tuple[Flow, ...]:
        """Those in the file; where it has none, those of the folder beside it."""
        told = self._told.get("flows")
        if told is None:
            return read_flows(self._path.parent / "flows", place)
        if not isinstance(told, dict):
            raise self._friendly.wrong(("flows",), "`flows:` holds the flows by name.")
        named = ((str(name), flow) for name, flow in told.items())
        return tuple(
            read_told(name, flow, (self._path, self._lines, ("flows", name)), place) for name, flow in named
        )

    def based_on(self) -> int | None:
        told = self._told.get("based_on")
        if told is not None and (type(told) is not int or told < 0):
            raise self._friendly.wrong(("based_on",), "`based_on:` is the number of a version.")
        return told

    def refuse(self, found: list[Problem] | tuple[Problem, ...]) -> None:
        """All that is wrong at once, a line for each."""
        if found:
            said = (f"{at(self._path, self._lines, *one.path)}: {told_problem(one)}" for one in found)
            raise WrongSettings("\n".join(said))

    def _typed(self, told: Any, kind: Any, above: tuple[str, ...]) -> Any:
        try:
            return codec.decode(json.dumps(told, default=str, allow_nan=False), kind)
        except (Malformed, TypeError, ValueError) as error:
            sentence, _, where = str(error.__cause__ or error).partition(" - at `$")
            raise self._friendly.wrong(
                (*above, *PLACE.findall(where)), f"{_named(where)}{sentence}."
            ) from error


def _named(where: str) -> str:
    """`priority: ` of `.queues[0].priority`."""
    words = re.findall(r"[a-z_]+", where)
    return f"{words[-1]}: " if words else ""
