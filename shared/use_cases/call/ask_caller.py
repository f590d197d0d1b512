"""A question that is asked on the telephone: the survey, of who is still on the line."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from shared.domain.change import Ref
from shared.domain.channel.carriage import Failed, NoAnswer, Result
from shared.domain.channel.commands import Send
from shared.domain.customer.call import Call, Spot
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.ports import Moment, Store
from shared.use_cases.call.change_call import changed
from shared.use_cases.channel.send_queued import SendQueued
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class AskCaller:
    """As any message is sent: once, and its state is written down. Then the customer is where it is asked."""

    store: Store
    now: Moment
    send: Callable[[Entry], Result | NoAnswer]

    def __call__(self, entry: Entry, command: Send) -> None:
        self._sending()(command)
        sent = self.store.get(Ref(Entry, entry.timeline, entry.seq))
        if sent and sent.kind is Kind.SURVEY_ASKED and sent.delivery is Delivery.SENT:
            retry_on_conflict(lambda: self._at_survey(sent))

    def give_up(self, command: Send, reason: str) -> None:
        self._sending().give_up(command, reason)

    def _sending(self) -> SendQueued:
        return SendQueued(self.store, self.now, self._said)

    def _said(self, entry: Entry) -> Result | NoAnswer:
        call = self._call(entry)
        customer = call.customer if call else None
        if customer is None or not customer.sid:
            return Failed("call_over")
        return self.send(replace(entry, way=replace(entry.way, thread=customer.sid)))

    def _at_survey(self, entry: Entry) -> None:
        call = self._call(entry)
        if call:
            changed(self.store, replace(call, spot=Spot.SURVEY), call)

    def _call(self, entry: Entry) -> Call | None:
        return self.store.get(Ref(Call, entry.timeline, entry.interaction_id))
