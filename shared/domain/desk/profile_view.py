"""What is known of a customer beyond their addresses, as the desk gets it. Field names are the API's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.domain.customer.evidence import Pinned, Profile
from shared.domain.customer.profile import others, together
from shared.domain.desk.views import agent_id, moment
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class PinnedView:
    text: str
    by: str
    by_name: str
    at: str


@dataclass(frozen=True, slots=True)
class ProfileView:
    """`version` goes with an edit (0: nobody said anything yet). `language` is what staff said, "" where
    nobody did. `value` is in minor units of the currency. `others` are names, companies and languages that
    members of a merged customer have besides.
    """

    version: int
    name: str = ""
    company: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    value: int | None = None
    pinned: PinnedView | None = None
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_name: str = ""
    at: str | None = None


def of_members(root: str, profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    """The root's first, also where it has none yet."""
    own = next((one for one in profiles if one.customer_id == root), Profile(root, version=0))
    return (own, *(one for one in profiles if one.customer_id != root))


def people_of(profiles: Sequence[Profile]) -> set[str]:
    """Ids of the agents who are named in them."""
    pinned = {one.pinned.by for one in profiles if one.pinned}
    return {id for id in (*pinned, *(agent_id(one.by) for one in profiles)) if id}


def profile_view(root: str, profiles: Sequence[Profile], names: Mapping[str, str]) -> ProfileView:
    all_of_them = of_members(root, profiles)
    told = together(all_of_them)
    return ProfileView(
        version=told.version,
        name=told.name,
        company=told.company,
        language=told.language,
        tags=told.tags,
        fields={one.code: one.value for one in told.fields},
        value=told.value,
        pinned=_pinned(told.pinned, names),
        others=others(all_of_them),
        by_name=names.get(agent_id(told.by), ""),
        at=moment(told.at),
    )


def _pinned(note: Pinned | None, names: Mapping[str, str]) -> PinnedView | None:
    return PinnedView(note.text, note.by, names.get(note.by, ""), iso(note.at)) if note else None
