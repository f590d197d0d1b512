"""What a customer's own screen may show: what was said to them there, and nothing else."""

from shared.domain.address.address import Address
from shared.domain.timeline.entry import INSIDE, Audience, Entry
from shared.domain.timeline.kinds import OUTBOUND


def shown(entry: Entry, channel: str, address: Address) -> bool:
    """Whether this entry was said to this address on this channel. Notes, offers, assignments, what
    is held or was taken back, and what went to the customer elsewhere never are.
    """
    return (
        entry.kind in OUTBOUND
        and entry.audience is Audience.CUSTOMER
        and entry.delivery not in INSIDE
        and entry.channel == channel
        and entry.address == address
    )
