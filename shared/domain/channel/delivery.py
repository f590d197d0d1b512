"""A provider's word about an outbound message: risen by rank, heard once."""

from dataclasses import replace
from enum import Enum

from shared.domain.channel.arrival import StateUpdate
from shared.domain.channel.commands import Raw
from shared.domain.customer.suppression import COMPLAINED, NO_SUCH_ADDRESS
from shared.domain.ids import digest
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.rising import NOT_COLLECTED, may_become

MARK = 8


class Heard(Enum):
    """NEW counts as a delivery state, COPY as a duplicate, AGAIN as nothing."""

    NEW = "new"
    COPY = "copy"
    AGAIN = "again"


def heard(entry: Entry, raw: Raw) -> Heard:
    """Whether this event was recorded before: the same acceptance again, or another copy of it."""
    mine = _mark(raw)
    if mine in entry.heard:
        return Heard.AGAIN
    return Heard.COPY if any(mark[:MARK] == mine[:MARK] for mark in entry.heard) else Heard.NEW


def hear(entry: Entry, raw: Raw, update: StateUpdate) -> Entry:
    """The entry with this word noted, its state risen if it outranks what we knew."""
    complained = entry.complained or update.reason == COMPLAINED
    noted = replace(entry, heard=(*entry.heard, _mark(raw)), complained=complained)
    gone = [one.address for one in update.suppressed]
    if update.state is None or (gone and entry.way.recipient not in gone):  # of somebody who got a copy
        return noted
    if not may_become(entry, update.state, came_back=update.reason == NO_SUCH_ADDRESS):
        return noted
    provider_id = update.provider_id or entry.provider_id
    return replace(
        noted,
        delivery=update.state,
        delivery_reason=update.reason,
        delivery_code=update.code,
        provider_id=provider_id,
        attempt_until=None,
    )


def not_collected(entry: Entry) -> Entry:
    """The customer did not come for it in time: failed, so that the desk can try another way."""
    return replace(entry, delivery=Delivery.FAILED, delivery_reason=NOT_COLLECTED, version=entry.version + 1)


def _mark(raw: Raw) -> str:
    return digest(raw.channel, raw.event_id)[:MARK] + digest(raw.acceptance)[:MARK]
