"""EventBridge: facts for the surveys, the reports and whoever subscribes."""

from collections.abc import Callable, Sequence
from typing import Any

from shared.adapters import codec
from shared.adapters.clients import FAILURES
from shared.adapters.rehearsal import rehearsal
from shared.domain.errors import TryAgain
from shared.domain.timeline.bus_facts import Fact
from shared.domain.times import iso

BATCH = 10  # what PutEvents takes at once
SOURCE = "patchbay"

Line = dict[str, Any]


class Bus:
    """Announces up to 10 facts a request. Every consumer knows a repeat by customer, seq and name."""

    def __init__(self, client: Callable[[], Any], name: Callable[[], str]) -> None:
        self._client, self._name = client, name

    def put(self, facts: Sequence[Fact]) -> None:
        """Announce all or raise TryAgain, whereupon some may be out."""
        lines = [self._line(fact) for fact in facts]
        for start in range(0, len(lines), BATCH):
            left = self._failed(self._failed(lines[start : start + BATCH]))
            if left:
                raise TryAgain(f"the bus refused {len(left)} facts")

    def rehearse(self) -> None:
        with rehearsal(self._client()):
            self._client().put_events(Entries=[])

    def _failed(self, lines: list[Line]) -> list[Line]:
        if not lines:
            return []
        try:
            answer = self._client().put_events(Entries=lines)
        except FAILURES as error:
            raise TryAgain("the bus did not answer") from error
        if not answer.get("FailedEntryCount"):
            return []
        return [line for line, told in zip(lines, answer["Entries"], strict=True) if told.get("ErrorCode")]

    def _line(self, fact: Fact) -> Line:
        return {
            "EventBusName": self._name(),
            "Source": SOURCE,
            "DetailType": fact.name,
            "Time": fact.at,
            "Detail": codec.encode(detail(fact)),
        }


def detail(fact: Fact) -> dict[str, Any]:
    """The body of a bus event (events/bus/*.json): ids and measures, no text, no address."""
    told = codec.plain(fact)
    return {key: value for key, value in told.items() if key != "name"} | {"at": iso(fact.at)}
