"""Who may serve what: skills, routing profiles, the staff's own rows of the settings, and declared rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.ids import digest
from shared.domain.queue import Need


@dataclass(frozen=True, slots=True)
class Skill:
    """What an agent can be better or worse at: a language, a subject."""

    name: str
    label_ko: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many contacts of a channel at once. One of them takes 15 // `most` of an agent's 15 places,
    so that channels weigh against each other: half the chats leave room for half the emails.
    """

    channel: str
    most: int


@dataclass(frozen=True, slots=True)
class Interrupts:
    """A contact of `channel` may be offered to an agent who is full, when all they hold is of channels in
    `over`; and a call always to the owner of its own case. Until it ends they get nothing else.
    """

    channel: str
    over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A routing profile: the queues (all of one pool) and how much at once. A channel without a limit weighs
    what it says of itself (Traits.places).
    """

    name: str
    queues: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    interrupts: tuple[Interrupts, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """An agent as the settings know them, by the name of their login. Skills they lack are not named. `phone`
    is where calls ring them (E.164 or sip:), "" where the settings do not say."""

    login: str
    profile: str
    skills: tuple[Need, ...] = ()
    phone: str = ""

    @property
    def key(self) -> str:
        return member_key(self.login)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the settings say of one agent: their profile, and their proficiency (1 to 5) in each skill."""

    profile: Profile
    skills: Mapping[str, int]


def member_key(login: str) -> str:
    """What stands for a login in the pool's rows: short, and no address."""
    return digest(login.casefold())[:12] if login else ""


@dataclass(frozen=True, slots=True)
class Aux:
    """A reason for not taking work (presence `break`, `meal`, `training`, or one of the centre's own)."""

    code: str
    label_ko: str
    label_en: str


@dataclass(frozen=True, slots=True)
class When:
    """A fact of a contact has one of these values. Facts: channel, language (ko, en), location (region of the
    phone number), intent (what a flow found out), tier (of the customer's profile).
    """

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Where all of `when` holds: the contact goes to `queue` ("" leaves it), needs these skills as well, and
    has this priority (0 leaves it). The rules are read in order; the first queue and priority named count.
    """

    when: tuple[When, ...]
    queue: str = ""
    needs: tuple[Need, ...] = ()
    priority: int = 0


@dataclass(frozen=True, slots=True)
class StaffPart:
    """Members number `k` × 500 and following of version `n`: a part of the settings of its own."""

    n: int
    k: int
    members: tuple[Member, ...]


MEMBERS_A_PART = 500
SEATS = 16  # agents on a bench: offers to them are written one after another
STAFF = "AGENTS"


def staff_part(k: int) -> str:
    return f"{STAFF}#{k}"
