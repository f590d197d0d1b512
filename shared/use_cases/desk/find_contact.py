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
from shared.domain.routing.staff import Agent, Engagement, Heartbeat
from shared.ports import Settings, Store

MOST, AT_ONCE = 1000, 100
PHONE = re.compile(r"[+0-9][0-9 ()-]{6,}")


@dataclass(frozen=True, slots=True)
class FindContact:
    """An address costs a read, a contact or case that an agent has a query and a batch for 100 agents."""

    store: Store
    settings: Settings

    def __call__(self, name: str) -> tuple[str, str]:
        """The customer's id, and which of their contacts is meant ("" for all). `name` is an address
        (phone:+8210…, a plain number, a mail address), a customer's id, or of work that an agent has: a
        contact's id, a case's, or its number. Raises Refused `no_contact` (404).
        """
        if customer_id := self._customer(name):
            return customer_id, ""
        for place in self._held():
            if name in (place.interaction_id, place.case_id) or name.upper() == case_number(place.case_id):
                return place.customer_id, name
        raise Refused("no_contact", status=404)

    def _customer(self, name: str) -> str:
        if not (":" in name or "@" in name or PHONE.fullmatch(name)):
            return name if self.store.get(Ref(Head, name)) else ""
        kind = "email" if "@" in name else "phone"
        address = parse_address(name if ":" in name else f"{kind}:{name}")
        region = self.settings.centre().phone_region
        owner = self.store.get(Ref(AddressOwner, canonical(address, region, "")))
        return owner.root if owner else ""

    def _held(self) -> Iterator[Engagement]:
        for pool in self.settings.centre().pools:
            beats = self.store.find(Heartbeat, pool, limit=MOST)
            for start in range(0, len(beats), AT_ONCE):
                page = (Ref(Agent, beat.agent_id) for beat in beats[start : start + AT_ONCE])
                yield from (one for agent in self.store.get_all(*page) if agent for one in agent.engagements)
