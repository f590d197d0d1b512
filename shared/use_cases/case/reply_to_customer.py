"""An agent answers a customer, on whichever way reaches them."""

from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.case.reply import Reply, ReplyWay, going_way, owned, pick, refusal, reply, ways
from shared.domain.change import Change, Ref
from shared.domain.customer.evidence import Consent, Link, opted_out
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.text import clean
from shared.domain.timeline.entry import Entry
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key


@dataclass(frozen=True, slots=True)
class ReplyToCustomer:
    """Raises Refused with the reason the agent is shown."""

    store: Store
    now: Moment

    def __call__(
        self,
        agent_id: str,
        customer_id: str,
        case_id: str,
        channel: str,
        address: Address | None,
        text: str,
        key: str,
        origin: str = "",
    ) -> Entry:
        """`origin` is the socket it came by, if it came by one: that desk gets the entry as its answer."""
        words = written_words(text)

        def decide(head: Head, now: Now) -> Change:
            owned(head, case_id, agent_id)
            way = self._going(head, case_id, channel, address) or pick(self.ways(head, now), channel, address)
            return reply(head, Reply(agent_id, case_id, way, words, key, origin), now)

        return once_per_key(self.store, self.now, agent_id, customer_id, key, decide)

    def ways(self, head: Head, now: Now) -> tuple[ReplyWay, ...]:
        """How this customer can be answered: one query for each member."""
        members = (head.customer_id, *head.members)
        links = [link for member in members for link in self.store.find(Link, member)]
        return ways(head, links, self._opted_out(*(link.address for link in links)), now.channels)

    def _going(self, head: Head, case_id: str, channel: str, address: Address | None) -> Way | None:
        """The way of an exchange that goes on, unless the customer wants nothing there any more."""
        way = going_way(head, case_id, channel, address)
        return None if way is None or refusal(way.address, self._opted_out(way.address)) else way

    def _opted_out(self, *addresses: Address) -> frozenset[Address]:
        refs = [Ref(Consent, address) for address in dict.fromkeys(addresses)]
        return opted_out(*(self.store.get_all(*refs) if refs else ()))


def written_words(text: str) -> str:
    """The text as it is kept. Refused `empty` (422)."""
    words = clean(text).strip()
    if not words:
        raise Refused("empty", status=422)
    return words
