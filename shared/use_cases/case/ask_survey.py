"""A case was closed: ask how it was, or write down why not."""

from dataclasses import dataclass

from shared.domain.case.survey import survey
from shared.domain.change import Ref
from shared.domain.customer.evidence import Consent
from shared.domain.customer.kept import Case
from shared.domain.errors import Conflict
from shared.domain.timeline.bus_facts import Fact
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class AskSurvey:
    """One decision per closing of a case; the same event again finds its key used."""

    store: Store
    now: Moment

    def __call__(self, closed: Fact) -> None:
        retry_on_conflict(lambda: self._ask(closed))

    def _ask(self, closed: Fact) -> None:
        now = self.now()
        head = head_of(self.store, closed.customer_id)
        member = str(closed.data.get("member") or closed.customer_id)
        last = (Ref(Consent, head.last.way.address),) if head.last else ()
        kept, *said = self.store.get_all(Ref(Case, member, closed.case_id), *last)
        if kept is None:
            return
        try:
            self.store.commit(*survey(head, kept, said[0] if said else None, closed, now))
        except Conflict as conflict:
            if 0 not in conflict.failed:
                raise
