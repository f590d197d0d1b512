"""The single table: the only place where keys are built. infra/table.md lists question, key and cost."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import Any, get_type_hints

from pynamodb.attributes import (
    Attribute,
    BooleanAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
)
from pynamodb.constants import STRING
from pynamodb.models import Model

from shared.adapters import codec
from shared.adapters.key_text import fitting
from shared.adapters.packing import pack, plain, unpack
from shared.adapters.previous import LAYOUT as STORED_LAYOUT
from shared.adapters.previous import MARK, today
from shared.domain.centre import Config, ConfigPointer
from shared.domain.change import Ref
from shared.domain.channel.commands import DueRow, Swept
from shared.domain.channel.receipt import Compared, Mark, Receipt, Tally
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.evidence import AddressOwner, Consent, Link, Profile, Proof
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.flow.flow import FlowVersion
from shared.domain.queue_state import QueueStates
from shared.domain.report.checkpoint import Checkpoint
from shared.domain.report.figures import Figure, Folded
from shared.domain.routing.pool import Free, Waiting
from shared.domain.routing.staff import Agent, Heartbeat
from shared.domain.session.socket import Connection, SignedOut, SocketOf, Ticket, Watch
from shared.domain.session.uses import Uses
from shared.domain.staffing import StaffPart
from shared.domain.template import Templates
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import RequestKey
from shared.domain.times import from_iso, iso


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
    Link: Key("CUST#{0}", "LINK#{1.kind}#{1.value}", ("customer_id", "address")),
    AddressOwner: Key("ADDR#{0.kind}#{0.value}", "ADDR", ("address",)),
    Consent: Key("ADDR#{0.kind}#{0.value}", "CONSENT", ("address",)),
    Proof: Key("ADDR#{0.kind}#{0.value}", "PROOF", ("address",)),
    Receipt: Key("RCPT#{0}#{1}", "RCPT", ("channel", "event_id")),
    Mark: Key("LEDGER#{0}", "{1}#{2}#{3}", ("day", "channel", "outcome", "acceptance")),
    Tally: Key("LEDGER#{0}{1}", "{2}#TALLY", ("day", "shard", "channel")),
    Compared: Key("LEDGER#COMPARED", "COMPARED", ()),
    SentAs: Key("SENT#{0}#{1}", "SENT", ("channel", "provider_id")),
    Waiting: Key("POOL#{0}", "WAIT#{1}#{2}#{3}", ("pool", "queue", "rank", "interaction_id")),
    Free: Key("POOL#{0}", "FREE#{1}#{2}", ("pool", "since", "agent_id")),
    Heartbeat: Key("POOL#{0}", "SEEN#{1}", ("pool", "agent_id")),
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
}


def key(ref: Ref[Any]) -> tuple[str, str]:
    """Partition and sort key of the item a reference names. Raises Malformed."""
    layout, values = LAYOUT[ref.kind], [_text(value) for value in ref.by]
    return fitting(layout.pk.format(*values), layout.sk.format(*values))


def ref_of(item: object) -> Ref[Any]:
    """The reference of an item, or the reference itself."""
    if isinstance(item, Ref):
        return item
    return Ref(type(item), *(getattr(item, name) for name in LAYOUT[type(item)].by))


def prefix(kind: type, *values: object) -> tuple[str, str]:
    """Partition key, and the part of the sort key that the given values fix."""
    layout, texts = LAYOUT[kind], [_text(value) for value in values]
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


class Moment(Attribute[datetime]):
    """ISO 8601 in UTC with milliseconds and Z."""

    attr_type = STRING

    def serialize(self, value: Any) -> str:
        return iso(value)

    def deserialize(self, value: Any) -> datetime:
        return from_iso(value)


class Nested(Attribute[Any]):
    """A value of values, as packed JSON text (see shared.adapters.packing)."""

    attr_type = STRING

    def __init__(self, of: Any, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.of = of

    def serialize(self, value: Any) -> str:
        return codec.encode(pack(value))

    def deserialize(self, value: Any) -> Any:
        return unpack(codec.decode(value, Any), self.of)


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


@dataclass(frozen=True, slots=True)
class Column:
    """A field as it is stored: under its own name, left out at its default to save bytes."""

    name: str
    default: Any
    attribute: Attribute[Any]
    type: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _columns(kind: Any) -> tuple[Column, ...]:
    """How the fields of a domain type are stored."""
    hints = get_type_hints(kind)
    return tuple(_column(field, plain(hints[field.name])) for field in fields(kind))


columns: Callable[[Any], tuple[Column, ...]] = cache(_columns)


def _column(field: Field[Any], hint: Any) -> Column:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    attribute = _attribute(field.name, hint)
    word = isinstance(hint, type) and issubclass(hint, StrEnum)
    write, read = (str, hint) if word else (attribute.serialize, attribute.deserialize)
    return Column(field.name, default, attribute, attribute.attr_type, write, read)


def _attribute(name: str, hint: Any) -> Attribute[Any]:
    if name == "expires_at":
        return TTLAttribute(attr_name=name)
    if isinstance(hint, type) and issubclass(hint, str):
        return UnicodeAttribute(attr_name=name)
    plainly = {bool: BooleanAttribute, int: NumberAttribute, datetime: Moment}
    return plainly[hint](attr_name=name) if hint in plainly else Nested(hint, attr_name=name)


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
    return image


def from_image(image: Mapping[str, Any]) -> Any:
    """The domain value of a stored item; what a newer version added is left out.

    Raises KeyError, ValueError or TypeError on what is not ours.
    """
    image = today(image)
    kind: Any = _kinds()[image["type"]["S"]]
    return kind(**{c.name: c.read(image[c.name][c.type]) for c in columns(kind) if c.name in image})


@cache
def _kinds() -> dict[str, type]:
    return {kind.__name__: kind for kind in LAYOUT}
