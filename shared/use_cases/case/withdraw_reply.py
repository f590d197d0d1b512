"""An agent takes back a reply that is still held."""

from dataclasses import dataclass

from shared.domain.case.withdraw import withdraw
from shared.domain.change import Change, Ref
from shared.domain.errors import Refused
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.customer.find_customer import head_of

BEHIND = 100  # lines that may follow within the seconds of second thoughts


@dataclass(frozen=True, slots=True)
class WithdrawReply:
    """Raises Refused with the reason the agent is shown."""

    store: Store
    now: Moment

    def __call__(
        self, agent_id: str, customer_id: str, case_id: str, member: str, seq: int, key: str
    ) -> Entry:
        """The line that says so. The reply lies under `member`, who is this customer or was merged into them;
        only who wrote it takes it back. Refused `no_reply` (404) for any other.
        """
        asked = asking(agent_id, key, "withdraw", case_id, member, str(seq))

        def decide() -> Change:
            head = head_of(self.store, customer_id)
            if member not in (head.customer_id, *head.members):
                raise Refused("no_reply", status=404)
            held = self._written(agent_id, case_id, member, seq)
            behind = self.store.find(Entry, member, after=f"{seq:012}", limit=BEHIND)
            return withdraw(head, held, behind, asked, self.now())

        return once_per_key(self.store, asked, decide)

    def _written(self, agent_id: str, case_id: str, member: str, seq: int) -> Entry:
        """Refused `no_reply` (404) for what is none of this agent in this case."""
        entry = self.store.get(Ref(Entry, member, seq))
        if entry is None or (entry.actor, entry.case_id) != (f"agent:{agent_id}", case_id):
            raise Refused("no_reply", status=404)
        return entry
