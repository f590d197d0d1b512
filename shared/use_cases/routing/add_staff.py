"""Somebody new answers customers: their place in the table. The login itself lies in the user pool."""

from dataclasses import dataclass

from shared.domain.change import Ref
from shared.domain.routing.audit import audited, hired
from shared.domain.routing.staff import Agent
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class AddStaff:
    """`agent_id` is the login's sub. Who is there already stays as they are."""

    store: Store
    now: Moment

    def __call__(self, agent_id: str, name: str, language: str = "", actor: str = "system") -> Agent:
        return retry_on_conflict(lambda: self._known(agent_id) or self._hire(agent_id, name, language, actor))

    def audit(self, agent_id: str, action: str, actor: str) -> None:
        """Write down an action that leaves no other entry; nothing for who is no agent."""

        def once() -> None:
            agent = self._known(agent_id)
            if agent:
                self.store.commit(*audited(agent, action, actor, self.now()))

        retry_on_conflict(once)

    def _known(self, agent_id: str) -> Agent | None:
        return self.store.get(Ref(Agent, agent_id))

    def _hire(self, agent_id: str, name: str, language: str, actor: str) -> Agent:
        now = self.now()
        agent = Agent(agent_id, name, now.centre.queue.pool, version=1, language=language)
        self.store.commit(*hired(agent, actor, now))
        return agent
