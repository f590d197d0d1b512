"""Words that a provider approved before: where a window is closed, they alone may go out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.traits import Channels

CATEGORIES = ("utility", "marketing", "authentication", "human_agent")
# Tags of Messenger that Meta took back: messages with them are refused.
RETIRED = ("confirmed_event_update", "post_purchase_update", "account_update")
TEMPLATES = "TEMPLATES"  # the part of the settings that holds them
PLACE = re.compile(r"\{\{(\d+)\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """`name` is the provider's. `parameters` name what {{1}}, {{2}} … in `text` stand for, in order."""

    channel: str
    name: str
    language: str
    category: str
    text: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates of one version of the settings."""

    n: int
    all: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """A template with what its places stand for, in order."""

    name: str
    language: str
    parameters: tuple[str, ...] = ()


def found(use: TemplateUse, channel: str, templates: Sequence[Template]) -> Template | None:
    """The template that is meant; None where there is none, or it takes another number of parameters."""
    named = (one for one in templates if _key(one) == (channel, use.name, use.language))
    return next((one for one in named if len(one.parameters) == len(use.parameters)), None)


def filled(template: Template, parameters: Sequence[str]) -> str:
    """The words as the customer reads them."""
    return PLACE.sub(lambda place: parameters[int(place[1]) - 1], template.text)


def wrong(template: Template, others: Sequence[Template], channels: Channels) -> str:
    """What is wrong with it, as a sentence; "" for nothing."""
    traits = channels.by_name.get(template.channel)
    if traits is None:
        return f"there is no channel {template.channel}"
    if not traits.templates:
        return f"{template.channel} carries any words at any time, so it takes no templates"
    if template.category.lower() in RETIRED:
        return f"the tag {template.category} is retired: use utility, or human_agent for what a person writes"
    if template.category not in CATEGORIES:
        return f"the category is one of {', '.join(CATEGORIES)}"
    places = sorted({int(number) for number in PLACE.findall(template.text)})
    if places != list(range(1, len(template.parameters) + 1)):
        return f"the text has the places {places}, and {len(template.parameters)} parameters are named"
    same = [one for one in others if (one.channel, one.name, one.language) == _key(template)]
    return "it stands there twice" if len(same) > 1 else ""


def _key(template: Template) -> tuple[str, str, str]:
    return template.channel, template.name, template.language
