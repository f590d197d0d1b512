"""What the centre's queues and skills are called on staff's pages."""

from dataclasses import dataclass, field

from shared.domain.centre import Centre
from shared.domain.queue import Queue
from shared.domain.staffing import Skill


@dataclass(frozen=True, slots=True)
class Label:
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Labels:
    """By name; one without a label is called by the other language's, else by its name."""

    queues: dict[str, Label] = field(default_factory=dict)
    skills: dict[str, Label] = field(default_factory=dict)


NO_LABELS = Labels()


def labels(centre: Centre) -> Labels:
    """A queue that was taken away is called what its successor is: contacts may still wait in it."""
    queues = {name: label(one) for one in centre.queues for name in (*one.succeeds, one.name)}
    return Labels(queues, {one.name: label(one) for one in centre.skills})


def label(one: Queue | Skill) -> Label:
    return Label(one.label_ko or one.label_en or one.name, one.label_en or one.label_ko or one.name)
