"""The embedded AWS gives log lines by pages and by field, as AWS does."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ministack.services import cloudwatch_logs

from infra.local import log_pages

GROUP = "/aws/cloudformation/centre/RouterLog"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What lies in the log; the hooks are in place for this test only."""
    for name in ("_filter_log_events", "_compile_filter_pattern"):
        monkeypatch.setattr(cloudwatch_logs, name, getattr(cloudwatch_logs, name))
    log_pages.install()
    cloudwatch_logs._create_log_group({"logGroupName": GROUP})
    cloudwatch_logs._create_log_stream({"logGroupName": GROUP, "logStreamName": "one"})
    yield cloudwatch_logs._log_groups[GROUP]["streams"]["one"]["events"]
    cloudwatch_logs._delete_log_group({"logGroupName": GROUP})


def a_line(at: int, message: str = '{"settled":"sms"}') -> dict[str, Any]:
    return {"timestamp": at, "message": message, "ingestionTime": at, "eventId": str(at)}


def asked(**more: Any) -> dict[str, Any]:
    _, _, body = cloudwatch_logs._filter_log_events({"logGroupName": GROUP, **more})
    told: dict[str, Any] = json.loads(body)
    return told


def all_pages(**more: Any) -> list[int]:
    """The moments of all lines, page by page."""
    found, token = [], None
    for _ in range(30):
        told = asked(**more, **({"nextToken": token} if token else {}))
        found += [event["timestamp"] for event in told["events"]]
        token = told.get("nextToken")
        if not token:
            return found
    raise AssertionError("the pages have no end")


def test_every_line_comes_once_over_all_pages(lines: list[dict[str, Any]]) -> None:
    lines += [a_line(1000 + n // 3) for n in range(20)]  # three in each millisecond

    assert all_pages(limit=7) == [line["timestamp"] for line in lines]


def test_a_last_page_names_no_other(lines: list[dict[str, Any]]) -> None:
    lines += [a_line(1000 + n) for n in range(6)]

    assert "nextToken" not in asked(limit=7)


def test_more_lines_than_a_page_in_one_millisecond_do_not_go_round_for_ever(
    lines: list[dict[str, Any]],
) -> None:
    lines += [a_line(1000) for _ in range(9)] + [a_line(1001)]

    assert all_pages(limit=4) == [1000] * 4 + [1001]


def test_a_pattern_asks_for_lines_that_have_a_field(lines: list[dict[str, Any]]) -> None:
    lines += [a_line(1000, "START RequestId: 1"), a_line(1001), a_line(1002, '{"Accepted":1}')]

    assert all_pages(filterPattern="{ $.settled = * }") == [1001]
    assert all_pages(filterPattern="START") == [1000]
    assert all_pages() == [1000, 1001, 1002]
