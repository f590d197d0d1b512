"""In what two versions of the settings differ, thing by thing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from shared.domain.calls import Calls
from shared.domain.difference import ADDED, ORDER, REMOVED, Difference
from shared.domain.hours import Hours
from shared.domain.queue import Announcement, Need, Overflow, Ring
from shared.domain.settings.document import Document
from shared.domain.staffing import Interrupts, Limit, When

CENTRE = "centre"
# The parts of the centre that are lists of things: what each thing is called, and what names it.
KEYED = {
    "queues": ("queue", "name"),
    "skills": ("skill", "name"),
    "profiles": ("profile", "name"),
    "aux": ("aux", "code"),
    "dispositions": ("disposition", "code"),
    "tags": ("tag", "code"),
    "fields": ("field", "code"),
    "guides": ("guide", "name"),
}
Named = Mapping[str, Any]


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """None at all for the same settings, and only for them."""
    return tuple(_all(before, after))


def _all(before: Document, after: Document) -> Iterator[Difference]:
    old, new = before.centre, after.centre
    plain = [field.name for field in fields(new) if field.name not in (*KEYED, "rules")]
    yield from _fields(CENTRE, "", old, new, plain)
    for field, (part, key) in KEYED.items():
        yield from _things(part, _by(getattr(old, field), key), _by(getattr(new, field), key))
    yield from _things("rule", _numbered(old.rules), _numbered(new.rules))
    yield from _things("agent", _by(before.members, "login"), _by(after.members, "login"))
    yield from _things("template", _templates(before), _templates(after))
    yield from _things("reply", _by(before.replies, "code"), _by(after.replies, "code"))
    yield from _things("flow", _by(before.flows, "name"), _by(after.flows, "name"))


def _things(part: str, old: Named, new: Named) -> Iterator[Difference]:
    yield from (Difference(part, name, REMOVED) for name in old if name not in new)
    yield from (Difference(part, name, ADDED, "", of_new(new[name], name)) for name in new if name not in old)
    for name in (name for name in new if name in old):
        yield from _fields(part, name, old[name], new[name], [field.name for field in fields(new[name])])
    stayed, now = [name for name in old if name in new], [name for name in new if name in old]
    if stayed != now:
        yield Difference(part, "", ORDER, ", ".join(stayed), ", ".join(now))


def _fields(part: str, name: str, old: Any, new: Any, names: list[str]) -> Iterator[Difference]:
    for field in names:
        one, other = getattr(old, field), getattr(new, field)
        if one != other:
            yield Difference(part, name, field, brief(one), brief(other))


def _by(things: tuple[Any, ...], key: str) -> Named:
    return {str(getattr(thing, key)): thing for thing in things}


def _numbered(things: tuple[Any, ...]) -> Named:
    return {str(number): thing for number, thing in enumerate(things, start=1)}


def _templates(told: Document) -> Named:
    return {f"{one.channel} {one.name} {one.language}": one for one in told.templates}


LONGEST = 200  # characters of a value in a difference; it is to be read, not to be restored


def brief(value: Any) -> str:
    """A value in signs that read the same in every language; never longer than a line or two."""
    return cut(_brief(value))


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _brief(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, tuple):
        return ", ".join(map(_brief, value)) or "–"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_brief(part)}" for name, part in value.items()) or "–"
    if write := BRIEFLY.get(type(value)):
        return write(value)
    if is_dataclass(value):
        told = (_brief(getattr(value, field.name)) for field in fields(value))
        return "; ".join(text for text in told if text != "–")
    return "–" if value is None or value == "" else str(value)


def of_new(thing: Any, name: str) -> str:
    """What a new thing has that is not usual, without its name."""
    unusual = ((field, getattr(thing, field.name)) for field in fields(thing))
    told = (_brief(value) for field, value in unusual if value not in (field.default, name))
    return cut("; ".join(text for text in told if text != "–") or "–")


def _ring(ring: Ring) -> str:
    signs = [*(f"−{skill}" for skill in ring.drop), *(f"+{profile}" for profile in ring.admit)]
    return f"{ring.after_seconds} s {' '.join(signs)}".strip()


def _hours(hours: Hours) -> str:
    lines = [*(hours.weekly or ("24/7",)), *hours.exceptions, hours.zone, hours.holidays]
    days = f"{len(hours.closed)} × {min(hours.closed)}…{max(hours.closed)}" if hours.closed else ""
    return "; ".join(line for line in (*lines, days) if line)


def _announcement(told: Announcement) -> str:
    return f"{told.after_seconds} s {' / '.join(text for text in (told.ko, told.en) if text)}".strip()


def _calls(calls: Calls) -> str:
    """What is on, as the file names it."""
    return ", ".join(field.name for field in fields(calls) if getattr(calls, field.name)) or "–"


BRIEFLY: dict[type, Callable[[Any], str]] = {
    Need: lambda need: f"{need.skill} {need.level}",
    Ring: _ring,
    Overflow: lambda over: f"{over.queue} {over.after_seconds} s",
    Announcement: _announcement,
    Hours: _hours,
    Limit: lambda limit: f"{limit.channel} {limit.most}",
    Interrupts: lambda one: f"{one.channel} > {', '.join(one.over)}",
    Calls: _calls,
    When: lambda when: f"{when.fact} = {' | '.join(when.values)}",
}
