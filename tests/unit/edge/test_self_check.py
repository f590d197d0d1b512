"""Every function answers the doctor's self-check; nothing from outside can look like one."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from shared.domain.errors import Malformed
from shared.edge.self_check import SELF_CHECK, answers_self_check
from tests.support.template import FUNCTIONS, resources

ROOT = Path(__file__).parents[3]
HANDLERS = {
    Path(path).relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in ROOT.glob("functions/**/app.py")
}
INVENTED = "functions.channels.letter.app"  # the tests' own channel in the template
FROM_OUTSIDE = sorted(
    path for folder in ("chat_socket", "notice_*", "public_api", "sms_webhook")
    for path in ROOT.glob(f"events/{folder}/*.json")
)  # fmt: skip


@answers_self_check
def echo(event: Any, context: Any) -> str:
    return "the function's own work"


@pytest.mark.parametrize("module", sorted(HANDLERS))
def test_a_self_check_is_understood_by_every_function_and_refused_when_it_asks_for_nothing(
    module: str,
) -> None:
    with pytest.raises(Malformed, match="self-check"):
        import_module(module).handler({SELF_CHECK: {}}, None)


def test_every_function_of_the_template_is_one_of_these() -> None:
    used = {one["Properties"]["Handler"].removesuffix(".handler") for one in FUNCTIONS.values()}

    assert used - {INVENTED} <= HANDLERS


@pytest.mark.parametrize("path", FROM_OUTSIDE, ids=lambda path: path.stem)
def test_what_comes_from_outside_is_no_self_check(path: Path) -> None:
    assert echo(json.loads(path.read_text()), None) == "the function's own work"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"Records": [{"body": json.dumps({SELF_CHECK: {"PutItem": ["CUST#*"]}})}]},
        {"body": json.dumps({SELF_CHECK: {}}), "requestContext": {}, SELF_CHECK: {}},
        {"check": True},
    ],
)
def test_a_self_check_inside_something_else_is_none(event: dict[str, Any]) -> None:
    assert echo(event, None) == "the function's own work"


def test_no_schedule_sends_one() -> None:
    assert SELF_CHECK not in json.dumps(resources("AWS::Scheduler::Schedule"), default=str)
    assert SELF_CHECK not in json.dumps([one["Properties"].get("Events", {}) for one in FUNCTIONS.values()])
