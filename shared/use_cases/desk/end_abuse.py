"""An agent warns an abusive customer, or ends the conversation; supervisors are told with it."""

from dataclasses import dataclass, replace

from shared.domain.case.abuse import end_abusive, warn, way_told
from shared.domain.case.close import Closing
from shared.domain.change import Change, Put, Ref, Write
from shared.domain.customer.evidence import Consent
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.declared import ABUSE
from shared.domain.desk.inbox import SUPERVISORS
from shared.domain.desk.notices import notices
from shared.domain.errors import Refused
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.close_case import exchanges_of
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.reply_to_customer import written_words
from shared.use_cases.customer.find_customer import head_of


@dataclass(frozen=True, slots=True)
class EndAbuse:
    """Raises Refused with the reason; then nothing was written, and the same key may be used again."""

    store: Store
    now: Moment

    def warn(self, agent_id: str, customer_id: str, case_id: str, key: str) -> None:
        asked = asking(agent_id, key, "abuse_notice", case_id)

        def decide() -> Change:
            head = head_of(self.store, customer_id)
            return warn(head, case_id, agent_id, self._consent(head, case_id), asked, self.now())

        once_per_key(self.store, asked, decide)

    def end(self, agent_id: str, customer_id: str, case_id: str, note: str, key: str) -> None:
        """Case, message, agent and the supervisors' notice: all of it or nothing."""
        words = written_words(note) if note.strip() else ""
        asked = asking(agent_id, key, "abuse", case_id, words)

        def decide() -> Change:
            head, agent = head_of(self.store, customer_id), self.store.get(Ref(Agent, agent_id))
            case = case_of(head, case_id)
            kept = self.store.get(Ref(Case, case.member, case_id)) if case else None
            if agent is None or case is None or kept is None:
                raise Refused("case_closed", status=409)
            closing, now = Closing(agent, ABUSE, words, asked), self.now()
            exchanges, consent = exchanges_of(self.store, head, case_id), self._consent(head, case_id)
            return _told_to_supervisors(end_abusive(head, kept, exchanges, closing, consent, now))

        once_per_key(self.store, asked, decide)

    def _consent(self, head: Head, case_id: str) -> Consent | None:
        way = way_told(head, case_id)
        return self.store.get(Ref(Consent, way.address)) if way else None


def _told_to_supervisors(change: Change) -> Change:
    """The closing line calls them, and their inbox has it."""
    called = tuple(_calling(write) for write in change)
    lines = (write.item for write in called if isinstance(write.item, Entry))
    return (*called, *(notice for line in lines for notice in notices(line)))


def _calling(write: Write) -> Write:
    line = write.item
    if not (isinstance(line, Entry) and isinstance(write, Put) and line.kind is Kind.CASE_CLOSED):
        return write
    signals = replace(line.signals, mentioned=(SUPERVISORS,))
    return replace(write, item=replace(line, signals=signals))
