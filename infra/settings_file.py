"""centre.yaml and the flows beside it as settings; whoever wrote them is told in a sentence what is wrong."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from infra.flow_file import Place, read_flows
from infra.yaml_lines import Lines, WrongSettings, at, load
from shared.adapters import codec
from shared.domain.centre import Centre
from shared.domain.errors import Malformed
from shared.domain.flow.flow import Flow
from shared.domain.hours import wrong_line
from shared.domain.template import Template, wrong
from shared.domain.traits import Channels

PATH = Path(__file__).parents[1] / "centre.yaml"

__all__ = ["PATH", "Settings", "WrongSettings", "read", "read_settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """One version: the centre, its templates, and its flows."""

    centre: Centre
    templates: tuple[Template, ...] = ()
    flows: tuple[Flow, ...] = ()


def read(path: Path = PATH) -> Centre:
    """The settings in the file alone. Raises WrongSettings."""
    told, lines = load(path)
    told.pop("templates", None)
    return _checked(told, path, lines)


def read_settings(channels: Channels, path: Path = PATH) -> Settings:
    """The file, and the folder `flows` beside it. Raises WrongSettings."""
    told, lines = load(path)
    templates = _templates(told.pop("templates", None) or [], path, lines, channels)
    centre = _checked(told, path, lines)
    place = Place(centre.languages, channels.all, [queue.name for queue in centre.queues])
    flows = read_flows(path.parent / "flows", place)
    if centre.flow and centre.flow not in {flow.name for flow in flows}:
        where = at(path, lines, "flow")
        raise WrongSettings(f"{where}: there is no flows/{centre.flow}.yaml beside this file.")
    return Settings(centre, templates, flows)


def _checked(told: dict[str, Any], path: Path, lines: Lines) -> Centre:
    unknown = sorted(set(told) - set(Centre.__dataclass_fields__))
    if unknown:
        known = ", ".join((*Centre.__dataclass_fields__, "templates"))
        raise WrongSettings(f"{path} has no use for {', '.join(unknown)}. It may hold: {known}.")
    try:
        centre = codec.decode(json.dumps(told, default=str), Centre)
        ZoneInfo(centre.zone)
    except Malformed as error:
        raise WrongSettings(f"{path}: {error.__cause__ or error}.") from error
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise WrongSettings(f"{path}: {told.get('zone')} is no time zone; try Asia/Seoul.") from error
    if line := wrong_line(centre.hours):
        sentence = "Write `mon-fri 09:00-18:00`, `2026-12-25 closed` or `2026-12-24 10:00-13:00`."
        raise WrongSettings(f"{at(path, lines, 'hours')}: the hours `{line}` cannot be read. {sentence}")
    return centre


def _templates(told: Any, path: Path, lines: Lines, channels: Channels) -> tuple[Template, ...]:
    try:
        templates = codec.decode(json.dumps(told, default=str), tuple[Template, ...])
    except Malformed as error:
        raise WrongSettings(f"{at(path, lines, 'templates')}: {error.__cause__ or error}.") from error
    for place, template in enumerate(templates):
        if sentence := wrong(template, templates, channels):
            where = at(path, lines, "templates", str(place))
            raise WrongSettings(f"{where}: the template {template.name} is refused: {sentence}.")
    return tuple(templates)
