"""INIT on Lambda: it builds what a first event needs, and asks nobody."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from infra.local.template import resources
from shared.adapters import codec
from shared.edge.early import SAYS_LAMBDA
from tests.bench.canned import Canned
from tests.bench.first_events import First, first_events
from tests.bench.loopback import Loopback
from tests.bench.processes import environment, process
from tests.support.webhooks import SECRET

LOOK = """
import json, sys
from importlib import import_module
told, left = json.load(sys.stdin), []
sys.addaudithook(lambda name, _: left.append(name) if name == "socket.connect" else None)
module, _, name = told["handler"].rpartition(".")
handler = getattr(import_module(module), name)
from shared.adapters.clients import _client as client
asked, clients, modules = len(left), client.cache_info().currsize, set(sys.modules)
class Context:
    function_name = aws_request_id = "first"
    memory_limit_in_mb, invoked_function_arn = 256, "arn:aws:lambda:x:0:function:first"
    def get_remaining_time_in_millis(self): return 80000
handler(told["event"], Context())
late = [name for name in sys.modules if name not in modules]
print(json.dumps({"asked": asked, "clients": client.cache_info().currsize - clients, "late": late}))
"""
FUNCTIONS = tuple(resources("AWS::Serverless::Function"))
# what depends on the event, or is small and needed by few
LATE = ("phonenumbers.data", "shared.adapters.files", "encodings.")


@pytest.fixture(scope="module")
def firsts() -> dict[str, First]:
    return first_events()


@pytest.fixture(scope="module")
def outside() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_a_first_event_needs_is_built_in_init_without_asking_anybody(
    function: str, firsts: Mapping[str, First], outside: Loopback
) -> None:
    seen = looked(firsts[function], outside)

    assert seen["asked"] == 0, "INIT waited for somebody"
    assert seen["clients"] == 0, "a client was made by the first event: name its port in early()"
    assert [name for name in seen["late"] if not name.startswith(LATE)] == []
    assert outside.calls, "the first event asked for nothing: a rehearsal may not be over"
    assert not seen["told"], "a port could not be built early"


def looked(first: First, outside: Loopback) -> dict[str, Any]:
    outside.canned = Canned(dict(first.table), codec.encode({**SECRET, "key": "visitors-key"}))
    outside.calls.clear()
    around = environment(first.variables, outside.url) | {SAYS_LAMBDA: "on-demand"}
    started = process(LOOK, json.dumps({"handler": first.handler, "event": first.event}).encode(), around)
    assert started.stdout and started.stderr
    lines, errors = started.stdout.read().splitlines(), started.stderr.read()
    assert started.wait() == 0, errors.decode()[-2000:]
    seen: dict[str, Any] = json.loads(lines[-1])
    return seen | {"told": [line for line in lines if b"not_built_early" in line]}
