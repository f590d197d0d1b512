"""Simulated centres with a voice line: equal agents, and agents with skills."""

from collections.abc import Mapping, Sequence
from random import Random

from infra.simulation.plan import Coming, Habits, Shift
from infra.simulation.simulate import Matcher, Simulation
from shared.domain.centre import Centre
from shared.domain.queue import AGENT_ORDER, Need, Queue
from shared.domain.roster import Roster, roster
from shared.domain.routing.match import Matching
from shared.domain.staffing import Limit, Member, Profile, Rule, Skill
from shared.domain.traits import Channels, Traits
from tests.support.queueing import poisson

VOICE = Channels((Traits("voice", "phone", "call", "전화", "", ("", "")),))
ONE_CALL = (Limit("voice", 1),)


def centre_of(
    agents: Mapping[str, Sequence[str]],
    queues: Sequence[Queue] = (),
    order: tuple[str, ...] = AGENT_ORDER,
    rules: Sequence[Rule] = (),
) -> Roster:
    """Agents by name with the skills they have, at level 5 in the first and 3 in the others. All serve all
    queues, one call at a time.
    """
    given = queues or (Queue("main", agent_order=order),)
    skills = tuple(Skill(name) for name in sorted({skill for known in agents.values() for skill in known}))
    profile = Profile("all", tuple(queue.name for queue in given), ONE_CALL)
    centre = Centre(queues=tuple(given), skills=skills, profiles=(profile,), rules=tuple(rules))
    members = [
        Member(id, "all", tuple(Need(s, 3 if n else 5) for n, s in enumerate(known)))
        for id, known in agents.items()
    ]
    return roster(centre, members)


def lived(
    of: Roster,
    agents: Sequence[str],
    contacts: Sequence[Coming],
    habits: Habits | None = None,
    matcher: Matcher = Matching,
    seed: int = 1,
) -> Simulation:
    return Simulation(of, VOICE, [Shift(id, id) for id in agents], contacts, habits, seed, matcher).run()


def calls(
    chance: Random, n: int, every: float, handle: float, patience: float = 0, needs: Sequence[str] = ()
) -> list[Coming]:
    """Poisson arrivals; handling and patience (0: endless) are exponential; each asks for one of `needs`."""
    return [
        Coming(
            f"i{number:07}",
            at,
            "main",
            chance.expovariate(1 / handle),
            needs=(Need(chance.choice(needs), 1),) if needs else (),
            patience=chance.expovariate(1 / patience) if patience else float("inf"),
        )
        for number, at in enumerate(poisson(chance, every, n))
    ]


def names(n: int) -> list[str]:
    return [f"agent-{number:03}" for number in range(n)]
