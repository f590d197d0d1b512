"""Classes that wait in vain: nobody who is logged in could ever take a contact of them."""

from collections.abc import Iterable, Sequence

from shared.domain.klass import read_class
from shared.domain.reach import known_needs, serves
from shared.domain.roster import Roster
from shared.domain.routing.seats import OpenClass
from shared.domain.routing.staff import Agent, Presence
from shared.domain.staffing import Abilities


def unserved(opened: Iterable[OpenClass], agents: Iterable[Agent], roster: Roster) -> list[OpenClass]:
    """Of these classes those that no agent who is there serves, not even in the widest ring of their queue.
    Whoever is busy or on a break will be back; whoever is offline may not. What waits for one agent alone
    is none of them: it goes to its queue soon.
    """
    there = _abilities(agents, roster)
    return [one for one in opened if not one.queue.startswith("@") and not _served(one, there, roster)]


def _abilities(agents: Iterable[Agent], roster: Roster) -> Sequence[Abilities]:
    """Agents who can do the same count once."""
    there = (agent for agent in agents if agent.presence is not Presence.OFFLINE and not agent.draining)
    found = (roster.of_login(agent.login) for agent in there)
    alike = {(one.profile.name, frozenset(one.skills.items())): one for one in found if one}
    return list(alike.values())


def _served(opened: OpenClass, there: Sequence[Abilities], roster: Roster) -> bool:
    queue = roster.centre.queue_of(opened.queue)
    needs = known_needs(read_class(opened.klass)[1], roster.centre)
    return any(serves(one, queue, needs, len(queue.rings)) for one in there)
