"""The single table: the only place where keys are built. infra/table.md lists question, key and cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from string import Formatter
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from shared.adapters import benches
from shared.adapters.columns import columns
from shared.adapters.key_text import fitting
from shared.adapters.previous import LAYOUT as STORED_LAYOUT
from shared.adapters.previous import MARK, today
from shared.domain.centre import Config, ConfigPointer
from shared.domain.change import Ref
from shared.domain.channel.commands import DueRow, Swept
from shared.domain.channel.receipt import Compared, Mark, Receipt, Tally
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.call import Call, CallOf
from shared.domain.customer.evidence import AddressOwner, Consent, Link, Profile, Proof
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.customer.snooze import Sleeper
from shared.domain.desk.found import FindRow, FoundKeys, OpenRow
from shared.domain.desk.inbox import DeskOf, Follow, Notice, OwnReply
from shared.domain.flow.flow import FlowVersion
from shared.domain.queue_state import QueueStates
from shared.domain.report.checkpoint import Checkpoint
from shared.domain.report.figures import Figure, Folded
from shared.domain.routing.former import Former
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import Bench, OfPool, Open, Seat
from shared.domain.routing.staff import Agent, Heartbeat
from shared.domain.saved_reply import SavedReplies
from shared.domain.session.socket import Connection, SignedOut, SocketOf, Ticket, Watch
from shared.domain.session.uses import Uses
from shared.domain.staffing import StaffPart
from shared.domain.template import Templates
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import RequestKey
from shared.domain.timeline.searched import TextKey
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class Key:
    """How a kind of item is addressed: numbered places stand for the values of `by`."""

    pk: str
    sk: str
    by: tuple[str, ...]


LAYOUT: dict[type, Key] = {
    Head: Key("CUST#{0}", "HEAD", ("customer_id",)),
    Profile: Key("CUST#{0}", "PROFILE", ("customer_id",)),
    Entry: Key("CUST#{0}", "ENTRY#{1:012}", ("timeline", "seq")),
    Case: Key("CUST#{0}", "CASE#{1}", ("customer_id", "id")),
    Interaction: Key("CUST#{0}", "CASE#{1}#INT#{2}", ("customer_id", "case_id", "id")),
    Call: Key("CUST#{0}", "CALL#{1}", ("customer_id", "interaction_id")),
    Link: Key("CUST#{0}", "LINK#{1.kind}#{1.value}", ("customer_id", "address")),
    AddressOwner: Key("ADDR#{0.kind}#{0.value}", "ADDR", ("address",)),
    Consent: Key("ADDR#{0.kind}#{0.value}", "CONSENT", ("address",)),
    Proof: Key("ADDR#{0.kind}#{0.value}", "PROOF", ("address",)),
    Receipt: Key("RCPT#{0}#{1}", "RCPT", ("channel", "event_id")),
    Mark: Key("LEDGER#{0}", "{1}#{2}#{3}", ("day", "channel", "outcome", "acceptance")),
    Tally: Key("LEDGER#{0}{1}", "{2}#TALLY", ("day", "shard", "channel")),
    Compared: Key("LEDGER#COMPARED", "COMPARED", ()),
    SentAs: Key("SENT#{0}#{1}", "SENT", ("channel", "provider_id")),
    CallOf: Key("SENT#{0}#{1}", "CALL", ("channel", "sid")),
    Waiting: Key("WAIT#{0}#{1}", "{2}#{3}#{4}", ("pool", "queue", "klass", "rank", "interaction_id")),
    Open: Key("POOL#{0}", "OPEN", ("pool",)),
    Bench: Key("POOL#{0}", "BENCH#{1:04}", ("pool", "n")),
    Former: Key("POOL#{0}", "{1}#{2}", ("pool", "what", "place")),
    Heartbeat: Key("SEEN#{0}", "{1}", ("pool", "agent_id")),
    Agent: Key("STAFF#{0}", "AGENT", ("id",)),
    Ticket: Key("TICKET#{0}", "TICKET", ("digest",)),
    Connection: Key("SOCKET#{0}", "SOCKET", ("connection_id",)),
    SocketOf: Key("LIVE#{0}", "{1}", ("person", "connection_id")),
    SignedOut: Key("STAFF#{0}", "OUT", ("agent_id",)),
    Watch: Key("WATCH#{0}", "{1}", ("customer_id", "connection_id")),
    Uses: Key("RATE#{0}", "{1}", ("subject", "minute")),
    RequestKey: Key("KEY#{0}#{1}", "KEY", ("actor", "key")),
    DueRow: Key("DUE#{0}", "{1}", ("minute", "id")),
    Swept: Key("DUE#SWEPT", "SWEPT", ()),
    Figure: Key("STAT#{0}{1}", "{2:02}#{3}#{4}#{5}", ("day", "shard", "hour", "channel", "queue", "agent")),
    Folded: Key("FOLDED#{0}#{1}", "{2}", ("customer_id", "seq", "name")),
    Checkpoint: Key("CHECK#{0}", "{1:03}", ("run", "part")),
    Config: Key("CONFIG", "v{0}", ("n",)),
    FlowVersion: Key("CONFIG", "v{0}#FLOW#{1}", ("n", "name")),
    StaffPart: Key("CONFIG", "v{0}#AGENTS#{1:04}", ("n", "k")),
    Templates: Key("CONFIG", "v{0}#TEMPLATES", ("n",)),
    ConfigPointer: Key("CONFIG", "CURRENT", ()),
    QueueStates: Key("QUEUES", "STATES", ()),
    SavedReplies: Key("CONFIG", "v{0}#REPLIES", ("n",)),
    OwnReply: Key("STAFF#{0}", "REPLY#{1}", ("agent_id", "code")),
    DeskOf: Key("STAFF#{0}", "DESK", ("agent_id",)),
    Notice: Key("INBOX#{0}", "{1}", ("person", "id")),
    Follow: Key("FOLLOW#{0}", "{1}", ("agent_id", "case_id")),
    Sleeper: Key("SNOOZED#{0}", "{1}", ("agent_id", "case_id")),
    OpenRow: Key("LIST#{0}", "{1}", ("list", "case_id")),
    FindRow: Key("FIND#{0}", "{1}", ("what", "rest")),
    FoundKeys: Key("FOUND#{0}", "FOUND", ("customer_id",)),
    TextKey: Key("TEXTS", "KEY", ()),
}


# What is found together by one query, and the names that its items are stored under.
TOGETHER: dict[type, Key] = {OfPool: Key("POOL#{0}", "", ("pool",))}
STORED_AS: dict[type, tuple[str, ...]] = {
    OfPool: ("Bench", "Open"),
    Former: ("Waiting", "Free", "Heartbeat", "Former"),
}


def key(ref: Ref[Any]) -> tuple[str, str]:
    """Partition and sort key of the item a reference names. Raises Malformed."""
    layout, values = LAYOUT[ref.kind], [_text(value) for value in ref.by]
    return fitting(layout.pk.format(*values), layout.sk.format(*values))


def ref_of(item: object) -> Ref[Any]:
    """The reference of an item, or the reference itself. A seat lies in its bench."""
    if isinstance(item, Ref):
        return item
    if isinstance(item, Seat):
        return Ref(Bench, item.pool, item.bench)
    return Ref(type(item), *(getattr(item, name) for name in LAYOUT[type(item)].by))


def prefix(kind: type, *values: object) -> tuple[str, str]:
    """Partition key, and the part of the sort key that the given values fix."""
    layout, texts = (LAYOUT | TOGETHER)[kind], [_text(value) for value in values]
    fixed = ""
    for literal, place, spec, _ in Formatter().parse(layout.sk):
        fixed += literal
        if place is None:
            break
        if int(place[0]) >= len(texts):
            break
        fixed += f"{{{place}:{spec}}}".format(*texts)
    return fitting(layout.pk.format(*texts), fixed)


def _text(value: object) -> object:
    return iso(value) if isinstance(value, datetime) else value


class Item(Model):
    """The one model of the one table; reading through it gives the domain value that lies there.

    PynamoDB asks, pages, retries, and words keys, conditions and updates. No model stands for a single
    item: making one for each read and write was a tenth of the CPU of a message.
    """

    class Meta:
        table_name = "patchbay"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    type = UnicodeAttribute()

    @classmethod
    def from_raw_data(cls, data: dict[str, Any]) -> Any:
        """What get, batch_get, query and scan return."""
        return from_image(data)


def to_image(item: Any) -> dict[str, dict[str, Any]]:
    """The item as it is stored, and as the table's stream shows it."""
    pk, sk = key(ref_of(item))
    image = {
        "pk": {"S": pk},
        "sk": {"S": sk},
        "type": {"S": type(item).__name__},
        MARK: {"N": str(STORED_LAYOUT)},
    }
    for column in columns(type(item)):
        value = getattr(item, column.name)
        if value is not None and value != column.default:
            image[column.name] = {column.type: column.write(value)}
    return image | benches.attributes(item) if isinstance(item, Bench) else image


def from_image(image: Mapping[str, Any]) -> Any:
    """The domain value of a stored item; what a newer version added is left out.

    Raises KeyError, ValueError or TypeError on what is not ours.
    """
    image = today(image)
    kind: Any = _kinds()[image["type"]["S"]]
    told = {c.name: c.read(image[c.name][c.type]) for c in columns(kind) if c.name in image}
    return kind(**told, seats=benches.seats(image)) if kind is Bench else kind(**told)


@cache
def _kinds() -> dict[str, type]:
    return {kind.__name__: kind for kind in LAYOUT}
