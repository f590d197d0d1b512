"""An agent asks for a code to a number on the visitor's behalf; they type it into the chat themselves."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.case.reply import owned
from shared.domain.change import Put, Ref
from shared.domain.customer.evidence import Proof
from shared.domain.errors import Refused
from shared.domain.identity.may_ask import allowed
from shared.domain.identity.proof import ask
from shared.domain.timeline.append import written
from shared.domain.timeline.once import Asking, RequestKey, asking
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.identity.prove_number import asked_before, six_digits
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class AskCode:
    """The same key again gives the same proof. Refused `code_refused` (422) where none may be sent,
    `key_reused` (409) where the key was used for another number.
    """

    store: Store
    now: Moment
    new_code: Callable[[], str] = six_digits

    def __call__(self, agent_id: str, customer_id: str, case_id: str, phone: str, key: str) -> Proof:
        request = asking(agent_id, key, "code", case_id, phone)
        return retry_on_conflict(lambda: self._ask(agent_id, customer_id, case_id, phone, request))

    def _ask(self, agent_id: str, customer_id: str, case_id: str, phone: str, request: Asking) -> Proof:
        now, head = self.now(), head_of(self.store, customer_id)
        address = canonical(Address("phone", phone), now.centre.phone_region, "typed")
        before = asked_before(self.store, head, address, now)
        used = self.store.get(Ref(RequestKey, request.actor, request.key))
        if used:
            request.confirm(used)
        if used and before.proof:
            return before.proof  # what was asked for is what came
        owned(head, case_id, agent_id)
        if not allowed(address, before, now):
            raise Refused("code_refused", status=422)
        asked = ask(head, address, before, self.new_code(), f"agent:{agent_id}", now)
        first = Put(request.remembered(asked.entries[0]))
        self.store.commit(first, *written(head, asked.head, *asked.entries), *asked.writes)
        return asked.proof
