"""Whether something may be said on a channel now: free words, a person's words, a template, or nothing.

The desk, the survey dispatcher and whatever speaks by itself ask here, so that no two of them disagree.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.traits import Traits


class Allowed(StrEnum):
    """HUMAN_ONLY: what a person writes. TEMPLATE_ONLY: words that were approved before."""

    OPEN = "open"
    HUMAN_ONLY = "human_only"
    TEMPLATE_ONLY = "template_only"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Window:
    """`until` is when less is allowed; None where nothing changes by itself."""

    allowed: Allowed
    until: datetime | None = None

    @property
    def free_words(self) -> bool:
        """Whether what nobody wrote by hand (a question, a notice, a survey) may go out as it is."""
        return self.allowed is Allowed.OPEN

    @property
    def a_persons_words(self) -> bool:
        return self.allowed in (Allowed.OPEN, Allowed.HUMAN_ONLY)


OPEN = Window(Allowed.OPEN)


def window(traits: Traits, last: datetime | None, at: datetime) -> Window:
    """`last` is the customer's last event by this way that opens a window; None where there was none."""
    if not traits.window_hours:
        return Window(Allowed.OPEN if traits.starts or last else _closed(traits))
    if last is None:
        return Window(_closed(traits))
    free, human = (last + timedelta(hours=n) for n in (traits.window_hours, traits.human_window_hours))
    if at < free:
        return Window(Allowed.OPEN, free)
    return Window(Allowed.HUMAN_ONLY, human) if at < human else Window(_closed(traits))


def opens(traits: Traits, kind: str) -> bool:
    """Whether an event of this kind, done by the customer, opens the window anew."""
    return kind in traits.opens_window


def _closed(traits: Traits) -> Allowed:
    return Allowed.TEMPLATE_ONLY if traits.templates else Allowed.NEVER
