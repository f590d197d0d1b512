"""A contact waits in another place from now on: its row and its head change together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from shared.domain.address.way import Way
from shared.domain.change import ANY, Change, Delete, Put, Write
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.errors import Conflict
from shared.domain.now import Now
from shared.domain.routing.assign import wakes
from shared.domain.routing.needs import Placed
from shared.domain.routing.pool import Waiting, place_of, waiting_row
from shared.domain.routing.queueing import timers, where_it_waits
from shared.domain.timeline.append import contact_of, next_entry, with_case, with_contact, written
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.times import lasted


def in_queue(contact: Contact, place: Placed) -> Contact:
    """The contact as it waits there, with its age, for nobody alone. It does not overflow back to where it
    came from: whoever moved it meant to.
    """
    return replace(
        contact,
        state=ContactState.WAITING,
        queue=place.queue,
        needs=place.needs,
        priority=place.priority,
        agent="",
        offer_id="",
        assigned_at=None,
        alone_until=None,
        came_from=() if place.queue == contact.queue else (contact.queue,),
    )


def requeued(
    head: Head,
    case: OpenCase,
    after: Contact,
    reason: str,
    now: Now,
    *,
    actor: str = "system",
    row: Waiting | None = None,
    told: Mapping[str, Scalar] | None = None,
    before: Sequence[Entry] = (),
) -> Change:
    """`after` is the contact as it waits from now on; `reason` a stable word; `told` are more facts of the
    entry, `before` lines that stand before it, numbered behind the head.

    `case` is the one the head holds, or what becomes of it otherwise (its owner). `row` is where the contact
    was found, if the settings have changed since that was written. Where an agent has the contact, their
    places are the caller's to free in the same change. Raises Conflict for a contact that has ended.
    """
    former = contact_of(case, after.interaction_id)
    if former is None:
        raise Conflict
    old = row or (waiting_row(case, former, now) if former.state is ContactState.WAITING else None)
    entry = next_entry(
        replace(head, version=head.version + len(before)),
        now,
        Kind.MOVED,
        way=Way(after.channel),
        case_id=case.id,
        interaction_id=after.interaction_id,
        actor=actor,
        facts=_facts(former, after, reason, now) | dict(told or {}),
        signals=wakes(after, now),
        timers=timers(after, now),
    )
    moved = with_contact(case, after)
    return (
        *written(head, with_case(head, moved), *before, entry),
        *_rows(old, waiting_row(moved, after, now)),
    )


def _facts(before: Contact, after: Contact, reason: str, now: Now) -> dict[str, Scalar]:
    waited = lasted(before.waits_since, now.at)
    return where_it_waits(after) | {"came_from": before.queue, "reason": reason, "waited_ms": waited}


def _rows(old: Waiting | None, new: Waiting) -> tuple[Write, ...]:
    """The head's version is the lock, so a row that was lost, or is there already, is put right."""
    if old is None or place_of(old) == place_of(new):
        return (Put(new, over=ANY),)
    return (Delete(old), Put(new, over=ANY))
