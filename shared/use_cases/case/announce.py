"""A timer: a waiting customer is told what their queue announces, each thing once."""

from dataclasses import replace

from shared.domain.case.waiting_words import spoken
from shared.domain.case.ways import may_speak
from shared.domain.change import ANY, Change, Put, Ref
from shared.domain.channel.commands import Due, due_row
from shared.domain.customer.automatic import noted
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.customer.language import language_for
from shared.domain.now import Now
from shared.domain.queue import Announcement
from shared.domain.routing.announcing import WAITS, asks_place, due_now, key_of, next_one, words_of
from shared.domain.timeline.append import case_of, contact_of, written
from shared.domain.timeline.once import REMEMBERED, RequestKey
from shared.domain.timeline.outbound import said_by_us
from shared.domain.words.place_words import place_words
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.see_position import SeePosition

ACTOR = "system:announce"


def announce(store: Store, now: Moment, due: Due) -> None:
    """Say what is due, and arm what comes next. Late, twice, or to who waits no more: nothing."""

    def once() -> None:
        head, moment = head_of(store, due.customer_id), now()
        case = case_of(head, due.case_id)
        contact = contact_of(case, due.reference) if case else None
        told = due_now(contact, moment) if contact else None
        if not (case and contact and told) or contact.callback or contact.state not in WAITS:
            return
        key = key_of(contact, told)
        if store.get(Ref(RequestKey, ACTOR, key)):
            return
        used = RequestKey(ACTOR, key, case.member, head.version, moment.at + REMEMBERED)
        following = next_one(contact, moment, told.after_seconds)
        rows = (Put(due_row(replace(due, at=timer.at), moment.at), over=ANY) for timer in following)
        store.commit(Put(used), *_said(store, head, case, contact, told, moment), *rows)

    retry_on_conflict(once)


def _said(store: Store, head: Head, case: OpenCase, contact: Contact, told: Announcement, now: Now) -> Change:
    """Nothing while it rings, where the exchange is over, or where programs may not write now."""
    going = next((one for one in case.interactions if one.id == contact.interaction_id), None)
    rings = contact.state is ContactState.OFFERED
    if going is None or rings or not may_speak(head, going.way, now):
        return ()
    words = _words(store, head, contact, told, now)
    return _message(head, case, going, words, now) if words else ()


def _words(store: Store, head: Head, contact: Contact, told: Announcement, now: Now) -> str:
    language = language_for(head, now)
    if not asks_place(told):
        return words_of(told, language, now)
    place = SeePosition(store)(contact, now)
    position = place_words(place.position, language, place.about)
    return words_of(told, language, now, position, spoken(place.wait, language))


def _message(head: Head, case: OpenCase, going: OpenInteraction, words: str, now: Now) -> Change:
    entry = said_by_us(head, going.way, case.id, going.id, words, now)
    return written(head, noted(head, going.channel, now), entry)
