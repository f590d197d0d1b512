"""What a customer is to the centre, said by staff: kept in the profile, told on the timeline."""

from dataclasses import replace

from shared.domain.change import ANY, Change, Put
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.timeline.append import next_entry, written
from shared.domain.timeline.choice import CHOICE_ID
from shared.domain.timeline.entry import Kind

TIER_SET = "tier_set"


def set_tier(head: Head, profile: Profile | None, tier: str, actor: str, now: Now) -> Change:
    """The tier of a customer's contacts from now on ("" takes it away); nothing where it is theirs already.

    Refused `bad_tier` (422) for what is no single word.
    """
    if tier and not CHOICE_ID.fullmatch(tier):
        raise Refused("bad_tier", status=422)
    known = profile or Profile(head.customer_id)
    if tier == known.tier:
        return ()
    facts = {"action": TIER_SET, "before": known.tier, "after": tier}
    entry = next_entry(head, now, Kind.AUDITED, actor=actor, facts=facts)
    kept = replace(known, tier=tier, version=known.version + 1)
    return (*written(head, head, entry), Put(kept, over=known.version if profile else ANY))
