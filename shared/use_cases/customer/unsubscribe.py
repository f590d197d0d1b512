"""A customer ends the messages that our programs write to one of their addresses."""

from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import ANY, Put, Ref
from shared.domain.customer.evidence import Consent, Link
from shared.domain.customer.head import Head
from shared.domain.customer.suppression import UNSUBSCRIBED, reason_of
from shared.domain.errors import Refused
from shared.domain.ids import short
from shared.domain.timeline.append import next_entry, written
from shared.domain.timeline.entry import Entry, Kind
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict

LAST_LINES = 100


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Once is as good as ten times: who is unsubscribed, or stopped more than that, stays so."""

    store: Store
    now: Moment

    def __call__(self, customer_id: str, named: str, channel: str) -> bool:
        """`named` is the short hash of the address. False where we know of no such customer or address."""
        try:
            return retry_on_conflict(lambda: self._end(head_of(self.store, customer_id), named, channel))
        except Refused:
            return False

    def _end(self, head: Head, named: str, channel: str) -> bool:
        address = self._address(head, named)
        if address is None:
            return False
        if not reason_of(self.store.get(Ref(Consent, address))):
            now, way = self.now(), Way(channel, address)
            told = {"actor": "customer", "way": way, "facts": {"reason": UNSUBSCRIBED}}
            line = next_entry(head, now, Kind.OPTED_OUT, **told)
            stop = Consent(address, True, now.at, UNSUBSCRIBED)
            self.store.commit(*written(head, head, line), Put(stop, over=ANY))
        return True

    def _address(self, head: Head, named: str) -> Address | None:
        """One of theirs, or of somebody whose mail joined a conversation of theirs."""
        members = (head.customer_id, *head.members)
        theirs = [link.address for member in members for link in self.store.find(Link, member)]
        found = next((address for address in theirs if short(str(address)) == named), None)
        return found or next((a for m in members for a in self._lately(m) if short(str(a)) == named), None)

    def _lately(self, member: str) -> list[Address]:
        lines = self.store.find(Entry, member, limit=LAST_LINES, newest_first=True)
        return [line.address for line in lines]
