"""Texts that are written once and sent often, and what is done together with them."""

from dataclasses import dataclass

REPLIES = "REPLIES"  # the part of the settings that holds the team's
ACTIONS = ("close", "tag", "snooze", "transfer")


@dataclass(frozen=True, slots=True)
class ReplyAction:
    """`value` is the disposition, the tag, the hours or the queue."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class SavedReply:
    """`code` names it for good. Variables in a text: {customer}, {agent}, {case}, {centre}, and
    {field.<code>} of the customer; other names are asked for when it is used. With
    `queues`, only for cases of these.
    """

    code: str
    title_ko: str = ""
    title_en: str = ""
    text_ko: str = ""
    text_en: str = ""
    actions: tuple[ReplyAction, ...] = ()
    queues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedReplies:
    """The team's, of one version of the settings."""

    n: int
    all: tuple[SavedReply, ...]
