"""Staff say what a customer is called, where they work, what they are worth, and what else is known."""

from shared.domain.case.profile import WrongParts
from shared.domain.case.profile import change_profile as decided
from shared.domain.change import Ref
from shared.domain.customer.evidence import Profile
from shared.domain.customer.profile import Edit, mistakes, tidied
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict


def change_profile(store: Store, now: Moment, customer_id: str, seen: int, told: Edit, by: str) -> None:
    """Of the root, whichever member was named. `seen` is the version the writer began from, `by` an agent's
    id. Refused `no_customer` (404); raises WrongParts and ProfileChanged.
    """
    wanted, centre = tidied(told), now().centre
    if wrong := mistakes(wanted, centre):
        raise WrongParts(wrong)

    def once() -> None:
        head = head_of(store, customer_id)
        change = decided(head, store.get(Ref(Profile, head.customer_id)), seen, wanted, by, now())
        if change:
            store.commit(*change)

    retry_on_conflict(once)
