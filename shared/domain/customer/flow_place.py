"""Where a customer is in a flow: kept with their contact, or signed as a token."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Collected:
    """What the customer answered to a step of a flow."""

    step: str
    value: str


@dataclass(frozen=True, slots=True)
class FlowPlace:
    """Where a customer is in a flow. `version` is that of the settings it began with, `asked` the number of
    the entry that asked last, `until` when a person is called for who does not answer. `intent` is what they
    want, as the last step said that knew, `language` the one they chose on the phone ("" for none).
    """

    flow: str
    version: int
    step: str
    until: datetime
    tries: int = 0
    turns: int = 0
    asked: int = 0
    collected: tuple[Collected, ...] = ()
    intent: str = ""
    language: str = ""
