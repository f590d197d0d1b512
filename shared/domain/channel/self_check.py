"""The message that `patchbay doctor` sends through a provider's door, to see that it arrives.

It is known by the provider's name for the message: that name is signed with the rest, and no customer can
choose it. It is counted as ignored and touches no customer, no case and no agent.
"""

from shared.domain.channel.arrival import Ignored
from shared.domain.channel.commands import Raw

BEGINS = "patchbay-self-check-"
SENT_BY_US = Ignored("self_check")


def is_self_check(raw: Raw) -> bool:
    return raw.event_id.startswith(BEGINS)
