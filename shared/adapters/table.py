"""The single table: the only place where keys are built. infra/table.md lists question, key and cost."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import Any, get_type_hints

from pynamodb.attributes import (
    Attribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
)
from pynamodb.constants import STRING
from pynamodb.models import Model

from shared.adapters.packing import pack, plain, unpack
from shared.domain.case import Case, Interaction
from shared.domain.centre import Config, ConfigPointer
from shared.domain.change import Ref
from shared.domain.commands import DueRow
from shared.domain.customer import AddressOwner, Head, Link, Profile, Proof
from shared.domain.entry import Entry
from shared.domain.figures import Figure, Folded
from shared.domain.market import Free, Waiting
from shared.domain.receipt import Mark, Receipt, Tally
from shared.domain.session import Connection, Live, RequestKey, Ticket, Uses, Watch
from shared.domain.staff import Agent, Heartbeat
from shared.domain.times import from_iso, iso
from shared.edge import codec


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
    Proof: Key("ADDR#{0.kind}#{0.value}", "PROOF", ("address",)),
    Receipt: Key("RCPT#{0}#{1}", "RCPT", ("channel", "event_id")),
    Mark: Key("LEDGER#{0}", "{1}#{2}#{3}", ("day", "channel", "outcome", "acceptance")),
    Tally: Key("LEDGER#{0}", "{1}#TALLY", ("day", "channel")),
    Waiting: Key("POOL#{0}", "WAIT#{1}#{2}#{3}", ("pool", "queue", "rank", "interaction_id")),
    Free: Key("POOL#{0}", "FREE#{1}#{2}", ("pool", "since", "agent_id")),
    Heartbeat: Key("POOL#{0}", "SEEN#{1}", ("pool", "agent_id")),
    Agent: Key("STAFF#{0}", "AGENT", ("id",)),
    Ticket: Key("TICKET#{0}", "TICKET", ("digest",)),
    Connection: Key("SOCKET#{0}", "SOCKET", ("connection_id",)),
    Live: Key("LIVE#{0}", "{1}", ("person", "connection_id")),
    Watch: Key("WATCH#{0}", "{1}", ("customer_id", "connection_id")),
    Uses: Key("RATE#{0}", "{1}", ("subject", "minute")),
    RequestKey: Key("KEY#{0}#{1}", "KEY", ("actor", "key")),
    DueRow: Key("DUE#{0}", "{1}", ("minute", "id")),
    Figure: Key("STAT#{0}", "{1:02}#{2}#{3}#{4}", ("day", "hour", "channel", "queue", "agent")),
    Folded: Key("FOLDED#{0}#{1}", "{2}", ("customer_id", "seq", "name")),
    Config: Key("CONFIG", "v{0}", ("n",)),
    ConfigPointer: Key("CONFIG", "CURRENT", ()),
}


def key(ref: Ref[Any]) -> tuple[str, str]:
    """Partition and sort key of the item a reference names."""
    layout, values = LAYOUT[ref.kind], [_text(value) for value in ref.by]
    return layout.pk.format(*values), layout.sk.format(*values)


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
    return layout.pk.format(*texts), fixed


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
    """Base of all kinds. PynamoDB asks, writes and retries; values pass it by in both directions: reading
    gives the domain value itself, and writing takes what is set, not every attribute that might be.
    """

    class Meta:
        table_name = "patchbay"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    type = DiscriminatorAttribute()

    @classmethod
    def from_raw_data(cls, data: dict[str, Any]) -> Any:
        """What get, batch_get, query and scan return."""
        return from_image(data)

    def serialize(self, null_check: bool = True) -> dict[str, dict[str, Any]]:
        kinds = self.get_attributes()
        told = self.attribute_values.items()
        return {name: {kinds[name].attr_type: kinds[name].serialize(value)} for name, value in told}


def _model(kind: Any) -> Any:
    """The PynamoDB model of a domain type: one attribute per field, named alike."""
    hints = get_type_hints(kind)
    attributes = {field.name: _attribute(field.name, hints[field.name]) for field in fields(kind)}
    attributes.pop("type", None)
    metaclass: Any = type(Item)
    return metaclass(kind.__name__, (Item,), attributes, discriminator=kind.__name__)


model: Callable[[type], Any] = cache(_model)


def _attribute(name: str, hint: Any) -> Attribute[Any]:
    told = plain(hint)
    if name == "expires_at":
        return TTLAttribute(null=True)
    if told is bool:
        return BooleanAttribute(null=True)
    if told is int:
        return NumberAttribute(null=True)
    if told is datetime:
        return Moment(null=True)
    if isinstance(told, type) and issubclass(told, str):
        return UnicodeAttribute(null=True)
    return Nested(told, null=True)


def to_model(item: Any) -> Item:
    """The item as it is stored: fields at their default are left out, to save bytes."""
    made: Item = model(type(item))(*key(ref_of(item)))
    made.attribute_values.update(_told(item))
    return made


def _told(item: Any) -> Iterator[tuple[str, Any]]:
    kind: Any = type(item)
    for name, default in _defaults(kind):
        value = getattr(item, name)
        if value is not None and value != default:
            yield name, str(value) if isinstance(value, StrEnum) else value


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Fields and what they are when nobody says otherwise."""
    return tuple(
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default) for f in fields(kind)
    )


def from_image(image: Mapping[str, Any]) -> Any:
    """The domain value of a stored item, or of a table stream's image; what a newer version added is left
    out. Raises KeyError, ValueError or TypeError on what is not ours.
    """
    kind = _kinds()[image["type"]["S"]]
    return kind(**{name: read(image[name]) for name, read in _readers(kind) if name in image})


@cache
def _readers(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """How each field is read from its stored form."""
    hints, attributes = get_type_hints(kind), model(kind).get_attributes()
    return tuple((f.name, _reader(attributes[f.name], plain(hints[f.name]))) for f in fields(kind))


def _reader(attribute: Attribute[Any], hint: Any) -> Callable[[Any], Any]:
    """Words of an enumeration are stored as plain ones."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda stored: hint(attribute.get_value(stored))
    return lambda stored: attribute.deserialize(attribute.get_value(stored))


@cache
def _kinds() -> dict[str, type]:
    return {kind.__name__: kind for kind in LAYOUT}
