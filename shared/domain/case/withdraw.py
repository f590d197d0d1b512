"""Second thoughts: for a while a reply is held and can be taken back."""

from collections.abc import Iterable
from dataclasses import replace

from shared.domain.centre import Centre
from shared.domain.change import Change, Put
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.timeline.append import case_of, next_entry, with_case, written
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.domain.timeline.once import Asking

FIRST = "first_reply_ms"


def undo_seconds(centre: Centre, channel: str) -> int:
    """For how long a reply on this channel is held; 0 where it leaves at once."""
    return next((one.seconds for one in centre.undo if one.channel == channel), 0)


def withdraw(head: Head, held: Entry, behind: Iterable[Entry], asked: Asking, now: Now) -> Change:
    """The reply is taken back: it never leaves, it counts as nothing said, and the trail says who did it.

    `behind` are the lines after it. Was it the first answer of its case, the next one that is held is that
    now, and without one the customer still waits for it. Refused `already_gone`, `already_back` (409).
    """
    _still_held(held)
    heir = _heir(held, behind) if FIRST in held.facts else None
    entry = next_entry(
        head,
        now,
        Kind.REPLY_WITHDRAWN,
        actor=held.actor,
        case_id=held.case_id,
        interaction_id=held.interaction_id,
        facts={"reply_seq": held.seq},
    )
    after = _waits_for(head, held, heir) if FIRST in held.facts else head
    back = replace(held, delivery=Delivery.WITHDRAWN)
    firsts = (_changed(_first_now(heir, held)),) if heir else ()
    return (Put(asked.remembered(entry)), *written(head, after, entry), _changed(back), *firsts)


def _still_held(held: Entry) -> None:
    if held.delivery is Delivery.WITHDRAWN:
        raise Refused("already_back", status=409)
    if held.delivery is not Delivery.HELD:
        raise Refused("already_gone", status=409)


def _heir(held: Entry, behind: Iterable[Entry]) -> Entry | None:
    later = (one for one in behind if one.seq > held.seq and one.case_id == held.case_id)
    return next((one for one in later if one.delivery is Delivery.HELD), None)


def _first_now(heir: Entry, held: Entry) -> Entry:
    """The answer came so much later."""
    begun, ended = held.held_until or held.at, heir.held_until or heir.at
    later = int((ended - begun).total_seconds() * 1000)
    return replace(heir, facts={**heir.facts, FIRST: int(str(held.facts[FIRST])) + later})


def _waits_for(head: Head, held: Entry, heir: Entry | None) -> Head:
    """A case that was closed meanwhile is answered or not as it was then."""
    case = case_of(head, held.case_id)
    return with_case(head, replace(case, first_reply_at=heir.held_until if heir else None)) if case else head


def _changed(entry: Entry) -> Put:
    return Put(replace(entry, version=entry.version + 1), over=entry.version)
