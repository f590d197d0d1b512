"""An agent leaves a note, for staff alone."""

from dataclasses import dataclass

from shared.domain.case.reply import note
from shared.domain.change import Change
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.reply_to_customer import written_words
from shared.use_cases.customer.find_customer import head_of


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Raises Refused with the reason the agent is shown."""

    store: Store
    now: Moment

    def __call__(self, agent_id: str, customer_id: str, case_id: str, text: str, key: str) -> Entry:
        words = written_words(text)
        asked = asking(agent_id, key, "note", case_id, words)

        def decide() -> Change:
            return note(head_of(self.store, customer_id), case_id, agent_id, words, asked, self.now())

        return once_per_key(self.store, asked, decide)
