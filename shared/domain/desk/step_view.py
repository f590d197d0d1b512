"""Guided work as the card shows it at a case."""

from dataclasses import dataclass

from shared.domain.customer.head import OpenCase
from shared.domain.customer.kept import Case
from shared.domain.guided import listed
from shared.domain.now import Now


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that a removed guide had has its code and no labels."""

    code: str
    label_ko: str
    label_en: str
    done: bool


def step_views(kept: Case, going: OpenCase | None, now: Now) -> tuple[StepView, ...]:
    """Of an open case all steps; of one that is closed those that were done."""
    contact = going.contact if going else None
    queue, intent = (contact.queue, contact.intent) if contact else (kept.queue, "")
    steps = listed(now.centre.guides, queue, intent, kept.steps)
    shown = (step for step in steps if going or step.code in kept.steps)
    return tuple(StepView(s.code, s.label_ko, s.label_en, s.code in kept.steps) for s in shown)
