"""Items as the previous layout wrote them, turned into today's.

Nested values lie without field names (packing.py), so a field that moves is a new layout: raise LAYOUT, turn
what the last one wrote in UPGRADES, and freeze samples of both in tests/contract/stored/. A reader takes
its own layout and those before.
"""

from collections.abc import Callable, Mapping
from typing import Any

from shared.adapters import codec

LAYOUT = 3
MARK = "v"  # the attribute that holds the layout; the first one wrote none

Image = dict[str, Any]


def today(image: Mapping[str, Any]) -> Mapping[str, Any]:
    """The image in today's layout."""
    for layout in range(int(image[MARK]["N"]) if MARK in image else 1, LAYOUT):
        upgrade = UPGRADES[layout].get(image["type"]["S"])
        image = upgrade(dict(image)) if upgrade else image
    return image


def _head(image: Image) -> Image:
    """The contact came out of the case, and both ends of an exchange into its way."""
    _turn(image, "cases", lambda cases: [_case(case) for case in cases])
    _turn(image, "last", lambda last: [_way(last), last[5], last[6]])
    return image


def _case(old: list[Any]) -> list[Any]:
    padded = [*old, *[None] * (17 - len(old))]
    id, member, queue, channel, waits_as, opened, state, enqueued, _, priority, agent, offer = padded[:12]
    assigned, first_reply, queued, interactions, declines = padded[12:]
    owned = state == "owned"
    contact = [
        waits_as,
        channel,
        queue,
        "connected" if owned else state,
        enqueued,
        priority or 5,
        agent or "",
    ]
    contact += [offer or "", assigned, queued, declines or []]
    going = [[one[0], _way(one[1:]), *one[6:]] for one in interactions or []]
    return [id, member, opened, [contact], going, (agent or "") if owned else "", first_reply]


def _way(old: list[Any]) -> list[Any]:
    """channel, address, reply_to, own_side, member → channel, address, member, reply_to, own_side."""
    channel, address, reply_to, own_side, member = old[:5]
    return [channel, address, member, reply_to, own_side]


def _agent(image: Image) -> Image:
    """A contact is named by its interaction, which the head of its customer told then: a case had one."""
    return _turn(image, "engagements", lambda held: [[*one[:4], "", PLACES, *one[4:]] for one in held])


def _entry(image: Image) -> Image:
    """Both ends went into the way, the text into the content, what is set going apart from the facts."""
    ends = [_text(image, name) for name in ("channel", "address", "reply_to", "own_side")]
    way = [ends[0], ends[1] or ":", "", ends[2], ends[3]]
    facts = codec.decode(image.get("facts", {"S": "{}"})["S"], dict[str, Any])
    begins = [what for name, what in BEGAN.items() if facts.pop(name, None)]
    signals = [facts.pop("wake", ""), facts.pop("owner", ""), facts.pop("root", ""), begins]
    told = {"way": way, "content": [_text(image, "text")], "facts": facts, "signals": signals}
    return image | {name: {"S": codec.encode(value)} for name, value in told.items()}


def _waiting(image: Image) -> Image:
    """The default priority was the only one, so the rank is the moment of enqueueing."""
    return image | {"enqueued_at": image["rank"], "places": {"N": str(PLACES)}}


def _former(image: Image) -> Image:
    """Rows that lay in their pool's partition have a partition of their own now, or are an attribute."""
    what, _, place = image["sk"]["S"].partition("#")
    return image | {"type": {"S": "Former"}, "what": {"S": what}, "place": {"S": place}}


PLACES = 5  # of a chat or message: there was no other channel
BEGAN = {"case_opened": "case", "queued": "contact"}
UPGRADES: Mapping[int, Mapping[str, Callable[[Image], Image]]] = {
    1: {"Head": _head, "Agent": _agent, "Entry": _entry, "Waiting": _waiting},
    2: {"Waiting": _former, "Free": _former, "Heartbeat": _former},
}


def _turn(image: Image, name: str, turn: Callable[[Any], Any]) -> Image:
    if name in image:
        image[name] = {"S": codec.encode(turn(codec.decode(image[name]["S"], Any)))}
    return image


def _text(image: Image, name: str) -> str:
    told = str(image.get(name, {}).get("S", ""))
    return codec.decode(told, str) if name == "address" and told else told
