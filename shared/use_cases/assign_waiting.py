"""One look at a pool: who waits, who is free, and an offer for every pair."""

from dataclasses import dataclass

from shared.domain.assign import offer
from shared.domain.change import Delete, Ref
from shared.domain.customer import CaseState
from shared.domain.errors import Conflict
from shared.domain.line import case_of
from shared.domain.market import Free, Waiting
from shared.domain.match import Pair, pairs
from shared.domain.now import Now
from shared.domain.staff import Agent, fits, takes_work
from shared.ports import Clock, Ids, Settings, Store
from shared.use_cases.find_customer import head_of

PAGE = 20
LOOKS = 5


@dataclass(frozen=True, slots=True)
class AssignWaiting:
    """Strong reads of both sides; the conditions of each offer are the lock.

    Three requests for a look and three for each offer, however many wait or are free. What it
    leaves waiting is looked at again when somebody becomes free, or by the minute sweep.
    """

    store: Store
    settings: Settings
    clock: Clock
    ids: Ids

    def __call__(self, pool: str) -> int:
        """Returns the number of offers made. A lost race means the market has changed: look again."""
        made = 0
        for _ in range(LOOKS):
            offers, lost = self._look(pool)
            made += offers
            if not lost and not offers:
                break
        return made

    def _look(self, pool: str) -> tuple[int, bool]:
        free = self.store.find(Free, pool, limit=PAGE)
        waiting = self.store.find(Waiting, pool, limit=PAGE) if free else ()
        if not waiting:
            return 0, False
        rows = self.store.get_all(*(Ref(Agent, row.agent_id) for row in free))
        agents = {agent.id: agent for agent in rows if isinstance(agent, Agent)}
        made, lost = 0, False
        for pair in pairs(waiting, free, agents):
            try:
                made += self._offer(pair)
            except Conflict:
                lost = True
        return made, lost

    def _offer(self, pair: Pair) -> int:
        """1 for an offer, 0 where the agent has no room. Conflict where the market has changed: a row whose
        case waits no more is taken from it.
        """
        now = Now(self.clock(), self.ids, self.settings.centre())
        head = head_of(self.store, pair.waiting.customer_id)
        agent = self.store.get(Ref(Agent, pair.agent_id))
        case = case_of(head, pair.waiting.case_id)
        if case is None or case.state is not CaseState.WAITING:
            self.store.commit(Delete(pair.waiting))
            raise Conflict
        if agent is None or not takes_work(agent) or not fits(agent, case.channel):
            return 0
        self.store.commit(*offer(head, case, agent, pair.reason, now))
        return 1
