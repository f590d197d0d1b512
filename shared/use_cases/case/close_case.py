"""An agent ends a case with its outcome, and a last note if there is one: all of it or nothing."""

from dataclasses import dataclass

from shared.domain.case.close import Closing, close
from shared.domain.change import Change, Ref
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.errors import Refused
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.reply_to_customer import written_words
from shared.use_cases.customer.find_customer import head_of


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Raises Refused with the reason; then nothing was written, and the same key may be used again."""

    store: Store
    now: Moment

    def __call__(
        self, agent_id: str, customer_id: str, case_id: str, disposition: str, note: str, key: str
    ) -> None:
        words = written_words(note) if note.strip() else ""
        asked = asking(agent_id, key, "close", case_id, disposition, words)

        def decide() -> Change:
            head, agent = head_of(self.store, customer_id), self.store.get(Ref(Agent, agent_id))
            case = case_of(head, case_id)
            kept = self.store.get(Ref(Case, case.member, case_id)) if case else None
            if agent is None or case is None or kept is None:
                raise Refused("case_closed", status=409)
            closing = Closing(agent, disposition, words, asked)
            return close(head, kept, exchanges_of(self.store, head, case_id), closing, self.now())

        once_per_key(self.store, asked, decide)


def exchanges_of(store: Store, head: Head, case_id: str) -> list[Interaction]:
    """All of a case, also those that came by the address of another member: one query for each."""
    members = (head.customer_id, *head.members)
    return [e for member in members for e in store.find(Interaction, member, case_id)]
