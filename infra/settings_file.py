"""centre.yaml as settings; whoever wrote it is told in a sentence what is wrong with it."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from shared.adapters import codec
from shared.domain.centre import Centre
from shared.domain.errors import Malformed

PATH = Path(__file__).parents[1] / "centre.yaml"


class WrongSettings(ValueError):
    """The sentence says which setting and what is expected."""


def read(path: Path = PATH) -> Centre:
    """The settings in the file. Raises WrongSettings."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise WrongSettings(f"{path} cannot be read: {error}") from error
    if not isinstance(told, dict):
        raise WrongSettings(f"{path} must hold settings, one to a line: `zone: Asia/Seoul`.")
    return _checked(told, path)


def _checked(told: dict[str, Any], path: Path) -> Centre:
    unknown = sorted(set(told) - set(Centre.__dataclass_fields__))
    if unknown:
        known = ", ".join(Centre.__dataclass_fields__)
        raise WrongSettings(f"{path} has no use for {', '.join(unknown)}. It may hold: {known}.")
    try:
        centre = codec.decode(json.dumps(told), Centre)
        ZoneInfo(centre.zone)
    except Malformed as error:
        raise WrongSettings(f"{path}: {error.__cause__ or error}.") from error
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise WrongSettings(f"{path}: {told.get('zone')} is no time zone; try Asia/Seoul.") from error
    return centre
