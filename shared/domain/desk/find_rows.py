"""The rows a customer is found by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.address.address import Address
from shared.domain.address.readable import display
from shared.domain.customer.evidence import FieldValue, Link, Profile
from shared.domain.customer.head import Head
from shared.domain.desk import find_keys as keys
from shared.domain.desk.find_keys import FindKey
from shared.domain.desk.found import FindRow
from shared.domain.hangul import given_name, initials, is_syllable
from shared.domain.ids import digest

MOST_ADDRESSES, MOST_FIELDS, MOST_TAGS = 20, 10, 20
LONGEST_NAME, LONGEST_VALUE = 100, 60  # characters of a key


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer and the members merged into them. `fields` are those to be found by."""

    customer_id: str
    name: str
    addresses: tuple[Address, ...]
    tags: tuple[str, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    last_at: datetime | None = None


def known(
    head: Head, profiles: Sequence[Profile], links: Sequence[Link], findable: frozenset[str] = frozenset()
) -> Known:
    """`findable` are the codes of declared fields whose values may be searched."""
    held = sorted((link for link in links if link.ended_at is None), key=lambda link: (link.at, link.address))
    tags = (tag for one in profiles for tag in one.tags)
    values = (value for one in profiles for value in one.fields if value.code in findable and value.value)
    return Known(
        head.customer_id,
        next((one.name for one in profiles if one.name), ""),
        tuple(dict.fromkeys(link.address for link in held))[:MOST_ADDRESSES],
        tuple(dict.fromkeys(tags))[:MOST_TAGS],
        tuple(dict.fromkeys(values))[:MOST_FIELDS],
        head.last.at if head.last else None,
    )


def find_rows(who: Known, region: str) -> tuple[FindRow, ...]:
    """In the order of their keys, each once. `region` decides how a number is shown."""
    month = keys.month_down(who.last_at)
    usual = next((display(one, region, "") for one in _first_phones(who.addresses)), "")
    rows = {}
    for key, shown in _keys(who, region):
        newest = keys.kind_of(key.what) in keys.NEWEST_FIRST
        ordered = (month, key.rest) if newest else (key.rest, month)
        rest = " ".join((*ordered, who.customer_id))
        rows[key.what, rest] = FindRow(
            key.what, rest, who.customer_id, who.name, shown or usual, tags=who.tags
        )
    return tuple(rows[key] for key in sorted(rows))


def case_row(case_id: str, number: str, customer_id: str, name: str = "") -> FindRow:
    """The row of a case's number; several cases may have the same. `customer_id` is the one it lies under."""
    return FindRow(keys.case(number).what, case_id, customer_id, name, case_id=case_id)


def sign(rows: Sequence[FindRow]) -> str:
    return digest(*(repr(row) for row in rows))


def key_text(row: FindRow) -> str:
    return f"{row.what}\n{row.rest}"


def row_at(key: str) -> FindRow:
    """A row by its key alone, to be removed."""
    what, _, rest = key.partition("\n")
    return FindRow(what, rest, "")


def _first_phones(addresses: Sequence[Address]) -> list[Address]:
    """Addresses that are shown, numbers before mails."""
    return sorted(
        (one for one in addresses if _number(one) or _mailed(one)), key=lambda one: not _number(one)
    )


def _keys(who: Known, region: str) -> Iterator[tuple[FindKey, str]]:
    for address in who.addresses:
        shown = display(address, region, "")
        for key in _address_keys(address):
            yield key, shown
    for told in (*_name_keys(who.name), *map(keys.tag, who.tags), *_field_keys(who.fields)):
        yield told, ""


def _address_keys(address: Address) -> Iterator[FindKey]:
    if number := _number(address):
        yield keys.tail(number)
        yield keys.tel(number)
    if mailed := _mailed(address):
        yield keys.mail(mailed)
        domain = mailed.partition("@")[2]
        if domain not in keys.PUBLIC_DOMAINS:
            yield keys.domain(domain)


def _number(address: Address) -> str:
    """The digits of a real number, "" for a short code, a withheld one or no number."""
    return address.value[1:] if address.kind == "phone" and address.value.startswith("+") else ""


def _mailed(address: Address) -> str:
    """A mail address, proven or not; no other kind of address has an @ in it."""
    return address.value.lower() if "@" in address.value else ""


def _name_keys(name: str) -> Iterator[FindKey]:
    """The name, the name without the family's (of other scripts: the last word first), the initials."""
    told = keys.plain(name)[:LONGEST_NAME]
    joined, words = told.replace(" ", ""), told.split()
    hangul = all(map(is_syllable, joined))
    second = given_name(joined) if hangul else " ".join((words[-1], *words[:-1])) if len(words) > 1 else ""
    for one in dict.fromkeys((told, second)):
        if one:
            yield keys.name(keys.name_text(one))
    first = initials(joined)
    for length in (2, 3):
        if len(first) >= length:
            yield FindKey(keys.by_initials(first[:length]).what, first[length:])


def _field_keys(values: Sequence[FieldValue]) -> Iterator[FindKey]:
    told = (keys.squeezed(value.value)[:LONGEST_VALUE] for value in values)
    yield from (keys.field(one) for one in told if len(one) >= keys.FIRST_OF_FIELD)
