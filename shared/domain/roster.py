"""Who can serve what, made once of a version of the settings: profile and skills of each agent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from shared.domain.centre import Centre
from shared.domain.reach import Reach
from shared.domain.staffing import SEATS, Abilities, Member, Profile, member_key

EVERYTHING = "everything"
UNNAMED = 64  # benches for agents whom the settings do not name


@dataclass(frozen=True, slots=True)
class Roster:
    """Settings that name no member let everybody serve by the first profile; those that name some give work
    to nobody else. Settings without profiles have one that serves every queue of the first pool.

    `version` is that of the settings it was made of, 0 for the defaults. `reach` remembers what each agent
    serves, for as long as this roster is kept.
    """

    centre: Centre
    members: Mapping[str, Abilities]
    places: Mapping[str, int]
    everybody: Abilities | None
    version: int = 0
    reach: Reach = field(default_factory=Reach, compare=False, repr=False)
    phones: Mapping[str, str] = field(default_factory=dict)

    def of(self, member: str) -> Abilities | None:
        """None for who is to get no work."""
        return self.members.get(member, self.everybody)

    def of_login(self, login: str) -> Abilities | None:
        return self.of(member_key(login))

    def phone_of(self, login: str) -> str:
        """Where the settings say that calls ring this agent; "" where they do not."""
        return self.phones.get(member_key(login), "")

    def pool_of(self, member: str) -> str:
        """The pool an agent belongs to; of who gets no work, the first."""
        abilities = self.of(member)
        queues = abilities.profile.queues if abilities else ()
        return self.centre.pool_of(queues[0]) if queues else self.centre.queue.pool

    def bench_of(self, member: str, agent_id: str) -> int:
        """Members sit sixteen to a bench in the order of the settings; where these name nobody, by chance."""
        if member in self.places:
            return self.places[member] // SEATS
        return crc32(agent_id.encode()) % UNNAMED


def roster(centre: Centre, members: Sequence[Member], version: int = 0) -> Roster:
    """Members who can the same share one Abilities, so that a look works it out once for them all."""
    profiles = {one.name: one for one in centre.profiles} or {EVERYTHING: everything(centre)}
    alike: dict[object, Abilities] = {}
    known = {
        one.key: alike.setdefault(_kind(one), Abilities(profiles[one.profile], _skills(one)))
        for one in members
        if one.profile in profiles
    }
    first, *_ = profiles.values()
    places = {one.key: place for place, one in enumerate(members)}
    phones = {one.key: one.phone for one in members if one.phone}
    return Roster(centre, known, places, None if members else Abilities(first, {}), version, phones=phones)


def everything(centre: Centre) -> Profile:
    pool = centre.queue.pool
    return Profile(EVERYTHING, tuple(queue.name for queue in centre.queues if queue.pool == pool))


def _kind(member: Member) -> object:
    return member.profile, tuple(sorted(_skills(member).items()))


def _skills(member: Member) -> dict[str, int]:
    return {one.skill: one.level for one in member.skills}
