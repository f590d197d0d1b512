"""A pool of any size in memory: agents who are free, and customers who wait."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from infra.twins.clock import START
from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.centre import Centre
from shared.domain.change import ANY, Put, Write
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.now import Now
from shared.domain.queue import Need
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.seating import seated
from shared.domain.routing.staff import Agent, Presence
from shared.domain.staffing import Member
from tests.support.counting_store import CountingStore

SKILLED = tuple(f"skill{n}" for n in range(10))


def crowd(centre: Centre, members: Sequence[Member] = (), store: MemoryStore | None = None) -> World:
    return World(store=store or CountingStore(), settings=FixedSettings(centre, members=members))


def agent_id(n: int) -> str:
    """As Cognito names a login."""
    return str(UUID(int=0x6F1C9DC07A0D4BD693AB0E9C6A4D1F00 + (n << 64) + n))


def logins(agents: int) -> tuple[str, ...]:
    return tuple(f"agent{n}@example.test" for n in range(agents))


def comes(world: World, n: int, login: str = "", presence: Presence = Presence.AVAILABLE) -> Agent:
    """An agent as the table has them after they came; the longest available has the lowest number."""
    now = replace(world.now(), at=START + timedelta(milliseconds=n))
    agent = Agent(agent_id(n), f"Agent {n}", "main", 1, presence, login=login)
    world.store.commit(*(replace(w, over=ANY) if isinstance(w, Put) else w for w in _seated(agent, now)))
    return agent


def _seated(agent: Agent, now: Now) -> tuple[Write, ...]:
    return seated(agent, agent, now.at, now)


def waits(
    world: World, n: int, channel: str = "sms", queue: str = "main", needs: tuple[Need, ...] = ()
) -> None:
    """A customer of their own who waits; the longest waiting has the lowest number."""
    now, at = world.now(), START + timedelta(seconds=n)
    way = Way(channel, Address("phone", f"+8210{n:08}"), f"C{n}", f"010{n:08}", "+15005550006")
    contact = Contact(f"I{n}", channel, queue, ContactState.WAITING, at, needs=needs)
    case = OpenCase(f"K{n}", f"C{n}", at, (contact,), (OpenInteraction(f"I{n}", way, at, at),))
    head = Head(f"C{n}", 1, "ko", cases=(case,))
    world.store.commit(Put(head), Put(waiting_row(case, contact, now)))
