"""A supervisor works on an open case: a note to its agent, stepping in and out, giving it to others."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.change import Change, Ref
from shared.domain.customer.head import Head, OpenCase
from shared.domain.desk.colleague_view import there
from shared.domain.desk.notices import notices
from shared.domain.desk.supervised import (
    Supervision,
    noted_to_agent,
    open_case,
    stepped_in,
    stepped_out,
)
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.sleep import HAS_IT
from shared.domain.routing.staff import Agent
from shared.domain.routing.transfer import LettingGo, transferred
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.reply_to_customer import written_words
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.desk.see_colleagues import must_be_queue
from shared.use_cases.routing.load_agent import agent_of

Act = Callable[[Head, Supervision, Now], Change]


@dataclass(frozen=True, slots=True)
class SuperviseCase:
    """`by` is the supervisor's id. Each is keyed: twice is once. Refused with the reason."""

    store: Store
    now: Moment

    def note(self, by: str, customer_id: str, case_id: str, text: str, key: str) -> Entry:
        return self._once("note_to_agent", noted_to_agent, by, customer_id, case_id, text, key)

    def step_in(self, by: str, customer_id: str, case_id: str, reason: str, key: str) -> Entry:
        """Refused `empty` (422) without a reason."""
        return self._once("step_in", stepped_in, by, customer_id, case_id, reason, key)

    def step_out(self, by: str, customer_id: str, case_id: str, key: str) -> Entry:
        return self._once("step_out", stepped_out, by, customer_id, case_id, "", key)

    def assign(
        self, by: str, customer_id: str, case_id: str, queue: str, to: str, reason: str, key: str
    ) -> Entry:
        """An owned case to another agent (`to`), who gets it as soon as they have room, or into a `queue`.
        The agent who had it is told. Refused `not_assigned` (409) where nobody has it, `has_it_already`,
        `agent_away` (409) and `no_queue` (422).
        """
        words = written_words(reason)
        asked = asking(by, key, "reassign", case_id, queue, to, words)

        def decide() -> Change:
            head, now = head_of(self.store, customer_id), self.now()
            agent = self._holder(open_case(head, case_id))
            self._receives(agent, queue, to, now)
            boss = agent_of(self.store, by)
            change = transferred(head, LettingGo(agent, case_id, words, asked, queue, to, boss), now)
            lines = (write.item for write in change if isinstance(write.item, Entry))
            return (*change, *(told for line in lines for told in notices(line)))

        return once_per_key(self.store, asked, decide)

    def _once(
        self, what: str, act: Act, by: str, customer_id: str, case_id: str, text: str, key: str
    ) -> Entry:
        words = "" if act is stepped_out else written_words(text)
        asked = asking(by, key, what, case_id, words)
        told = Supervision(by, case_id, words, asked)
        return once_per_key(
            self.store, asked, lambda: act(head_of(self.store, customer_id), told, self.now())
        )

    def _holder(self, case: OpenCase) -> Agent:
        if not any(c.agent == case.owner and c.state in HAS_IT for c in case.contacts):
            raise Refused("not_assigned", status=409)
        return agent_of(self.store, case.owner)

    def _receives(self, agent: Agent, queue: str, to: str, now: Now) -> None:
        if to == agent.id:
            raise Refused("has_it_already", status=409)
        colleague = self.store.get(Ref(Agent, to)) if to else None
        if to and (colleague is None or colleague.pool != agent.pool or not there(colleague, now)):
            raise Refused("agent_away", status=409)
        must_be_queue(queue, colleague, agent, now)
