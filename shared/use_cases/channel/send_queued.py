"""The queued messages to one address, in the order of their seq: claim, render, call, record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.change import ANY, Put, Ref, Write
from shared.domain.channel.carriage import Failed, Later, NoAnswer, Result, Sent, Waits
from shared.domain.channel.commands import Due, Send, due_row
from shared.domain.channel.sent_as import sent_as
from shared.domain.customer.evidence import Consent
from shared.domain.customer.suppression import OPTED_OUT, why_stopped
from shared.domain.errors import Conflict, Rejected, TryAgain
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.rising import rises
from shared.ports import Moment, Store
from shared.use_cases.channel.release_reply import let_go
from shared.use_cases.channel.still_to_go import still_to_go
from shared.use_cases.channel.worded import worded
from shared.use_cases.retry_on_conflict import retry_on_conflict

CLAIM = timedelta(seconds=30)
Carry = Callable[[Entry], Result | NoAnswer]


@dataclass(frozen=True, slots=True)
class SendQueued:
    """One provider call per message: queued → sending → sent, failed or unknown.

    A claim that is found past its time means that somebody died between calling and recording: the
    state becomes unknown and nobody calls again. Raises TryAgain while a message may still go out.
    """

    store: Store
    now: Moment
    carry: Carry

    def __call__(self, command: Send) -> None:
        for entry in still_to_go(self.store, command):
            self._send(entry)

    def give_up(self, command: Send, reason: str) -> None:
        """What cannot be sent becomes failed, or unknown if it may have gone: it must not look queued."""
        entry = self.store.get(Ref(Entry, command.timeline, command.seq))
        if entry and entry.delivery is Delivery.QUEUED:
            self._record(entry, Delivery.FAILED, reason)
        elif entry and entry.delivery is Delivery.SENDING:
            self._record(entry, Delivery.UNKNOWN, reason)

    def _send(self, entry: Entry) -> None:
        if entry.delivery is Delivery.HELD:
            self._wait_for(entry)
        elif entry.delivery is Delivery.SENDING:
            self._look_after(entry)
        elif entry.give_up_at and self.now().at >= entry.give_up_at:
            self._record(entry, Delivery.FAILED, "gave_up")
        elif stopped := self._stopped(entry):
            self._record(entry, Delivery.FAILED, stopped)
        else:
            self._claim_and_carry(entry)

    def _wait_for(self, held: Entry) -> None:
        """What was written behind a held reply leaves behind it. Raises TryAgain; where the time is over and
        its timer late, it is let go first.
        """
        if held.held_until and self.now().at >= held.held_until:
            let_go(self.store, held)
        raise TryAgain("an earlier reply is held")

    def _claim_and_carry(self, entry: Entry) -> None:
        try:
            carried = worded(self.store, self.now(), entry)
        except Rejected as reason:
            self._record(entry, Delivery.FAILED, str(reason))
            return
        claimed = self._claim(entry)
        self._settle(claimed, self._carried(replace(claimed, content=carried.content)))

    def _carried(self, entry: Entry) -> Result | NoAnswer:
        try:
            return self.carry(entry)
        except Rejected as reason:
            return Failed(str(reason))

    def _claim(self, entry: Entry) -> Entry:
        """The entry as claimed. Raises TryAgain where another hand was faster: that may have been our own
        request, made twice by the client. Whoever comes back finds it settled, or a claim that is over.

        Who dies on the first try is followed by the command, which comes again. Later tries have a timer
        each, since any of them may be the command's last.
        """
        claimed = replace(
            entry,
            delivery=Delivery.SENDING,
            attempt_until=self.now().at + CLAIM,
            version=entry.version + 1,
        )
        try:
            self.store.commit(Put(claimed, over=entry.version))
        except Conflict as error:
            raise TryAgain("another hand is sending it") from error
        if entry.version > 1:
            self._arm("claim", claimed, claimed.attempt_until)
        return claimed

    def _arm(self, what: str, entry: Entry, at: datetime | None) -> None:
        """A row for the minute's round to look at the entry."""
        if at:
            due = Due(at, what, entry.timeline, entry.case_id, str(entry.seq))
            self.store.commit(Put(due_row(due), over=ANY))

    def _settle(self, claimed: Entry, result: Result | NoAnswer) -> None:
        if isinstance(result, Sent):
            self._record(claimed, Delivery.SENT, "", result.provider_id)
        elif isinstance(result, Failed):
            self._refused(claimed, result)
        elif isinstance(result, NoAnswer):
            self._record(replace(claimed, delivery_code=result.code), Delivery.UNKNOWN, result.reason)
        else:
            self._put_back(claimed, result)

    def _refused(self, claimed: Entry, result: Failed) -> None:
        """Where the carrier says that they opted out, the way is closed at once: nothing more is tried."""
        if result.reason == OPTED_OUT and claimed.address:
            self.store.commit(Put(Consent(claimed.address, True, self.now().at, OPTED_OUT), over=ANY))
        self._record(replace(claimed, delivery_code=result.code), Delivery.FAILED, result.reason)

    def _put_back(self, claimed: Entry, result: Later | Waits) -> None:
        """Nothing left the house: queued again, while the claim is ours. Waits goes out when the customer
        comes back; a timer sees to it that the desk is told if they do not.
        """
        try:
            ours = self._unclaim(claimed, claimed)
        except Conflict:
            ours = retry_on_conflict(lambda: self._unclaim(claimed, self._stored(claimed)))
        if ours and isinstance(result, Later):
            raise TryAgain(result.reason)
        if ours:
            self._arm("collect", claimed, claimed.give_up_at)

    def _unclaim(self, claimed: Entry, stored: Entry | None) -> bool:
        """Queued again with all that was heard meanwhile; False where another word stands by now."""
        told = (stored.delivery, stored.attempt_until) if stored else None
        if stored is None or told != (Delivery.SENDING, claimed.attempt_until):
            return False
        back = replace(stored, delivery=Delivery.QUEUED, attempt_until=None, version=stored.version + 1)
        self.store.commit(Put(back, over=stored.version))
        return True

    def _stored(self, entry: Entry) -> Entry | None:
        return self.store.get(Ref(Entry, entry.timeline, entry.seq))

    def _look_after(self, entry: Entry) -> None:
        if entry.attempt_until and self.now().at < entry.attempt_until:
            raise TryAgain("another hand is sending it")
        self._record(entry, Delivery.UNKNOWN, "no_answer")

    def _record(self, entry: Entry, state: Delivery, reason: str, provider_id: str = "") -> None:
        over = replace(entry, delivery=state, delivery_reason=reason, attempt_until=None)
        self._write(entry, replace(over, provider_id=provider_id))

    def _write(self, before: Entry, after: Entry) -> None:
        """An early callback may have come meanwhile: what it heard stays, and a state that outranks ours."""
        known = replace(after, version=before.version + 1)
        try:
            self.store.commit(Put(known, over=before.version), *self._name(after))
        except Conflict:
            retry_on_conflict(lambda: self._rise(after))

    def _rise(self, after: Entry) -> None:
        stored = self._stored(after)
        if stored is None or after.delivery is None or not rises(stored.delivery, after.delivery):
            return
        known = replace(after, heard=stored.heard, version=stored.version + 1)
        self.store.commit(Put(known, over=stored.version), *self._name(after))

    def _name(self, sent: Entry) -> tuple[Write, ...]:
        """Where the provider speaks of messages by its own ids alone: which message this id is."""
        now = self.now()
        asked = now.channels.of(sent.channel).found_by_provider_id
        return (Put(sent_as(sent, now.at), over=ANY),) if sent.provider_id and asked else ()

    def _stopped(self, entry: Entry) -> str:
        """Why this entry may not go to its address, nor to where its answers are asked to; "" when it may."""
        asked = dict.fromkeys((entry.address, entry.way.recipient))
        said = (self.store.get(Ref(Consent, address)) for address in asked)
        return next((why for one in said if (why := why_stopped(one, entry.by_agent))), "")
