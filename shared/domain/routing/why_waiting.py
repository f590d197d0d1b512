"""Why a contact waits at this moment, found out from its agents as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.customer.head import Contact, ContactState
from shared.domain.hours import is_open, opens_at
from shared.domain.now import Now
from shared.domain.queue import Need, Queue
from shared.domain.queue_state import Opening, is_shut, state_of
from shared.domain.reach import known_needs, serves
from shared.domain.rings import ring_of, ring_ranks
from shared.domain.routing.capacity import takes_now
from shared.domain.routing.pool import rank
from shared.domain.routing.sleep import HAS_IT
from shared.domain.routing.staff import Agent, Presence, takes_work

FLOW, RINGS, HAS_AGENT, ALONE, LATER = "flow", "rings", "has_agent", "alone", "later"
CLOSED, NOBODY, RESTS, AWAY, BUSY, SOON = "closed", "nobody", "rests", "away", "busy", "soon"
IN_QUEUE = frozenset({CLOSED, NOBODY, RESTS, AWAY, BUSY, SOON})


@dataclass(frozen=True, slots=True)
class Waits:
    """`code` is one of the words above. `fit` is how many agents who are logged in serve it, `busy` and
    `away` how many of these have no room or take no work. `needs` are those that count in its ring. `agent`
    is who has it, is asked, or is waited for. `until` is when that changes by itself, None where it does not;
    `next_ring` when more agents may be asked.
    """

    code: str
    fit: int = 0
    busy: int = 0
    away: int = 0
    needs: tuple[Need, ...] = ()
    ring: int = 0
    agent: str = ""
    until: datetime | None = None
    next_ring: datetime | None = None


def why_waiting(contact: Contact, agents: Iterable[Agent], now: Now) -> Waits:
    """`agents` are those of its pool, whatever they do."""
    with_somebody = {ContactState.OFFERED: RINGS} | dict.fromkeys(HAS_IT, HAS_AGENT)
    if contact.state in with_somebody:
        return Waits(with_somebody[contact.state], agent=contact.agent)
    if contact.state is ContactState.FLOW:
        return Waits(FLOW)
    if contact.callback and contact.callback.not_before and now.at < contact.callback.not_before:
        return Waits(LATER, until=contact.callback.not_before)
    if contact.alone_until and now.at < contact.alone_until:
        return Waits(ALONE, agent=contact.preferred, until=contact.alone_until)
    return _in_queue(contact, [one for one in agents if one.presence is not Presence.OFFLINE], now)


def _in_queue(contact: Contact, here: Sequence[Agent], now: Now) -> Waits:
    queue = now.centre.queue_of(contact.queue)
    ranks = ring_ranks(queue, now.at)
    ring = ring_of(rank(contact.enqueued_at, contact.priority), ranks)
    fit = [one for one in here if _serves(one, contact, queue, ring, now)]
    away = [
        one for one in fit if one.presence is not Presence.AVAILABLE or one.not_responding or one.draining
    ]
    free = [one for one in fit if one not in away and _has_room(one, contact, now)]
    rests = [d.until for d in contact.declines if now.at < d.until and d.agent_id in {one.id for one in free}]
    return Waits(
        _code(queue, len(fit), len(away), len(free), len(rests), now),
        fit=len(fit),
        busy=len(fit) - len(away) - len(free),
        away=len(away),
        needs=_counting(contact, queue, ring, now),
        ring=ring,
        until=_until(queue, rests, now),
        next_ring=_next_ring(contact, queue, ring),
    )


def _code(queue: Queue, fit: int, away: int, free: int, rests: int, now: Now) -> str:
    if free > rests:
        return SOON
    if free:
        return RESTS
    if fit > away:
        return BUSY
    if _closed(queue, now):
        return CLOSED
    return AWAY if fit else NOBODY


def _serves(agent: Agent, contact: Contact, queue: Queue, ring: int, now: Now) -> bool:
    abilities = now.roster.of_login(agent.login)
    return abilities is not None and serves(abilities, queue, known_needs(contact.needs, now.centre), ring)


def _has_room(agent: Agent, contact: Contact, now: Now) -> bool:
    abilities = now.roster.of_login(agent.login)
    room = takes_now(agent, abilities.profile, now) if abilities else ()
    return takes_work(agent) and contact.channel in room


def _counting(contact: Contact, queue: Queue, ring: int, now: Now) -> tuple[Need, ...]:
    reached = sorted(queue.rings, key=lambda one: one.after_seconds)[:ring]
    dropped = {skill for one in reached for skill in one.drop}
    return tuple(need for need in known_needs(contact.needs, now.centre) if need.skill not in dropped)


def _until(queue: Queue, rests: Sequence[datetime], now: Now) -> datetime | None:
    if rests:
        return min(rests)
    state = state_of(now.queue_states, queue.name, now.at)
    if state and state.opening is Opening.CLOSED:
        return state.until
    hours = queue.hours or now.centre.hours
    return opens_at(hours, now.at, now.centre.zone) if _closed(queue, now) else None


def _closed(queue: Queue, now: Now) -> bool:
    """By its hours, or by a supervisor's hand."""
    by_hours = not is_open(queue.hours or now.centre.hours, now.at, now.centre.zone)
    return by_hours or is_shut(now.queue_states, queue.name, now.at)


def _next_ring(contact: Contact, queue: Queue, ring: int) -> datetime | None:
    rings = sorted(queue.rings, key=lambda one: one.after_seconds)[ring:]
    ages = datetime.fromisoformat(rank(contact.enqueued_at, contact.priority))
    return ages + timedelta(seconds=rings[0].after_seconds) if rings else None
