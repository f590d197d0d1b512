"""Somebody new answers customers: their place in the table. The login itself lies in the user pool."""

from dataclasses import dataclass, replace

from shared.domain.change import Put, Ref
from shared.domain.routing.audit import audited, hired
from shared.domain.routing.staff import Agent
from shared.domain.staffing import member_key
from shared.domain.timeline.entry import Scalar
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class AddStaff:
    """`agent_id` is the login's sub, `login` the address by which the settings name the agent, `phone` where
    calls ring them. Who is there already stays as they are, but for a login that is another one now ("": it
    is not known here), and for a phone where they had none.
    """

    store: Store
    now: Moment

    def __call__(
        self,
        agent_id: str,
        name: str,
        language: str = "",
        actor: str = "system",
        login: str = "",
        phone: str = "",
    ) -> Agent:
        def once() -> Agent:
            known = self._known(agent_id)
            if known:
                return self._named(known, login, phone)
            return self._hire(agent_id, name, language, actor, login, phone)

        return retry_on_conflict(once)

    def audit(self, agent_id: str, action: str, actor: str, **facts: Scalar) -> None:
        """Write down an action that leaves no other entry; nothing for who is no agent."""

        def once() -> None:
            agent = self._known(agent_id)
            if agent:
                self.store.commit(*audited(agent, action, actor, self.now(), **facts))

        retry_on_conflict(once)

    def _known(self, agent_id: str) -> Agent | None:
        return self.store.get(Ref(Agent, agent_id))

    def _named(self, agent: Agent, login: str, phone: str) -> Agent:
        """A phone that they have already stays."""
        known = replace(agent, login=login or agent.login, phone=agent.phone or phone)
        if known == agent:
            return agent
        renamed = replace(known, version=agent.version + 1)
        self.store.commit(Put(renamed, over=agent.version))
        return renamed

    def _hire(self, agent_id: str, name: str, language: str, actor: str, login: str, phone: str) -> Agent:
        now = self.now()
        pool = now.roster.pool_of(member_key(login))
        agent = Agent(agent_id, name, pool, version=1, language=language, login=login, phone=phone)
        self.store.commit(*hired(agent, actor, now))
        return agent
