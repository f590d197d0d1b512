"""How each channel stands, from the figures of today and yesterday and the date of its secret."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.domain.desk.views import moment
from shared.domain.report.figures import Figure
from shared.domain.times import local_day
from shared.ports import Moment, Secrets, Store
from shared.use_cases.report.sum_shards import figures_of

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ChannelState:
    """`last_in` and `last_out` are when the hour began in which the last message came and went, None where
    neither today nor yesterday knows of one. The counts are of today.
    """

    name: str
    on: bool
    last_in: str | None
    last_out: str | None
    received: int
    sent: int
    failed: int
    secret_changed_at: str | None


@dataclass(frozen=True, slots=True)
class SeeChannels:
    store: Store
    now: Moment
    secrets: Secrets

    def __call__(self, secret_ids: Mapping[str, str]) -> tuple[ChannelState, ...]:
        """`secret_ids` by channel: "" for one that is off. A query for each day and shard."""
        now = self.now()
        zone = ZoneInfo(now.centre.zone)
        today = local_day(now.at, now.centre.zone)
        days = (today - timedelta(days=1), today)
        rows = [row for day in days for row in figures_of(self.store, day.isoformat())]
        return tuple(self._state(name, id, rows, today.isoformat(), zone) for name, id in secret_ids.items())

    def _state(
        self, name: str, secret_id: str, rows: Iterable[Figure], today: str, zone: ZoneInfo
    ) -> ChannelState:
        theirs = [row for row in rows if row.channel == name]
        of_today = [row for row in theirs if row.day == today]
        return ChannelState(
            name=name,
            on=bool(secret_id),
            last_in=moment(_last((row for row in theirs if row.messages_received), zone)),
            last_out=moment(_last((row for row in theirs if row.messages_sent), zone)),
            received=sum(row.messages_received for row in of_today),
            sent=sum(row.messages_sent for row in of_today),
            failed=sum(row.messages_failed for row in of_today),
            secret_changed_at=moment(self.secrets.changed_at(secret_id)) if secret_id else None,
        )


def _last(rows: Iterable[Figure], zone: ZoneInfo) -> datetime | None:
    hours = ((row.day, row.hour) for row in rows)
    day, hour = max(hours, default=("", 0))
    if not day:
        return None
    return datetime.combine(datetime.fromisoformat(day), time(hour), zone)
