"""Event patterns, for rules of the bus and filters of sources: the forms our template uses, and their kin.

docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from collections.abc import Callable, Mapping
from typing import Any


def matches(pattern: Mapping[str, Any], event: Any) -> bool:
    """Whether an event has, at every place the pattern names, one of the values it allows."""
    return all(_place(allowed, event, name) for name, allowed in pattern.items())


def _place(allowed: Any, event: Any, name: str) -> bool:
    if name == "$or":
        return any(matches(one, event) for one in allowed)
    found = event.get(name, ABSENT) if isinstance(event, Mapping) else ABSENT
    if isinstance(allowed, Mapping):
        return matches(allowed, {} if found is ABSENT else found)
    values = found if isinstance(found, list) else [found]
    return any(_allows(rule, value) for rule in allowed for value in values)


class _Absent:
    """What stands where an event has nothing."""


ABSENT = _Absent()


def _allows(rule: Any, value: Any) -> bool:
    if not isinstance(rule, Mapping):
        return value is not ABSENT and rule == value and isinstance(rule, bool) == isinstance(value, bool)
    ((name, told),) = rule.items()
    return RULES[name](told, value)


def _anything_but(told: Any, value: Any) -> bool:
    if value is ABSENT:
        return False
    if isinstance(told, Mapping):
        return not _allows(told, value)
    return value not in (told if isinstance(told, list) else [told])


def _numeric(told: list[Any], value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return all(COMPARE[sign](value, bound) for sign, bound in zip(told[::2], told[1::2], strict=True))


COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}
RULES: dict[str, Callable[[Any, Any], bool]] = {
    "prefix": lambda told, value: isinstance(value, str) and value.startswith(told),
    "suffix": lambda told, value: isinstance(value, str) and value.endswith(told),
    "equals-ignore-case": lambda told, value: isinstance(value, str) and value.lower() == told.lower(),
    "anything-but": _anything_but,
    "numeric": _numeric,
    "exists": lambda told, value: (value is not ABSENT) is told,
}
