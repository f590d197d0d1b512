"""How long settings are where they are stored: an item of the table holds 400 KB, a transaction 4 MB."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from shared.domain.settings.document import Document
from shared.domain.settings.problem import Path, Problem, problem
from shared.domain.staffing import MEMBERS_A_PART

MOST_OF_ONE = 380_000  # bytes, with room for the item's own names
MOST_OF_ALL = 3_800_000
MOST_PARTS = 90  # a transaction takes 100 items


def too_heavy(told: Document) -> Iterator[Problem]:
    parts: dict[Path, int] = {("queues",): weight(told.centre), ("templates",): weight(told.templates)}
    parts |= {("saved_replies",): weight(told.replies)} if told.replies else {}
    parts |= {("flows", flow.name): weight(flow) for flow in told.flows}
    for path, long in parts.items():
        if long > MOST_OF_ONE:
            yield problem(path, "too_long", kilobytes=long // 1000, most=MOST_OF_ONE // 1000)
    members = [weight(one) for one in told.members]
    staff = [sum(members[k : k + MEMBERS_A_PART]) for k in range(0, len(members), MEMBERS_A_PART)]
    if any(long > MOST_OF_ONE for long in staff):
        yield problem(("agents",), "too_long", kilobytes=max(staff) // 1000, most=MOST_OF_ONE // 1000)
    if sum(parts.values()) + sum(staff) > MOST_OF_ALL or len(parts) + len(staff) > MOST_PARTS:
        yield problem((), "too_much", most=MOST_OF_ALL // 1000, parts=MOST_PARTS)


def weight(value: Any) -> int:
    """Bytes of a value as packed JSON, rather too many than too few."""
    if isinstance(value, str):
        quoted = value.count('"') + value.count("\\") + 5 * sum(sign < " " for sign in value)
        return len(value.encode("utf-8", "replace")) + quoted + 3
    if isinstance(value, Mapping):
        return 2 + sum(weight(name) + weight(part) for name, part in value.items())
    if isinstance(value, tuple):
        return 2 + sum(map(weight, value))
    if is_dataclass(value):
        return 2 + sum(weight(getattr(value, field.name)) for field in fields(value))
    return len(str(value)) + 2
