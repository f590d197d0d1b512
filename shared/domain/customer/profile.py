"""What staff say of a customer: checked by the settings, and put together where customers were merged."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from shared.domain.centre import Centre
from shared.domain.customer.evidence import FieldValue, Pinned, Profile
from shared.domain.declared import Field
from shared.domain.masking import mask
from shared.domain.text import clean

LONGEST_LINE, LONGEST_NOTE, MOST_TAGS = 120, 1000, 20  # characters, characters, tags
NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?", re.ASCII)
WORTH = re.compile(r"\d{1,15}", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
FIELD = "field."


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be changed; None leaves it as it is, an empty one takes it away. `fields` are values by
    code, `value` whole minor units of the currency in digits, `pinned` the text of the note.
    """

    name: str | None = None
    company: str | None = None
    language: str | None = None
    tags: tuple[str, ...] | None = None
    fields: Mapping[str, str] | None = None
    value: str | None = None
    pinned: str | None = None


def tidied(told: Edit) -> Edit:
    """As it is kept: whole text, no blanks around it, no card numbers; each tag once."""
    lines = {part: _line(getattr(told, part)) for part in ("name", "company", "language", "value")}
    own = None if told.fields is None else {code: _line(text) or "" for code, text in told.fields.items()}
    tags = None if told.tags is None else tuple(dict.fromkeys(told.tags))
    note = None if told.pinned is None else mask(clean(told.pinned).strip())
    return Edit(**lines, tags=tags, fields=own, pinned=note)


def mistakes(told: Edit, centre: Centre) -> dict[str, str]:
    """A code of words/to_staff.py for each part that cannot be taken (`name`, `field.<code>`)."""
    return dict((*_of_texts(told), *_of_codes(told, centre), *_of_fields(told, centre)))


def edited(known: Profile, told: Edit, by: str, at: datetime) -> tuple[Profile, tuple[str, ...]]:
    """The profile after it, and the names of what is another now; the same profile where nothing is."""
    plain: dict[str, Any] = dict(_plain(told))
    after = replace(known, **plain)
    if told.fields is not None:
        after = replace(after, fields=_with(known.fields, told.fields))
    if told.pinned is not None and told.pinned != (known.pinned.text if known.pinned else ""):
        after = replace(after, pinned=Pinned(told.pinned, by, at) if told.pinned else None)
    said = tuple(sorted({*known.said, *_named(told)}))
    if replace(after, said=said) == known:
        return known, ()
    changed = tuple(name for name in _named(told) if part_of(known, name) != part_of(after, name))
    stamped = replace(after, said=said, version=known.version + 1, by=f"agent:{by}", at=at)
    return stamped, changed or tuple(name for name in said if name not in known.said)


def part_of(profile: Profile, name: str) -> object:
    """What stands in a part of a profile; a note is its text."""
    if name.startswith(FIELD):
        return next((one.value for one in profile.fields if FIELD + one.code == name), "")
    if name == "pinned":
        return profile.pinned.text if profile.pinned else ""
    return getattr(profile, name)


def together(profiles: Sequence[Profile]) -> Profile:
    """One of all members, the root's first (at least that): it rules where it has a value or staff said
    something there, and the next one fills what it leaves open. Nothing of a member is changed.
    """
    root, kept = profiles[0], dict[str, Any]()
    for part in ("name", "company", "language", "tier", "value", "pinned"):
        kept[part] = _first(profiles, part)
    if "tags" not in root.said:
        kept["tags"] = tuple(dict.fromkeys(tag for profile in profiles for tag in profile.tags))
    codes = dict.fromkeys(one.code for profile in profiles for one in profile.fields)
    own = ((code, str(_first(profiles, FIELD + code))) for code in codes)
    return replace(root, fields=tuple(FieldValue(code, text) for code, text in own if text), **kept)


def others(profiles: Sequence[Profile]) -> dict[str, tuple[str, ...]]:
    """What members say otherwise, by the part it stands in: it is shown, so that none of it is lost."""
    rules, found = together(profiles), dict[str, tuple[str, ...]]()
    for part in ("name", "company", "language"):
        told = dict.fromkeys(str(part_of(one, part)) for one in profiles)
        if left := tuple(text for text in told if text and text != part_of(rules, part)):
            found[part] = left
    return found


def _first(profiles: Iterable[Profile], part: str) -> object:
    told: object = None
    for profile in profiles:
        told = profile.pinned if part == "pinned" else part_of(profile, part)
        if told not in ("", None) or part in profile.said:
            return told
    return told


def _line(text: str | None) -> str | None:
    return None if text is None else " ".join(mask(clean(text)).split())


def _plain(told: Edit) -> Iterator[tuple[str, object]]:
    for part in ("name", "company", "language", "tags"):
        if (value := getattr(told, part)) is not None:
            yield part, value
    if told.value is not None:
        yield "value", int(told.value) if told.value else None


def _named(told: Edit) -> tuple[str, ...]:
    plain = (one.name for one in fields(told) if one.name != "fields" and getattr(told, one.name) is not None)
    return (*plain, *(FIELD + code for code in told.fields or ()))


def _with(known: Iterable[FieldValue], told: Mapping[str, str]) -> tuple[FieldValue, ...]:
    values = {one.code: one.value for one in known} | dict(told)
    return tuple(FieldValue(code, value) for code, value in sorted(values.items()) if value)


def _of_texts(told: Edit) -> Iterator[tuple[str, str]]:
    longest = {"name": LONGEST_LINE, "company": LONGEST_LINE, "pinned": LONGEST_NOTE}
    for part, most in longest.items():
        if len(getattr(told, part) or "") > most:
            yield part, "profile_too_long"
    if told.value and not WORTH.fullmatch(told.value):
        yield "value", "profile_no_amount"


def _of_codes(told: Edit, centre: Centre) -> Iterator[tuple[str, str]]:
    if told.language and told.language not in centre.languages:
        yield "language", "profile_no_language"
    known = {tag.code for tag in centre.tags}
    if any(tag not in known for tag in told.tags or ()) or len(told.tags or ()) > MOST_TAGS:
        yield "tags", "profile_no_tag"


def _of_fields(told: Edit, centre: Centre) -> Iterator[tuple[str, str]]:
    declared = {one.code: one for one in centre.fields}
    for code, value in (told.fields or {}).items():
        if code not in declared:
            yield FIELD + code, "profile_no_field"
        elif value and not KINDS[declared[code].kind](value, declared[code]):
            yield FIELD + code, f"profile_no_{declared[code].kind}"


def _is_day(value: str, field: Field) -> bool:
    try:
        return bool(DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


KINDS: Mapping[str, Callable[[str, Field], bool]] = {
    "text": lambda value, _: len(value) <= LONGEST_LINE,
    "number": lambda value, _: bool(NUMBER.fullmatch(value)),
    "date": _is_day,
    "choice": lambda value, field: value in field.choices,
}
