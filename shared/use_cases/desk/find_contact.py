"""Which customer somebody means who names an address, a customer, a contact, or a case by its number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.address.address import parse_address
from shared.domain.address.phone import canonical
from shared.domain.change import Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.domain.ids import case_number
from shared.domain.routing.pool import Waiting
from shared.ports import Settings, Store
from shared.use_cases.routing.agents_there import agents_seen

MOST = 1000  # rows of a queue
PHONE = re.compile(r"[+0-9][0-9 ()-]{6,}")


@dataclass(frozen=True, slots=True)
class FindContact:
    """An address costs a read. For a contact or a case all that waits or is worked on is looked through: a
    query for each queue and each pool, and a batch for each 100 agents.
    """

    store: Store
    settings: Settings

    def __call__(self, name: str) -> tuple[str, str]:
        """The customer's id, and which of their contacts is meant ("" for all). `name` is an address
        (phone:+8210…, a plain number, a mail address), a customer's id, or of what waits or an agent has: a
        contact's id, a case's, or its number. Raises Refused `no_contact` (404).
        """
        if customer_id := self._customer(name):
            return customer_id, ""
        for contact_id, case_id, customer_id in self._work():
            if name in (contact_id, case_id) or name.upper() == case_number(case_id):
                return customer_id, name
        raise Refused("no_contact", status=404)

    def _customer(self, name: str) -> str:
        if not (":" in name or "@" in name or PHONE.fullmatch(name)):
            return name if self.store.get(Ref(Head, name)) else ""
        kind = "email" if "@" in name else "phone"
        address = parse_address(name if ":" in name else f"{kind}:{name}")
        region = self.settings.centre().phone_region
        owner = self.store.get(Ref(AddressOwner, canonical(address, region, "")))
        return owner.root if owner else ""

    def _work(self) -> Iterator[tuple[str, str, str]]:
        """Contact, case and customer of what an agent has, then of what waits."""
        for agent, _ in agents_seen(self.store, self.settings.centre().pools):
            for place in agent.engagements:
                yield place.interaction_id, place.case_id, place.customer_id
        for queue in self.settings.centre().queues:
            for row in self.store.find(Waiting, queue.pool, queue.name, limit=MOST):
                yield row.interaction_id, row.case_id, row.customer_id
