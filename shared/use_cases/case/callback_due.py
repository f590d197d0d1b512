"""A timer: the time a customer wished to be called at, or of the next try, has come."""

from shared.domain.case.callback import comes_due
from shared.domain.channel.commands import Due
from shared.domain.customer.head import ContactState
from shared.domain.timeline.append import case_of, contact_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict


def callback_due(store: Store, now: Moment, due: Due) -> None:
    """Back into the queue. Nothing where the wish is another by now: it has a timer of its own."""

    def once() -> None:
        head, moment = head_of(store, due.customer_id), now()
        case = case_of(head, due.case_id)
        contact = contact_of(case, due.reference) if case else None
        wished = contact.callback.not_before if contact and contact.callback else None
        if case and contact and contact.state is ContactState.LATER and wished and wished <= moment.at:
            store.commit(*comes_due(head, case, contact, moment))

    retry_on_conflict(once)
