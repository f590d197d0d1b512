"""The card's form: what is sent, what two people changed at once, amounts, and the trend of the answers."""

import json
from typing import Any

import pytest

from tests.support.node import needs_node, run

pytestmark = needs_node
BROWSER = 'Object.assign(globalThis, { document: { documentElement: {} }, navigator: { language: "en" } });\n'
BASE: dict[str, Any] = {
    "version": 3,
    "name": "Kim",
    "company": "",
    "language": "",
    "tags": ["vip", "delivery"],
    "fields": {"plan": "free"},
    "value": 100,
    "pinned": {"text": "Calls back"},
}
TOLD: dict[str, Any] = {
    "name": "Kim",
    "company": "",
    "language": "",
    "tags": ["delivery", "vip"],
    "fields": {"plan": "free", "city": ""},
    "value": "100",
    "pinned": "Calls back",
}


def edits(call: str) -> Any:
    names = "changed, conflicts, rebased, without"
    return run(f'import {{ {names} }} from "%/desk/customer/edits.js"; say({call});')


def js(value: object) -> str:
    return json.dumps(value)


def test_a_form_in_which_nothing_was_changed_sends_nothing() -> None:
    assert edits(f"changed({js(BASE)}, {js(TOLD)})") == {}


def test_only_what_was_changed_is_sent_and_an_emptied_part_as_empty() -> None:
    told = TOLD | {"name": "", "tags": ["vip"], "value": "", "fields": {"plan": "", "city": "Busan"}}

    assert edits(f"changed({js(BASE)}, {js(told)})") == {
        "name": "",
        "tags": ["vip"],
        "value": "",
        "fields": {"plan": "", "city": "Busan"},
    }


def test_only_parts_that_both_changed_to_something_else_are_in_dispute() -> None:
    theirs = BASE | {"version": 4, "name": "Lee", "company": "Teahouse", "fields": {"plan": "pro"}}
    mine = {"name": "Park", "value": "5", "company": "Teahouse", "fields": {"plan": "basic"}}

    assert edits(f"conflicts({js(BASE)}, {js(theirs)}, {js(mine)})") == ["name", "field.plan"]


def test_what_the_other_wrote_stays_where_it_was_chosen_and_what_is_so_already_is_not_sent() -> None:
    theirs = BASE | {"company": "Teahouse"}
    mine = {"name": "Park", "company": "Teahouse", "fields": {"plan": "pro"}}

    assert edits(f"without({js(mine)}, ['name', 'field.plan'])") == {"company": "Teahouse"}
    assert edits(f"rebased({js(theirs)}, {js(mine)})") == {"name": "Park", "fields": {"plan": "pro"}}


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("12,500,000", "KRW", "12500000"),
        ("₩ 300", "KRW", "300"),
        ("12.5", "USD", "1250"),
        ("$1,000.05", "USD", "100005"),
        ("", "KRW", ""),
        ("0", "KRW", "0"),
        ("12.5", "KRW", None),
        ("-3", "USD", None),
        ("a lot", "KRW", None),
        ("1.234", "USD", None),
    ],
)
def test_an_amount_is_kept_in_minor_units(typed: str, currency: str, minor: str | None) -> None:
    script = BROWSER
    script += 'const { read } = await import("%/desk/customer/money.js");'

    assert run(f"{script} say(read({js(typed)}, {js(currency)}));") == minor


@pytest.mark.parametrize(
    ("scores", "direction"),
    [
        ([], ""),
        ([3], ""),
        ([2, 4], "rising"),
        ([5, 5, 1], "falling"),
        ([4, 4], "steady"),
        ([1, 5, 1, 5], "steady"),
    ],
)
def test_the_trend_is_that_of_the_newer_answers_against_the_older(scores: list[int], direction: str) -> None:
    script = BROWSER
    script += 'const { direction } = await import("%/desk/customer/trend.js");'

    assert run(f"{script} say(direction({js(scores)}));") == direction
