"""Log lines by pages, and by a field of theirs.

The embedded AWS takes any pattern of JSON for "every line", and tells of no lines behind the 10,000th; on AWS
a page that is not the last names the next one (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/
API_FilterLogEvents.html). A ledger by names would miss all that stands behind.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch_logs

PAGE = 10_000
HAS_FIELD = re.compile(r"\{\s*\$\.(\w+)\s*=\s*\*\s*\}")


def install() -> None:
    """A token is the moment at which the next page begins, so no page ends within a millisecond."""
    ask, compiled = cloudwatch_logs._filter_log_events, cloudwatch_logs._compile_filter_pattern

    def page(data: dict[str, Any]) -> Any:
        if token := data.get("nextToken"):
            data = data | {"startTime": int(token)}
        status, headers, body = ask(data)
        told = json.loads(body)
        events = told.get("events", [])
        if status == 200 and len(events) >= min(data.get("limit", PAGE), PAGE):
            last = events[-1]["timestamp"]
            whole = [event for event in events if event["timestamp"] < last]
            told |= {"events": whole or events, "nextToken": str(last if whole else last + 1)}
        return status, headers, json.dumps(told, ensure_ascii=False).encode()

    cloudwatch_logs._filter_log_events = page
    cloudwatch_logs._compile_filter_pattern = lambda raw: _by_field(raw) or compiled(raw)


def _by_field(pattern: str) -> Callable[[str], bool] | None:
    """None for a pattern of another form."""
    found = HAS_FIELD.fullmatch(pattern.strip()) if pattern else None
    if found is None:
        return None
    name = f'"{found[1]}":'
    return lambda line: name in line
