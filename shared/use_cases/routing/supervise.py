"""What supervisors do with contacts that wait, and with agents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.desk.colleague_view import has_room, there
from shared.domain.desk.waiting_view import Which
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import offer
from shared.domain.routing.audit import drained
from shared.domain.routing.queueing import placed_again
from shared.domain.routing.requeue import in_queue, requeued
from shared.domain.routing.staff import Agent
from shared.domain.routing.transfer import LEAST_ALONE
from shared.domain.timeline.append import case_of, contact_of
from shared.ports import AtOnce, Moment, Store
from shared.use_cases.at_once import one_after_another
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.desk.see_waiting import SeeWaiting
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.load_agent import agent_of
from shared.use_cases.routing.move_on import MoveOn

AT_MOST = 100  # contacts that one request moves
MOVED_BY_HAND, GIVEN = "by_hand", "given"


@dataclass(frozen=True, slots=True)
class Named:
    """One contact that waits."""

    customer_id: str
    case_id: str
    interaction_id: str


@dataclass(frozen=True, slots=True)
class Moved:
    """How many are in the other queue now, how many waited no more, and how many are still to be moved."""

    moved: int
    gone: int
    left: int


@dataclass(frozen=True, slots=True)
class Supervise:
    store: Store
    now: Moment
    at_once: AtOnce = one_after_another

    def move(self, queue: str, to: str, which: Which, only: Sequence[Named], actor: str) -> Moved:
        """Those of `queue` that fit, or `only` these, into the queue `to`, each with its age. At most 100;
        whoever asks goes on while some are left. Refused `no_queue` (422).
        """
        now, see = self.now(), SeeWaiting(self.store, self.now)
        if to == queue or to not in {one.name for one in now.centre.queues}:
            others = ", ".join(one.name for one in now.centre.queues if one.name != queue)
            raise Refused("no_queue", status=422, told={"queues": others} if others else {})
        found = list(only) or [
            Named(row.customer_id, row.case_id, row.interaction_id)
            for row in see.rows(queue)
            if which.fits(row, now.at)
        ]
        done = self.at_once(lambda one: self._moved(one, queue, to, actor), found[:AT_MOST])
        moved = sum(done)
        return Moved(moved, len(done) - moved, len(found) - len(done))

    def give(self, named: Named, agent_id: str, actor: str) -> bool:
        """This contact to this agent: it rings them at once where they are free (True), else it waits for
        them alone a while. Refused `agent_away` (409), `not_waiting` (409).
        """

        def once() -> bool:
            now = self.now()
            head, case, contact = self._waiting(named)
            agent = agent_of(self.store, agent_id)
            if not there(agent, now) or agent.pool != now.centre.pool_of(contact.queue):
                raise Refused("agent_away", status=409)
            if has_room(agent, contact, now):
                self.store.commit(*offer(head, case, contact, agent, f"given by a supervisor ({actor})", now))
                return True
            waits = _alone(contact, agent, now)
            self.store.commit(*requeued(head, case, waits, GIVEN, now, actor=actor))
            return False

        return retry_on_conflict(once)

    def drain(self, agent_id: str, draining: bool, actor: str) -> Agent:
        """Whether this agent gets new work; what they have, they finish. What waits for them alone does no
        longer.
        """

        def once() -> None:
            agent = agent_of(self.store, agent_id)
            if agent.draining != draining:
                self.store.commit(*drained(agent, draining, actor, self.now()))

        retry_on_conflict(once)
        after = agent_of(self.store, agent_id)
        if after.draining:
            MoveOn(self.store, self.now).away_from(after.pool, agent_id)
        return after

    def _moved(self, named: Named, queue: str, to: str, actor: str) -> bool:
        """False for one that waits there no more."""

        def once() -> bool:
            try:
                head, case, contact = self._waiting(named)
            except Refused:
                return False
            if contact.queue != queue:
                return False
            now = self.now()
            after = in_queue(contact, placed_again(contact, head.language, now, to))
            self.store.commit(*requeued(head, case, after, MOVED_BY_HAND, now, actor=actor))
            return True

        return retry_on_conflict(once)

    def _waiting(self, named: Named) -> tuple[Head, OpenCase, Contact]:
        head = head_of(self.store, named.customer_id)
        case = case_of(head, named.case_id)
        contact = contact_of(case, named.interaction_id) if case else None
        if case is None or contact is None or contact.state is not ContactState.WAITING:
            raise Refused("not_waiting", status=409)
        return head, case, contact


def _alone(contact: Contact, agent: Agent, now: Now) -> Contact:
    seconds = timedelta(seconds=now.centre.queue_of(contact.queue).preferred_seconds)
    return replace(contact, preferred=agent.id, alone_until=now.at + max(seconds, LEAST_ALONE))
