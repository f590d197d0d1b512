"""Staff say what a customer is to the centre."""

from shared.domain.case.tier import set_tier as decided
from shared.domain.change import Ref
from shared.domain.customer.evidence import Profile
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict


def set_tier(store: Store, now: Moment, customer_id: str, tier: str, actor: str) -> None:
    """Of the root, whichever member was named. Refused `no_customer` (404) and `bad_tier` (422)."""

    def once() -> None:
        head = head_of(store, customer_id)
        change = decided(head, store.get(Ref(Profile, head.customer_id)), tier, actor, now())
        if change:
            store.commit(*change)

    retry_on_conflict(once)
