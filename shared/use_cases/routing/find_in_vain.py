"""Contacts that wait although nobody who is logged in could ever take them."""

from collections.abc import Sequence

from shared.domain.change import Ref
from shared.domain.hours import is_open
from shared.domain.now import Now
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import Open, OpenClass
from shared.domain.routing.staff import Agent
from shared.domain.routing.unserved import unserved
from shared.ports import Store


def find_in_vain(store: Store, pool: str, agents: Sequence[Agent], now: Now) -> list[OpenClass]:
    """Their classes, of queues that are open now: one read, and one for each class that is found. No look
    reads a class that nobody serves, so it may be known as waiting after its last contact has left.
    """
    opened = store.get(Ref(Open, pool)) or Open(pool)
    at_work = [one for one in opened.classes if _is_open(one.queue, now)]
    found = unserved(at_work, agents, now.roster)
    return [one for one in found if store.find(Waiting, pool, one.queue, one.klass, limit=1)]


def _is_open(queue: str, now: Now) -> bool:
    hours = now.centre.queue_of(queue).hours or now.centre.hours
    return is_open(hours, now.at, now.centre.zone)
