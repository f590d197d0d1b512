"""Names in the settings: plain where they become part of a key, and never twice."""

import re
from collections.abc import Iterable, Iterator, Sequence

from shared.domain.address.rung import is_phone
from shared.domain.settings.document import Document
from shared.domain.settings.problem import Path, Problem, problem

PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")
LOGIN = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
NO_REASON = ("available", "offline")  # presences of the house that need none


def names(told: Document) -> Iterator[Problem]:
    centre = told.centre
    yield from plain("queues", [one.name for one in centre.queues])
    yield from plain("queues", [one.pool for one in centre.queues], "pool", once=False)
    yield from plain("skills", [one.name for one in centre.skills])
    yield from plain("profiles", [one.name for one in centre.profiles])
    yield from plain("aux", [one.code for one in centre.aux], "code")
    yield from twice(("dispositions",), [one.code for one in centre.dispositions], "code")
    yield from _logins([one.login for one in told.members])
    yield from _phones([one.phone for one in told.members])
    for place, one in enumerate(centre.aux):
        if one.code in NO_REASON:
            yield problem(("aux", str(place), "code"), "no_reason", name=one.code)
    if not centre.queues:
        yield problem(("queues",), "no_queue")
    for part in (part for part in ("languages", "dispositions") if not getattr(centre, part)):
        yield problem((part,), "none_named")


def plain(
    part: str, told: Sequence[str], field: str = "name", once: bool = True, above: Path = ()
) -> Iterator[Problem]:
    """`above` is the path of what the part belongs to."""
    for place, name in enumerate(told):
        if not PLAIN.fullmatch(name):
            yield problem((*above, part, str(place), field), "not_plain", name=name)
    if once:
        yield from twice((*above, part), told, field)


def _logins(told: Sequence[str]) -> Iterator[Problem]:
    for place, login in enumerate(told):
        if not LOGIN.fullmatch(login):
            yield problem(("agents", str(place), "login"), "no_login", name=login)
    yield from twice(("agents",), [login.casefold() for login in told], "login")


def _phones(told: Sequence[str]) -> Iterator[Problem]:
    """Two agents may share one: a desk that is worked at in turns."""
    for place, phone in enumerate(told):
        if phone and not is_phone(phone):
            yield problem(("agents", str(place), "phone"), "no_phone", name=phone)


def twice(path: Path, told: Sequence[str], field: str) -> Iterator[Problem]:
    """A problem at each thing of a list whose name one before it has."""
    seen: set[str] = set()
    for place, name in enumerate(told):
        if name in seen:
            yield problem((*path, str(place), field), "twice", name=name)
        seen.add(name)


def once(path: Path, told: Sequence[str]) -> Iterator[Problem]:
    """A problem for each name that stands there more than once."""
    for name in dict.fromkeys(name for name in told if told.count(name) > 1):
        yield problem(path, "twice", name=name)


def unknown(path: Path, code: str, told: Iterable[str], known: Sequence[str]) -> Iterator[Problem]:
    """A problem for each of these names that does not exist; its sentence lists those that do."""
    for name in told:
        if name not in known:
            yield problem(path, code, name=name, known=", ".join(known) or "–")
