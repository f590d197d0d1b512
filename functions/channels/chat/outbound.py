"""Messages to a chat widget: frames to every open socket of the visitor."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from functions.channels.chat.channel import CHANNEL
from shared.domain.address.address import NOWHERE
from shared.domain.channel.carriage import Frame, OtherSide
from shared.domain.channel.choosing import Question, question
from shared.domain.channel.media import link_path, shown_as
from shared.domain.errors import Rejected
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.screen import shown
from shared.domain.times import iso


def render(
    entry: Entry, secret: Mapping[str, str] | None = None, other_side: OtherSide | None = None
) -> Frame:
    """The frame that shows this entry. Raises Rejected for whatever a visitor must not see."""
    if entry.address == NOWHERE or not shown(entry, CHANNEL.name, entry.address):
        raise Rejected("not_for_visitors")
    if not entry.text and not entry.content.parts:
        raise Rejected("empty")
    body = _body(entry)
    if not CHANNEL.fits(body["text"]):
        raise Rejected("too_long")
    return Frame(str(entry.address), body)


def _body(entry: Entry) -> dict[str, Any]:
    """Who spoke is agent or system: names and ids of staff stay inside."""
    asked = question(CHANNEL, entry.text, entry.choices)
    body: dict[str, Any] = {
        "type": "message",
        "seq": entry.seq,
        "at": iso(entry.at),
        "text": asked.text,
        "from": "agent" if entry.by_agent else "system",
        "kind": str(entry.kind),
    }
    body |= {"files": _files(entry)} if entry.content.parts else {}
    body |= {"scale": entry.facts["scale"]} if "scale" in entry.facts else {}
    return body | (_choices(asked) if asked.to_press else {})


def _choices(asked: Question) -> dict[str, Any]:
    told = [asdict(choice) for choice in asked.to_press]
    return {"shown": str(asked.shown), "choices": [{k: v for k, v in one.items() if v} for one in told]}


def _files(entry: Entry) -> list[dict[str, Any]]:
    """Each with an address on our site, which leads to the file for a month."""
    return [
        {"name": part.name, "size": part.size, "shown_as": shown_as(part.type), "path": link_path(entry, n)}
        for n, part in enumerate(entry.content.parts)
        if part.link
    ]
