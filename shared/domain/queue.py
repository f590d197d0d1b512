"""A queue as the settings describe it: who waits there, who serves it, and what happens when nobody can."""

from dataclasses import dataclass

from shared.domain.hours import Hours

OWNER, PREFERRED, FEWEST_CLASSES = "owner", "preferred", "fewest_classes"
PROFICIENCY, LONGEST_AVAILABLE = "proficiency", "longest_available"
AGENT_ORDER = (OWNER, PREFERRED, FEWEST_CLASSES, PROFICIENCY, LONGEST_AVAILABLE)


@dataclass(frozen=True, slots=True)
class Need:
    """A skill that whoever takes the contact has to have, at this proficiency (1 to 5) or above."""

    skill: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Ring:
    """From `after_seconds` of virtual age on (now minus the rank's time) the needs on the skills in `drop`
    count no more, and agents of the profiles in `admit` may be asked, too. A later ring holds what the
    earlier ones gave: it never narrows.
    """

    after_seconds: int
    drop: tuple[str, ...] = ()
    admit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overflow:
    """From `after_seconds` of virtual age on the contact waits in another queue of its pool, in its rank."""

    queue: str
    after_seconds: int


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a waiting customer is told once, `after_seconds` in the queue. The texts may hold {position} and
    {wait}; a language without a text gets the one of the centre's first.
    """

    after_seconds: int
    ko: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """Where customers wait; the agents of its pool serve it, as far as their profile names it.

    `priority`           1 (first) to 9 (last); each step is two minutes of head start
    `needs`              of every contact in it; rules add to them
    `channels`           that it takes contacts of; none named: all
    `hours`              when it is served; None: the centre's
    `service_level_seconds`  its service goal; 0: the centre's
    `agent_order`        which of several fitting agents is asked first
    `preferred_seconds`  how long a contact waits for one agent alone who is busy; 0: not at all
    `keeps_age`          a contact that is transferred into it keeps its age
    `callback`           customers may ask to be called back
    `alternatives`       queue names or channels told to customers while it is closed
    `succeeds`           queues of an earlier version, now gone: who waits in them waits here
    `last_agent_days`    for so long after a case a new one goes to its agent first; 0: not at all
    """

    name: str = "main"
    pool: str = "main"
    priority: int = 5
    label_ko: str = ""
    label_en: str = ""
    needs: tuple[Need, ...] = ()
    channels: tuple[str, ...] = ()
    hours: Hours | None = None
    service_level_seconds: int = 0
    rings: tuple[Ring, ...] = ()
    overflow: Overflow | None = None
    agent_order: tuple[str, ...] = AGENT_ORDER
    preferred_seconds: int = 30
    keeps_age: bool = True
    callback: bool = True
    announcements: tuple[Announcement, ...] = ()
    alternatives: tuple[str, ...] = ()
    succeeds: tuple[str, ...] = ()
    last_agent_days: int = 0
