"""What a question offers to be pressed, and what was pressed."""

import re
from dataclasses import dataclass

CHOICE_ID = re.compile(r"[0-9a-z][0-9a-z_-]{0,31}")


@dataclass(frozen=True, slots=True)
class Choice:
    """`id` names it for programs, `label` is what people read; `description` stands where there is room."""

    id: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of the entry numbered `of_entry`, whatever the channel calls it."""

    id: str
    of_entry: int
