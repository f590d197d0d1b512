"""The single table: the only place where keys are built. infra/table.md lists question, key and cost."""

from collections.abc import Iterator
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
    """Base of all kinds; reading through it returns whichever kind lies there."""

    class Meta:
        table_name = "patchbay"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    type = DiscriminatorAttribute()


KEY_ATTRIBUTES = ("pk", "sk", "type")


@cache
def model(kind: type) -> type[Item]:
    """The PynamoDB model of a domain type: one attribute per field, named alike."""
    hints = get_type_hints(kind)
    attributes = {field.name: _attribute(field.name, hints[field.name]) for field in fields(kind)}
    attributes.pop("type", None)
    return type(Item)(kind.__name__, (Item,), attributes, discriminator=kind.__name__)  # type: ignore[no-any-return, misc]  # PynamoDB's metaclass is untyped


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
    pk, sk = key(ref_of(item))
    made: type[Item] = model(type(item))  # type: ignore[arg-type]  # mypy: types hash
    return made(pk, sk, **dict(_told(item)))


def _told(item: Any) -> Iterator[tuple[str, Any]]:
    for name, default in _defaults(type(item)):  # type: ignore[arg-type]  # mypy: types hash
        value = getattr(item, name)
        if value is not None and value != default:
            yield name, str(value) if isinstance(value, StrEnum) else value


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Fields and what they are when nobody says otherwise."""
    return tuple(
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default) for f in fields(kind)
    )


@cache
def _readers(kind: type) -> tuple[tuple[str, type[StrEnum]], ...]:
    """Fields whose stored form is wider than their type: words of an enumeration."""
    hints = {name: plain(hint) for name, hint in get_type_hints(kind).items()}
    return tuple((n, h) for n, h in hints.items() if isinstance(h, type) and issubclass(h, StrEnum))


def from_model(stored: Item, kind: type | None = None) -> Any:
    """The domain value of a stored item; what a newer version added is left out."""
    kind = kind or _kinds()[type(stored).__name__]
    told = {name: value for name, value in stored.attribute_values.items() if value is not None}
    for name in KEY_ATTRIBUTES:
        told.pop(name, None)
    for name, enumeration in _readers(kind):
        if name in told:
            told[name] = enumeration(told[name])
    return kind(**told)


@cache
def _kinds() -> dict[str, type]:
    return {kind.__name__: kind for kind in LAYOUT}


def from_image(image: dict[str, Any]) -> Any:
    """The domain value of a table stream's image. Raises KeyError or ValueError on what is not ours."""
    kind = _kinds()[image["type"]["S"]]
    return from_model(model(kind).from_raw_data(image), kind)
