"""The customer ends the exchange: the widget was closed for good."""

from shared.domain.case.close import abandon, abandons, end_interaction
from shared.domain.case.receive import Known, fresh_customer, receipt
from shared.domain.change import Change, Put, Ref
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.head import OpenCase, OpenInteraction
from shared.domain.customer.kept import Case
from shared.domain.now import Now
from shared.domain.timeline.append import next_entry, written
from shared.domain.timeline.entry import Entry, Kind
from shared.ports import Store
from shared.use_cases.routing.withdraw_offer import withdraw_offer


def receive_left(raw: Raw, known: Known, store: Store, now: Now) -> Change:
    """End the interaction on this channel; while still unanswered, leaving abandons the case."""
    change = _left(raw, known, store, now)
    entry = next(write.item for write in change if isinstance(write.item, Entry))
    return (Put(receipt(raw, Outcome.HANDLED, "", now, entry.timeline, entry.seq)), *change)


def _left(raw: Raw, known: Known, store: Store, now: Now) -> Change:
    going, told = _going(raw, known), {"actor": "customer"}
    if going is None:
        facts = {"by": "customer", "door": raw.channel}
        entry = next_entry(known.head, now, Kind.INTERACTION_ENDED, channel=raw.channel, facts=facts, **told)
        met = fresh_customer(known.speaker, raw, now) if known.fresh else ()
        return (*written(known.head, known.head, entry), *met)
    case, gone = going
    withdraw_offer(store, known.head, case, gone, now)
    kept = store.get(Ref(Case, case.member, case.id)) if abandons(case, gone) else None
    if kept:
        return abandon(known.head, kept, case, raw.channel, now)
    return end_interaction(known.head, case, gone, "customer", now, door=raw.channel, **told)


def _going(raw: Raw, known: Known) -> tuple[OpenCase, OpenInteraction] | None:
    for case in known.head.cases:
        for going in case.interactions:
            if going.channel == raw.channel and going.address == known.speaker.address:
                return case, going
    return None
