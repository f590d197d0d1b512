"""Writes as PynamoDB words them: a put, a delete or an update of one item, with its condition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.adapters import benches
from shared.adapters.columns import columns
from shared.adapters.table import Item, key, ref_of, to_image
from shared.domain.change import Add, Delete, Over, Put, Write
from shared.domain.routing.seats import Bench, Seat

DELETE, PUT, UPDATE = "delete", "put", "update"
POOL, N = UnicodeAttribute(attr_name="pool"), NumberAttribute(attr_name="n")
VERBS = {Put: PUT, Delete: DELETE, Add: UPDATE}
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """One request of a commit. `position` is that of the write it was made of (of the first, for seats)."""

    verb: str
    key: Key
    how: dict[str, Any]
    position: int


def acts_of(writes: Sequence[Write]) -> list[Act]:
    """An item is named once in a transaction, so the seats of one bench become one update."""
    seats: dict[Key, list[tuple[int, Put | Delete]]] = {}
    acts = []
    for position, write in enumerate(writes):
        where = key(ref_of(write.item))
        if isinstance(write.item, Seat):
            seats.setdefault(where, []).append((position, cast(Put | Delete, write)))
        else:
            acts.append(Act(VERBS[type(write)], where, _how(write), position))
    return [*acts, *(_seating(where, told) for where, told in seats.items())]


def _seating(where: Key, told: Sequence[tuple[int, Put | Delete]]) -> Act:
    """A bench that is not there yet is made, so each update says what it is."""
    bench: Any = told[0][1].item
    actions: list[Action] = [Item.type.set(Bench.__name__), POOL.set(bench.pool), N.set(bench.bench)]
    condition: Condition | None = None
    for _, write in told:
        seat: Any = write.item
        place = UnicodeAttribute(attr_name=benches.name_of(seat.agent_id))
        actions.append(place.set(benches.packed(seat)) if isinstance(write, Put) else place.remove())
        if write.over is Over.PRESENT:
            condition = place.exists() if condition is None else condition & place.exists()
    return Act(UPDATE, where, {"actions": actions, "condition": condition}, told[0][0])


def _how(write: Write) -> dict[str, Any]:
    if isinstance(write, Put):
        return {"attributes": to_image(write.item), "condition": _condition(write.over)}
    if isinstance(write, Delete):
        return {"condition": _condition(write.over)}
    return {"actions": _actions(write)}


# Of whatever kind: only the attribute's name counts. A version of 1 is the default and is not stored.
version = NumberAttribute(attr_name="version")
FIRST = ((version == 1) | version.does_not_exist()) & Item.pk.exists()
CONDITIONS = {Over.ABSENT: Item.pk.does_not_exist(), Over.PRESENT: Item.pk.exists(), Over.ANY: None}


def _condition(over: Over | int) -> Condition | None:
    if isinstance(over, Over):
        return CONDITIONS[over]
    return FIRST if over == 1 else version == over


def _actions(write: Add) -> list[Action]:
    """ADD for the amounts; SET for the kind and the other fields, which an update alone would leave out."""
    item: Any = write.item
    actions: list[Action] = [Item.type.set(type(item).__name__)]
    for column in columns(type(item)):
        value = getattr(item, column.name)
        if column.name in write.amounts:
            actions.append(column.attribute.add(write.amounts[column.name]))
        elif value is not None and value != column.default:
            actions.append(column.attribute.set(value))
    return actions
