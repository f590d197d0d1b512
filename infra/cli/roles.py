"""Whether the functions' roles may do in a transaction what the template means them to.

How AWS evaluates dynamodb:LeadingKeys there is written nowhere, so each function tries it: one transaction
over all partitions of its policies, with conditions that cannot hold, so that nothing is ever written.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.cli.functions import Function, functions
from infra.cli.line import Line
from infra.cli.place import Place

KEYS = "dynamodb:LeadingKeys"
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")
WAY_OUT = "The way out: make deploy SET=TransactionKeys=unchecked (docs/first-deploy.md#transactions)."
MIXED = "each alone is allowed"

Partitions = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Tried:
    """`broken` is what kept the function from trying, "" when it did."""

    function: str
    together: str = ""
    denied: tuple[str, ...] = ()
    foreign: str = ""
    broken: str = ""

    @property
    def allowed(self) -> bool:
        return self.together == "allowed"

    def sentence(self) -> str:
        if self.broken:
            return f"The role of {self.function} could not be tried: {self.broken}."
        if self.together != "denied":
            return f"The role of {self.function} could not be tried: AWS answered {self.together}; try again."
        what = ", ".join(self.denied) or MIXED
        return f"AWS denies {self.function} its transaction over several partitions ({what}). {WAY_OUT}"


def of_stack(place: Place) -> Iterator[Line]:
    all_of_them = [tried(place, one, given) for one, given in _with_keys(place)]
    good = [one for one in all_of_them if one.allowed]
    yield Line(f"roles: {len(all_of_them)} tried a transaction over all their partitions, {len(good)} may")
    yield from (Line(one.sentence(), wrong=True) for one in all_of_them if not one.allowed)
    if wide := [one.function for one in all_of_them if one.foreign == "allowed"]:
        yield Line(
            f"In a transaction these may write any partition, which does no harm by itself: {', '.join(wide)}"
        )


def tried(place: Place, function: Function, given: Partitions) -> Tried:
    """One event to the function, which tries and tells."""
    answer = place.client("lambda").invoke(
        FunctionName=function.physical, Payload=json.dumps({"self_check": given}).encode()
    )
    told = json.loads(answer["Payload"].read() or b"null")
    if "FunctionError" in answer or not isinstance(told, dict) or "together" not in told:
        kind = told.get("errorType", "") if isinstance(told, dict) else ""
        return Tried(function.name, broken=f"it does not answer a self-check {kind}".rstrip())
    return Tried(function.name, told["together"], tuple(told["denied"]), told["foreign"])


def _with_keys(place: Place) -> Iterator[tuple[Function, Partitions]]:
    iam, client = place.client("iam"), place.client("lambda")
    for function in functions(place):
        role = client.get_function_configuration(FunctionName=function.physical)["Role"].rpartition("/")[2]
        if given := partitions(_statements(iam, role)):
            yield function, given


def _statements(iam: Any, role: str) -> Iterator[dict[str, Any]]:
    for page in iam.get_paginator("list_role_policies").paginate(RoleName=role):
        for name in page["PolicyNames"]:
            document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
            yield from _as_list(document["Statement"])


def partitions(statements: Iterator[dict[str, Any]]) -> Partitions:
    """What a role may write, by action, where its policies name partitions."""
    found: Partitions = {}
    for one in statements:
        keys = [key for words in one.get("Condition", {}).values() for key in _as_list(words.get(KEYS, []))]
        for action in _as_list(one["Action"]):
            name = action.removeprefix("dynamodb:")
            if keys and name in WRITES:
                found.setdefault(name, []).extend(keys)
    return found


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
