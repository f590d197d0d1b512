"""An agent answers a customer, on whichever way reaches them."""

from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.case.reply import Reply, ReplyWay, going_way, owned, pick, reply, ways
from shared.domain.change import Change
from shared.domain.customer.evidence import Link
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
            going = going_way(head, case_id, channel, address)
            way = going or pick(self.ways(head, now), channel, address)
            return reply(head, Reply(agent_id, case_id, way, words, key, origin), now)

        return once_per_key(self.store, self.now, agent_id, customer_id, key, decide)

    def ways(self, head: Head, now: Now) -> tuple[ReplyWay, ...]:
        """How this customer can be answered: one query for each member."""
        members = (head.customer_id, *head.members)
        links = [link for member in members for link in self.store.find(Link, member)]
        return ways(head, links, now.channels)


def written_words(text: str) -> str:
    """The text as it is kept. Refused `empty` (422)."""
    words = clean(text).strip()
    if not words:
        raise Refused("empty", status=422)
    return words
