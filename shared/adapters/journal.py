"""The names of acceptances, read back from the lines that doors, router and recorder write into the log."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from shared.adapters import codec
from shared.adapters.clients import FAILURES
from shared.adapters.rehearsal import rehearsal
from shared.domain.channel.named import Named
from shared.domain.errors import Malformed, TryAgain

SPACE = "Patchbay/"  # what a namespace begins with; the rest is the stack's name
# Log groups as CloudFormation names them: <stack>-<name in the template>-<letters>, and the stack of a
# channel's door is named so too. The comparer takes in what was found late, as a
# door does. The embedded AWS calls them /aws/cloudformation/<stack>/<name>.
DOORS = r"(/aws/cloudformation/)?{stack}[-/](.*WebhookLog|.*ReaderLog|.*ComparerLog|ChatSocketLog)(-\w+)?"
CONSUMERS = r"(/aws/cloudformation/)?{stack}[-/](RouterLog|DeliveryRecorderLog)(-\w+)?"
# docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
ACCEPTED, SETTLED = "{ $.Accepted = * }", "{ $.settled = * }"
Line = Mapping[str, Any]


class AwsJournal:
    """CloudWatch Logs, which asks nothing for being read this way. Lines come a moment late."""

    def __init__(self, logs: Callable[[], Any], namespace: Callable[[], str]) -> None:
        """`namespace` is the stack's own, and names it: the doors of another centre are not asked."""
        self._logs, self._namespace = logs, namespace

    def accepted(self, begin: datetime, end: datetime) -> Iterator[Named]:
        for at, line in self._lines(DOORS, ACCEPTED, begin, end):
            if "Accepted" in line and _namespace(line) == self._namespace():
                yield from _named(line, str(line["channel"]), at)

    def settled(self, begin: datetime, end: datetime) -> Iterator[Named]:
        for _, line in self._lines(CONSUMERS, SETTLED, begin, end):
            if "settled" in line:
                at = datetime.fromtimestamp(int(line["minute"]) * 60, UTC)
                yield from _named(line, str(line["settled"]), at)

    def rehearse(self) -> None:
        with rehearsal(self._logs()):
            list(self._groups(DOORS))
            list(self._of_group("none", ACCEPTED, 0, 1))

    def _lines(
        self, groups: str, pattern: str, begin: datetime, end: datetime
    ) -> Iterator[tuple[datetime, Line]]:
        span = (_ms(begin), _ms(end) - 1)  # the last millisecond belongs to it, for CloudWatch
        try:
            for group in self._groups(groups):
                yield from self._of_group(group, pattern, *span)
        except FAILURES as error:
            raise TryAgain("the log did not answer") from error

    def _groups(self, pattern: str) -> Iterator[str]:
        stack = self._namespace().removeprefix(SPACE)
        ours = re.compile(pattern.format(stack=re.escape(stack)))
        pages = self._logs().get_paginator("describe_log_groups").paginate(logGroupNamePattern=stack)
        names = [str(group["logGroupName"]) for page in pages for group in page.get("logGroups", ())]
        return (name for name in names if ours.fullmatch(name))

    def _of_group(self, group: str, pattern: str, begin: int, end: int) -> Iterator[tuple[datetime, Line]]:
        pages = self._logs().get_paginator("filter_log_events")
        asked = {"logGroupName": group, "filterPattern": pattern, "startTime": begin, "endTime": end}
        for page in pages.paginate(**asked):
            for event in page.get("events", ()):
                if line := _read(event["message"]):
                    yield datetime.fromtimestamp(event["timestamp"] / 1000, UTC), line


def _read(message: str) -> Line:
    """A line of ours is JSON; the platform's own may be text."""
    try:
        return codec.decode(message, dict[str, Any])
    except Malformed:
        return {}


def _named(line: Line, channel: str, at: datetime) -> Iterator[Named]:
    return (Named(channel, name, at) for name in str(line.get("of", "")).split())


def _namespace(line: Line) -> str:
    return str(line["_aws"]["CloudWatchMetrics"][0]["Namespace"])


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
