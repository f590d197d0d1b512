"""An agent leaves a note, for staff alone, and may call colleagues in it: those are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.case.reply import note
from shared.domain.change import Change, Ref
from shared.domain.desk.notices import notices
from shared.domain.errors import Refused
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import first_entry
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.reply_to_customer import written_words
from shared.use_cases.customer.find_customer import head_of

MOST_MENTIONED = 10


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Raises Refused with the reason the agent is shown: of those who are mentioned `too_many_mentioned` and
    `nobody_mentioned` (422), for more than 10 and for who is no agent.
    """

    store: Store
    now: Moment

    def __call__(
        self,
        agent_id: str,
        customer_id: str,
        case_id: str,
        text: str,
        key: str,
        mentioned: Sequence[str] = (),
    ) -> Entry:
        """`mentioned` are agents' ids. Who mentions themselves is told nothing."""
        words = written_words(text)
        called = tuple(sorted({*mentioned} - {agent_id}))
        asked = asking(agent_id, key, "note", case_id, words, *called)

        def decide() -> Change:
            self._known(called)
            head = head_of(self.store, customer_id)
            change = note(head, case_id, agent_id, words, asked, self.now(), called)
            return (*change, *notices(first_entry(change)))

        return once_per_key(self.store, asked, decide)

    def _known(self, called: Sequence[str]) -> None:
        if len(called) > MOST_MENTIONED:
            raise Refused("too_many_mentioned", status=422)
        if called and not all(self.store.get_all(*(Ref(Agent, id) for id in called))):
            raise Refused("nobody_mentioned", status=422)
