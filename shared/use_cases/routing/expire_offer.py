"""A timer: an offer that nobody answered comes back."""

from shared.domain.channel.commands import Due
from shared.domain.timeline.append import case_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.answer_offer import AnswerOffer


def expire_offer(store: Store, now: Moment, due: Due) -> None:
    case = case_of(head_of(store, due.customer_id), due.case_id)
    for contact in case.contacts if case else ():
        if contact.offer_id == due.reference:
            AnswerOffer(store, now).expire(contact.agent, due.reference)
        if contact.ask_id == due.reference:
            AnswerOffer(store, now).expire(contact.asked, due.reference)
