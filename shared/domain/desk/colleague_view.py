"""Colleagues and queues that a case can go to, as the desk shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.customer.head import Contact
from shared.domain.now import Now
from shared.domain.queue import Queue
from shared.domain.reach import known_needs
from shared.domain.routing.capacity import profile_of, takes_now
from shared.domain.routing.staff import Agent, Presence, routing_status, takes_work, used
from shared.domain.traits import FULL


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """`fits`: they serve its queue and have every skill it needs. `free`: it could ring them at once."""

    id: str
    name: str
    presence: str
    reason: str
    routing_status: str
    used: int
    full: int
    fits: bool
    free: bool


@dataclass(frozen=True, slots=True)
class QueueView:
    """`label_ko` and `label_en` are "" where the queue has only its name."""

    name: str
    label_ko: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who could take it comes first."""

    agents: tuple[ColleagueView, ...]
    queues: tuple[QueueView, ...]


def colleague_view(agent: Agent, contact: Contact | None, now: Now) -> ColleagueView:
    """`contact` is what they would get; without one everybody fits."""
    return ColleagueView(
        agent.id,
        agent.name,
        agent.presence,
        agent.reason,
        routing_status(agent),
        used(agent),
        FULL,
        contact is None or fits(agent, contact, now),
        has_room(agent, contact, now),
    )


def in_order(views: Iterable[ColleagueView]) -> tuple[ColleagueView, ...]:
    return tuple(sorted(views, key=lambda view: (not view.free, not view.fits, view.name, view.id)))


def queue_view(queue: Queue) -> QueueView:
    return QueueView(queue.name, queue.label_ko, queue.label_en)


def there(agent: Agent, now: Now) -> bool:
    """Whether work may go to this agent at all, now or when they have room."""
    known = now.roster.of_login(agent.login) is not None
    return known and agent.presence is not Presence.OFFLINE and not agent.draining


def fits(agent: Agent, contact: Contact, now: Now) -> bool:
    abilities = now.roster.of_login(agent.login)
    if abilities is None:
        return False
    needs = known_needs(contact.needs, now.centre)
    able = all(abilities.skills.get(need.skill, 0) >= need.level for need in needs)
    return able and contact.queue in abilities.profile.queues


def has_room(agent: Agent, contact: Contact | None, now: Now) -> bool:
    channels = takes_now(agent, profile_of(agent, now), now)
    return takes_work(agent) and (bool(channels) if contact is None else contact.channel in channels)


def told_names(views: Iterable[ColleagueView], queues: Iterable[Queue]) -> dict[str, str | dict[str, str]]:
    """What a refusal names instead: up to five colleagues who are free and fit, and the queues."""
    free = [view.name for view in views if view.free and view.fits][:5]
    there_are = list(queues)
    labels = {
        "ko": ", ".join(queue.label_ko or queue.name for queue in there_are),
        "en": ", ".join(queue.label_en or queue.name for queue in there_are),
    }
    return {"queues": labels} | ({"others": ", ".join(free)} if free else {})
