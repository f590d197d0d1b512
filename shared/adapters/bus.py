"""EventBridge: facts for the surveys, the reports and whoever subscribes."""

from collections.abc import Callable, Sequence
from typing import Any

from shared.adapters import codec, refusals
from shared.adapters.clients import FAILURES
from shared.adapters.rehearsal import rehearsal
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
        """Announce all or raise TryAgain, or Malformed for what the bus never takes; some may be out then."""
        lines = [self._line(fact) for fact in facts]
        for start in range(0, len(lines), BATCH):
            refused = self._refused([line for line, _ in self._refused(lines[start : start + BATCH])])
            if refused:
                lasting = any(code in refusals.FOR_GOOD for _, code in refused)
                raise refusals.of(lasting, f"the bus refused {len(refused)} facts")

    def rehearse(self) -> None:
        with rehearsal(self._client()):
            self._client().put_events(Entries=[])

    def _refused(self, lines: list[Line]) -> list[tuple[Line, str]]:
        """One request; the lines it did not take, each with the reason."""
        if not lines:
            return []
        try:
            answer = self._client().put_events(Entries=lines)
        except FAILURES as error:
            raise refusals.meaning(error, "the bus did not answer") from error
        if not answer.get("FailedEntryCount"):
            return []
        told = zip(lines, answer["Entries"], strict=True)
        return [(line, entry["ErrorCode"]) for line, entry in told if entry.get("ErrorCode")]

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
