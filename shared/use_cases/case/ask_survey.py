"""A case was closed: ask how it was, or write down why not."""

from dataclasses import dataclass
from typing import Any

from shared.domain.case.survey import survey
from shared.domain.change import Ref
from shared.domain.customer.call import Call
from shared.domain.customer.evidence import Consent
from shared.domain.customer.head import LastMessage
from shared.domain.customer.kept import Case
from shared.domain.errors import Conflict
from shared.domain.now import Now
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
        last: tuple[Ref[Any], ...] = ()
        if head.last:
            last = (Ref(Consent, head.last.way.address), *_call(head.last, now))
        kept, *said = self.store.get_all(Ref(Case, member, closed.case_id), *last)
        if kept is None:
            return
        consent, call = (*said, None, None)[:2]
        try:
            self.store.commit(*survey(head, kept, consent, closed, now, call))
        except Conflict as conflict:
            if 0 not in conflict.failed:
                raise


def _call(last: LastMessage, now: Now) -> tuple[Ref[Call], ...]:
    """The call in which they were heard last, where it was one."""
    calls = now.channels.of(last.way.channel).calls
    return (Ref(Call, last.way.member, last.interaction_id),) if calls else ()
