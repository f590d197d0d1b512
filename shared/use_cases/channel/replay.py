"""What a customer's screen missed: everything said to it after a number it knows."""

from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.change import Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.timeline.entry import NOT_COLLECTED, Delivery, Entry
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
        them in vain: shown now, it is delivered.
        """
        owner = self.store.get(Ref(AddressOwner, address))
        if owner is None:
            return Replayed((), after, more=False)
        page = self.store.find(Entry, owner.customer_id, after=f"{after:012}", limit=PAGE)
        said = tuple(e for e in page if shown(e, self.channel, address) and not _lost(e))
        return Replayed(said, page[-1].seq if page else after, more=len(page) == PAGE)


def _lost(entry: Entry) -> bool:
    return entry.delivery is Delivery.FAILED and entry.delivery_reason != NOT_COLLECTED
