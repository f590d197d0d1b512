"""What staff see, as their desk gets it: plain words, moments as text. Field names are the API's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.domain.desk.file_view import FileView, file_views
from shared.domain.desk.mail_view import MailView, mail_view
from shared.domain.timeline.choice import Choice
from shared.domain.timeline.entry import Delivery, Entry, Scalar
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class EntryView:
    """A line of a timeline. `customer_id` is the member it lies under: with `seq` it names the line.

    `mail` is what a mail has besides its text; None for anything else. `mentioned` are agents' ids.
    `held_until` tells when a held reply leaves.
    """

    customer_id: str
    seq: int
    id: str
    at: str
    kind: str
    audience: str
    actor: str
    actor_name: str
    channel: str
    case_id: str
    text: str
    delivery: str | None
    delivery_reason: str
    delivery_code: str
    facts: Mapping[str, Scalar]
    choices: tuple[Choice, ...] = ()
    files: tuple[FileView, ...] = ()
    mail: MailView | None = None
    mentioned: tuple[str, ...] = ()
    held_until: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of a timeline; `next` is the seq to ask after for more, None at the end."""

    items: tuple[EntryView, ...]
    next: int | None


def entry_view(entry: Entry, names: Mapping[str, str]) -> EntryView:
    """`names` holds the names of agents by id; whoever is not in it stays nameless."""
    return EntryView(
        customer_id=entry.timeline,
        seq=entry.seq,
        id=entry.id,
        at=iso(entry.at),
        kind=entry.kind,
        audience=entry.audience,
        actor=entry.actor,
        actor_name=names.get(agent_id(entry.actor), ""),
        channel=entry.channel,
        case_id=entry.case_id,
        text=entry.text,
        delivery=entry.delivery,
        delivery_reason=entry.delivery_reason,
        delivery_code=entry.delivery_code,
        facts=_facts(entry, names),
        choices=entry.choices,
        files=file_views(entry.content),
        mail=mail_view(entry),
        mentioned=entry.signals.mentioned,
        held_until=moment(entry.held_until) if entry.delivery is Delivery.HELD else None,
    )


def _facts(entry: Entry, names: Mapping[str, str]) -> Mapping[str, Scalar]:
    """The facts; for an agent among them what people call them, for a merge whom the customer joined."""
    told = dict(entry.facts)
    for what in ("agent", "to_agent"):
        name = names.get(str(entry.facts.get(what, "")))
        told |= {f"{what}_name": name} if name else {}
    return told | ({"root": entry.signals.root} if entry.signals.root else {})


def agent_id(actor: str) -> str:
    """The agent behind an actor, "" when it was somebody else."""
    return actor.removeprefix("agent:") if actor.startswith("agent:") else ""


def moment(at: datetime | None) -> str | None:
    return iso(at) if at else None
