"""What staff say of a customer: kept in the root's profile, told on the timeline by its parts' names."""

from collections.abc import Mapping

from shared.domain.change import ABSENT, Change, Put
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Head
from shared.domain.customer.language import as_said
from shared.domain.customer.profile import Edit, edited
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.timeline.append import next_entry, written
from shared.domain.timeline.entry import Kind


class WrongParts(Refused):
    """Nothing was written. `parts` are codes of sentences by the part that cannot be taken."""

    def __init__(self, parts: Mapping[str, str]) -> None:
        super().__init__("wrong_profile", status=422)
        self.parts = parts


class ProfileChanged(Refused):
    """Somebody else was faster; nothing was written. `profile` is the one that holds."""

    def __init__(self, profile: Profile) -> None:
        super().__init__("profile_changed", status=409)
        self.profile = profile


def change_profile(head: Head, stored: Profile | None, seen: int, told: Edit, by: str, now: Now) -> Change:
    """`seen` is the version that the writer saw (0 for none), `told` is tidied and without mistakes, `by` an
    agent's id. Nothing where all of it is so already: the same request again is none. Raises ProfileChanged.
    """
    known = stored or Profile(head.customer_id)
    after, names = edited(known, told, by, now.at)
    if not names:
        return ()
    if seen != (known.version if stored else 0):
        raise ProfileChanged(known)
    facts = {"fields": " ".join(names), "agent": by}
    line = next_entry(head, now, Kind.PROFILE_CHANGED, actor=f"agent:{by}", facts=facts)
    ahead = as_said(head, told.language) if told.language is not None else head
    return (*written(head, ahead, line), Put(after, over=known.version if stored else ABSENT))
