"""A timer: an exchange that fell silent has ended."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.case.attach import awaits, silence, silent_at
from shared.domain.case.close import abandon
from shared.domain.case.end_interaction import abandons, end_interaction
from shared.domain.change import ANY, Put, Ref
from shared.domain.channel.commands import Due, due_row
from shared.domain.customer.call import Call
from shared.domain.customer.head import Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case
from shared.domain.now import Now
from shared.domain.session.socket import SocketOf
from shared.domain.timeline.append import case_of
from shared.ports import Moment, Store
from shared.use_cases.case.leave import agent_on
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.withdraw_offer import withdraw_offer

LONGEST_CALL = timedelta(hours=24)  # the carrier ends a longer one: its last word was lost
LATE = timedelta(minutes=5)  # a round may be a minute late, and a timer that failed is put off


def end_silent(store: Store, now: Moment, due: Due) -> None:
    """End the exchange, or look again when it may be silent: they may have spoken since."""
    retry_on_conflict(lambda: _look(store, now(), due))


def _look(store: Store, now: Now, due: Due) -> None:
    head = head_of(store, due.customer_id)
    case = case_of(head, due.case_id)
    going = next((i for i in case.interactions if i.id == due.reference), None) if case else None
    if case is None or going is None:
        return
    quiet_at = silent_at(case, going, now)
    if quiet_at <= now.at and _holds(store, case, going, due, now):
        quiet_at = now.at + silence(going.channel, now)
    if quiet_at > now.at:  # a row, as nothing sends to the queue it is fed by
        store.commit(Put(due_row(replace(due, at=quiet_at)), over=ANY))
    else:
        _end(store, head, case, going, now)


def _holds(store: Store, case: OpenCase, going: OpenInteraction, due: Due, now: Now) -> bool:
    """Whether somebody still waits for us: with the line open; or, as we took in their words late, until we
    had our time to answer. That first timer comes late, and no later one is armed for so early a moment.
    On the phone nobody is silent while they talk.
    """
    if now.channels.of(going.channel).calls:
        return _talks(store.get(Ref(Call, going.member, going.id)), now)
    if not awaits(case, going, now):
        return False
    first = due.at <= silent_at(case, going, now)
    if first and now.at - due.at > LATE:
        return True
    lines = store.find(SocketOf, str(going.address))
    return any(line.expires_at > now.at for line in lines)


def _talks(call: Call | None, now: Now) -> bool:
    on_the_line = call is not None and (call.customer is not None or bool(call.staff()))
    return on_the_line and call is not None and now.at - call.started_at < LONGEST_CALL


def _end(store: Store, head: Head, case: OpenCase, gone: OpenInteraction, now: Now) -> None:
    withdraw_offer(store, head, case, gone, now)
    kept = store.get(Ref(Case, case.member, case.id)) if abandons(case, gone, now) else None
    if kept:
        store.commit(*abandon(head, kept, case, "", now))
    else:
        agent = agent_on(store, case, gone)
        store.commit(*end_interaction(head, case, gone, "silence", now, agent=agent))
