"""Which message a provider's id names: one of ours, or one of a customer that others answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.timeline.entry import Entry

KEPT = timedelta(days=40)  # as receipts: no provider tells of older messages


@dataclass(frozen=True, slots=True)
class SentAs:
    channel: str
    provider_id: str
    customer_id: str
    seq: int
    expires_at: datetime


def sent_as(entry: Entry, now: datetime) -> SentAs:
    return named_as(entry, entry.provider_id, now)


def named_as(entry: Entry, name: str, now: datetime) -> SentAs:
    return SentAs(entry.channel, name, entry.timeline, entry.seq, now + KEPT)
