"""Whether a function's role on AWS allows what its code does: the twins note who asks them for what.

Who asks is read off the call stack, so every test that goes through a handler checks the handler's role too.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache, wraps
from typing import Any

import pytest

from infra.twins.files import MemoryFiles
from infra.twins.store import MemoryStore
from shared.adapters.acts import DELETE, PUT, UPDATE, acts_of
from shared.adapters.table import key, prefix
from tests.support.template import FUNCTIONS, actions, as_list, statements

VERBS = {
    PUT: "dynamodb:PutItem",
    DELETE: "dynamodb:DeleteItem",
    UPDATE: "dynamodb:UpdateItem",
}
APP = re.compile(r"functions\.[a-z_.]+\.app")
A_TEST = re.compile(r"tests\..*\.(test_|bench_)\w+")
BUCKET = re.compile(r"(?:\$\{\w+\.Arn\}|arn:\S*:s3:::\$\{\w+\})/(.*)")
Asked = tuple[str, str]  # an action, and the partition or the key in the bucket it is about
Asks = Callable[..., Iterator[Asked]]


class Rights:
    """`denied` is what was asked by a function whose role does not allow it, as sentences."""

    def __init__(self) -> None:
        self.denied: set[str] = set()

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        for twin, told in ((MemoryStore, OF_THE_TABLE), (MemoryFiles, OF_THE_BUCKET)):
            for name, asked in told.items():
                patch.setattr(twin, name, self._watched(getattr(twin, name), asked))

    def _watched(self, act: Callable[..., Any], asked: Asks) -> Callable[..., Any]:
        @wraps(act)
        def watched(twin: Any, *args: Any, **named: Any) -> Any:
            if module := _who_asks():
                self._check(module, asked(*args, **named))
            return act(twin, *args, **named)

        return watched

    def _check(self, module: str, asked: Iterator[Asked]) -> None:
        for action, what in asked:
            if not allowed(module, action, what):
                self.denied.add(f"{module}: {action} on {what}")


def allowed(module: str, action: str, what: str) -> bool:
    """A module that is the handler of no function of the template may do nothing wrong."""
    given = _given().get(module)
    return given is None or any(fnmatchcase(what, one) for one in given.get(action, ()))


@cache
def _given() -> dict[str, dict[str, set[str]]]:
    """Patterns by action, by the module of the handler: those of the roles of all functions that share it."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for function in FUNCTIONS.values():
        module = _module(function)
        for statement in statements(function):
            for action in actions(statement):
                found[module][action] |= {*_patterns(statement)}
    return found


def _module(function: dict[str, Any]) -> str:
    return str(function["Properties"]["Handler"]).rpartition(".")[0]


def _patterns(statement: dict[str, Any]) -> Iterator[str]:
    """Partitions of the table, places in the bucket."""
    conditions = statement.get("Condition", {})
    yield from conditions.get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", ())
    yield from as_list(conditions.get("StringLike", {}).get("s3:prefix", []))
    for resource in as_list(statement["Resource"]):
        if isinstance(resource, dict) and (place := BUCKET.fullmatch(_text(resource.get("Fn::Sub")))):
            yield re.sub(r"\$\{\w+\}", "*", place[1])


def _text(told: Any) -> str:
    """What stands in a Fn::Sub, with or without values of its own."""
    return str(told[0] if isinstance(told, list) else told)


def _who_asks() -> str:
    """The nearest handler's module on the stack; "" where a test asks by itself, also in the midst of one."""
    frame = sys._getframe(2).f_back
    while frame and not A_TEST.fullmatch(name := str(frame.f_globals.get("__name__", ""))):
        if APP.fullmatch(name):
            return name
        frame = frame.f_back
    return ""


def _get(ref: Any) -> Iterator[Asked]:
    yield "dynamodb:GetItem", key(ref)[0]


def _get_all(*refs: Any, strong: bool = True) -> Iterator[Asked]:
    yield from (("dynamodb:BatchGetItem", key(ref)[0]) for ref in refs)


def _find(kind: type, *partition: object, **told: Any) -> Iterator[Asked]:
    yield "dynamodb:Query", prefix(kind, *partition)[0]


def _commit(*writes: Any) -> Iterator[Asked]:
    yield from ((VERBS[act.verb], act.key[0]) for act in acts_of(writes))


def _of_file(action: str) -> Asks:
    return lambda place, *args, **named: iter([(action, place)])


OF_THE_TABLE: dict[str, Asks] = {
    "get": _get,
    "get_all": _get_all,
    "find": _find,
    "count": _find,
    "commit": _commit,
}
OF_THE_BUCKET: dict[str, Asks] = {
    "get": _of_file("s3:GetObject"),
    "link": _of_file("s3:GetObject"),
    "put": _of_file("s3:PutObject"),
    "place": _of_file("s3:PutObject"),
    "names": _of_file("s3:ListBucket"),
    "remove": lambda keys: (("s3:DeleteObject", place) for place in keys),
}
