"""Where a contact stands in its queue, and how long it will wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from shared.domain.change import Ref
from shared.domain.customer.head import Contact
from shared.domain.now import Now
from shared.domain.report.figures import Figure
from shared.domain.routing.capacity import places
from shared.domain.routing.expected_wait import Counted, Wait, expected_wait, gap
from shared.domain.routing.pool import Waiting, class_of, rank
from shared.domain.routing.seats import Open
from shared.domain.routing.staff import Agent, Heartbeat, Presence
from shared.domain.shards import SHARDS
from shared.domain.times import local_day, local_hour
from shared.domain.traits import FULL
from shared.domain.words.place_words import FAR
from shared.ports import Store

MOST_CLASSES = 16
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
MOST_AGENTS = 1000
AT_ONCE = 100
ROWS = 1000  # figures of one hour, channel and queue in one shard: one for each agent

Gaps = dict[tuple[str, ...], tuple[datetime, float | None]]
# What one process found out of each table in the last minute.
LATELY: "WeakKeyDictionary[Store, Gaps]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Place:
    """`position` is 1 for the next, 101 for whatever is further off; `about`: it was not counted to the end.
    `wait` is None where nothing can be said honestly.
    """

    position: int
    about: bool = False
    wait: Wait | None = None


@dataclass(frozen=True, slots=True)
class SeePosition:
    """One read of the classes that wait, and one count below the contact's own rank in each class of its
    queue, at most 16 of up to 100. How fast the queue goes is found out once a minute by a process: two
    queries for each shard of the figures, one for the agents and a batch read for each hundred of them.
    """

    store: Store

    def __call__(self, contact: Contact, now: Now) -> Place:
        classes = self._classes(contact, now)
        before = f"{rank(contact.enqueued_at, contact.priority)}#{contact.interaction_id}"
        where = (now.centre.pool_of(contact.queue), contact.queue)
        ahead = sum(self._ahead(where, klass, before) for klass in classes[:MOST_CLASSES])
        position = min(ahead, FAR) + 1
        about = len(classes) > MOST_CLASSES
        if position > FAR:
            return Place(position, about)
        return Place(position, about, expected_wait(position, self._gap(contact, now)))

    def _ahead(self, where: tuple[str, str], klass: str, before: str) -> int:
        return self.store.count(Waiting, *where, klass, before=before, limit=FAR)

    def _classes(self, contact: Contact, now: Now) -> list[str]:
        """The contact's own first."""
        found = self.store.get(Ref(Open, now.centre.pool_of(contact.queue)))
        named = (one.klass for one in found.classes if one.queue == contact.queue) if found else ()
        return list(dict.fromkeys((class_of(contact.channel, contact.needs), *named)))

    def _gap(self, contact: Contact, now: Now) -> float | None:
        known = LATELY.setdefault(self.store, {})
        asked = (contact.queue, class_of(contact.channel, contact.needs))
        at, found = known.get(asked, (None, None))
        if at is None or not at <= now.at < at + MINUTE:
            found = gap(self._counted(contact, now), self._servers(contact, now))
            known[asked] = now.at, found
        return found

    def _counted(self, contact: Contact, now: Now) -> Counted:
        """Of this hour and the one before, where anything was counted in that one."""
        local = now.at.astimezone(ZoneInfo(now.centre.zone))
        into = timedelta(minutes=local.minute, seconds=local.second)
        before = list(self._figures(contact, now.at - HOUR, now.centre.zone))
        rows = [*before, *self._figures(contact, now.at, now.centre.zone)]
        span = into + (HOUR if before else timedelta())
        return Counted(
            span.total_seconds(),
            sum(r.contacts_handled + r.contacts_abandoned + r.contacts_to_callback for r in rows),
            sum(r.queue_answer_ms + r.abandon_ms for r in rows),
            sum(r.contacts_completed for r in rows),
            sum(r.handle_ms for r in rows),
        )

    def _figures(self, contact: Contact, at: datetime, zone: str) -> Iterator[Figure]:
        day, hour = local_day(at, zone).isoformat(), local_hour(at, zone)
        for shard in SHARDS:
            where = (day, shard, hour, contact.channel, contact.queue)
            yield from self.store.find(Figure, *where, limit=ROWS)

    def _servers(self, contact: Contact, now: Now) -> int:
        """How many contacts like this one the agents on duty can have at once."""
        pool, roster = now.centre.pool_of(contact.queue), now.roster
        abilities = [roster.of_login(agent.login) for agent in self._on_duty(pool)]
        fitting = [
            one
            for one in abilities
            if one
            and contact.queue in one.profile.queues
            and all(one.skills.get(need.skill, 0) >= need.level for need in contact.needs)
        ]
        return sum(FULL // places(one.profile, contact.channel, now.channels) for one in fitting)

    def _on_duty(self, pool: str) -> Iterator[Agent]:
        ids = [beat.agent_id for beat in self.store.find(Heartbeat, pool, limit=MOST_AGENTS)]
        for start in range(0, len(ids), AT_ONCE):
            for agent in self.store.get_all(*(Ref(Agent, id) for id in ids[start : start + AT_ONCE])):
                if agent and agent.presence is Presence.AVAILABLE and not agent.draining:
                    yield agent
