"""An agent puts tags on a case and takes them off, also on one that is closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.case.tag import tagged
from shared.domain.change import Change, Ref
from shared.domain.customer.kept import Case
from shared.domain.errors import Refused
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import done_once
from shared.use_cases.customer.find_customer import head_of


@dataclass(frozen=True, slots=True)
class TagCase:
    """Done once per key. Refused `no_case` (404), and as the decision says."""

    store: Store
    now: Moment

    def __call__(
        self,
        agent_id: str,
        customer_id: str,
        case_id: str,
        add: Sequence[str],
        remove: Sequence[str],
        key: str,
    ) -> None:
        def decide() -> Change:
            head = head_of(self.store, customer_id)
            members = (head.customer_id, *head.members)
            rows = self.store.get_all(*(Ref(Case, member, case_id) for member in members))
            kept = next((row for row in rows if row), None)
            if kept is None:
                raise Refused("no_case", status=404)
            return tagged(head, kept, add, remove, agent_id, self.now())

        done_once(self.store, asking(agent_id, key, "tag", case_id, *add, "-", *remove), decide)
