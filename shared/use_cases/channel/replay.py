"""What a customer's screen missed: everything said to it after a number it knows."""

from dataclasses import dataclass
from itertools import takewhile

from shared.domain.address.address import Address
from shared.domain.change import Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.rising import NOT_COLLECTED
from shared.domain.timeline.screen import shown
from shared.ports import Store

PAGE = 100


@dataclass(frozen=True, slots=True)
class Replayed:
    """`after` is the last number looked at; `more` says that the timeline may go on behind it."""

    entries: tuple[Entry, ...]
    after: int
    more: bool


@dataclass(frozen=True, slots=True)
class Replay:
    store: Store
    channel: str

    def __call__(self, address: Address, after: int) -> Replayed:
        """One page of the timeline, oldest first, of the customer to whom this address belongs: entries
        lie under the member they came by, so a merge changes nothing here. What staff were told has
        failed is left out: the customer must not see more than the desk believes. But for what waited for
        them in vain: shown now, it is delivered. The page ends before a reply that is held: it comes yet.
        """
        owner = self.store.get(Ref(AddressOwner, address))
        if owner is None:
            return Replayed((), after, more=False)
        page = self.store.find(Entry, owner.customer_id, after=f"{after:012}", limit=PAGE)
        seen = tuple(takewhile(lambda e: e.delivery is not Delivery.HELD or e.address != address, page))
        said = tuple(e for e in seen if shown(e, self.channel, address) and not _lost(e))
        return Replayed(said, seen[-1].seq if seen else after, more=len(seen) == PAGE)


def _lost(entry: Entry) -> bool:
    return entry.delivery is Delivery.FAILED and entry.delivery_reason != NOT_COLLECTED
