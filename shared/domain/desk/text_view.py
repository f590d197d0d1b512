"""Lines that were found by their words, as a desk shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.customer.head import Head
from shared.domain.desk.views import agent_id
from shared.domain.excerpt import excerpt
from shared.domain.ids import case_number
from shared.domain.text_marks import Asked
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.searched import words_of
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class TextHit:
    """`customer_id` is the root, `timeline` with `seq` names the line. `places` are the words that were asked
    for in the excerpt: [from, to), counted in characters, not in UTF-16 units.
    """

    customer_id: str
    name: str
    timeline: str
    seq: int
    at: str
    kind: str
    actor: str
    actor_name: str
    channel: str
    case_id: str
    case_number: str
    excerpt: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TextHits:
    """Latest first. `next` is where to go on, "" at the end; `older`: what follows is older than is searched
    unasked.
    """

    hits: tuple[TextHit, ...]
    next: str = ""
    older: bool = False


def text_hit(entry: Entry, asked: Asked, head: Head, name: str, agents: Mapping[str, str]) -> TextHit:
    """`head` is the one that rules, or that of a member; `agents` holds names by id."""
    shown = excerpt(words_of(entry), asked.terms)
    return TextHit(
        customer_id=head.root or head.customer_id,
        name=name,
        timeline=entry.timeline,
        seq=entry.seq,
        at=iso(entry.at),
        kind=entry.kind,
        actor=entry.actor,
        actor_name=agents.get(agent_id(entry.actor), ""),
        channel=entry.channel,
        case_id=entry.case_id,
        case_number=case_number(entry.case_id) if entry.case_id else "",
        excerpt=shown.text,
        places=shown.places,
    )
