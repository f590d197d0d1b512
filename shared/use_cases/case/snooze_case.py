"""An agent leaves a case of theirs alone for a while, or takes it up before; and the timer that wakes it."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.case.snooze import AGENT, SNOOZE, TIME, Turned, snooze, wake
from shared.domain.change import Change, Ref
from shared.domain.channel.commands import Due
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of, with_case, written
from shared.domain.timeline.once import asking
from shared.domain.times import iso
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import done_once
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.load_agent import agent_of


@dataclass(frozen=True, slots=True)
class SnoozeCase:
    """Each is done once per key. Refused with the reason the agent is shown."""

    store: Store
    now: Moment

    def __call__(self, agent_id: str, customer_id: str, case_id: str, until: datetime, key: str) -> None:
        """Until then, or until the customer writes."""

        def decide() -> Change:
            head, agent = head_of(self.store, customer_id), agent_of(self.store, agent_id)
            return turned(head, snooze(head, case_id, agent, until, self.now()))

        done_once(self.store, asking(agent_id, key, SNOOZE, case_id, iso(until)), decide)

    def wake(self, agent_id: str, customer_id: str, case_id: str, key: str) -> None:
        """Back onto the desk of the agent who snoozed it; one that is awake stays as it is."""

        def decide() -> Change:
            head, agent = head_of(self.store, customer_id), agent_of(self.store, agent_id)
            case = case_of(head, case_id)
            if case is None:
                raise Refused("case_closed", status=409)
            if case.agent != agent_id:
                raise Refused("not_owner", status=409)
            if case.snoozed is None:
                return ()
            return turned(head, wake(head, case, agent, AGENT, self.now(), must=True))

        done_once(self.store, asking(agent_id, key, "wake", case_id), decide)


def snooze_over(store: Store, now: Moment, due: Due) -> None:
    """The timer. Nothing where the case is awake or closed, or sleeps until another time: that has a timer of
    its own.
    """

    def once() -> None:
        head, moment = head_of(store, due.customer_id), now()
        case = case_of(head, due.case_id)
        if case and case.snoozed and case.snoozed.until <= moment.at:
            owner = store.get(Ref(Agent, case.snoozed.by))
            store.commit(*turned(head, wake(head, case, owner, TIME, moment)))

    retry_on_conflict(once)


def turned(head: Head, done: Turned) -> Change:
    return (*written(head, with_case(head, done.case), done.entry), *done.writes)
