"""Where an agent sits while they may be offered work: a seat on a bench of their pool."""

from dataclasses import replace
from datetime import datetime

from shared.domain.change import ANY, Delete, Put, Write
from shared.domain.now import Now
from shared.domain.routing.capacity import may_ring_owner, takes_now
from shared.domain.routing.phone import rung
from shared.domain.routing.seats import Seat
from shared.domain.routing.staff import Agent, takes_work
from shared.domain.staffing import member_key
from shared.domain.timeline.entry import Signals

NO_BENCH = -1


def seat_of(agent: Agent, since: datetime, now: Now) -> Seat | None:
    """None for who takes no work now, or is to get none: the settings name agents, and not this one."""
    member = member_key(agent.login)
    abilities = now.roster.of(member)
    if abilities is None or not takes_work(agent):
        return None
    channels = takes_now(agent, abilities.profile, now)
    own = rung(may_ring_owner(agent, abilities.profile, now.channels), agent, now)
    if not channels and not own:
        return None
    pool, bench = now.roster.pool_of(member), now.roster.bench_of(member, agent.id)
    return Seat(pool, bench, agent.id, since, member, channels, own)


def seated(before: Agent, after: Agent, since: datetime, now: Now) -> tuple[Write, ...]:
    """The agent and their seat, as one change: `since` is when they became free, if they are."""
    seat = seat_of(after, since, now)
    pool = now.roster.pool_of(member_key(after.login))
    after = replace(
        after, pool=pool, free_since=since if seat else None, bench=seat.bench if seat else NO_BENCH
    )
    writes: list[Write] = [Put(after, over=before.version)]
    if before.bench != NO_BENCH and (seat is None or (seat.pool, seat.bench) != (before.pool, before.bench)):
        writes.append(Delete(Seat(before.pool, before.bench, before.id, since)))
    return (*writes, Put(seat, over=ANY)) if seat else tuple(writes)


def reseated(agent: Agent, found: Seat | None, now: Now) -> tuple[Write, ...]:
    """What puts an agent right where the settings have changed, or a seat was lost; nothing where all is
    well. `found` is the seat they were found in. They keep their turn.
    """
    since = agent.free_since or now.at
    right, pool = seat_of(agent, since, now), now.roster.pool_of(member_key(agent.login))
    if found == right and agent.pool == pool and agent.bench == (right.bench if right else NO_BENCH):
        return ()
    return seated(agent, replace(agent, version=agent.version + 1), since, now)


def sits(agent: Agent, seat: Seat) -> bool:
    """Whether the agent sits there, and has not changed since."""
    return (agent.pool, agent.bench, agent.free_since) == (seat.pool, seat.bench, seat.since)


def frees(agent: Agent, now: Now) -> Signals:
    """The pool of this agent is to be looked at: they may be free now."""
    return Signals(now.roster.pool_of(member_key(agent.login)), agent=agent.id)
