"""An agent gives a case to a colleague or a queue, with the reason: one of theirs, or one that waits."""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.change import Change, Ref
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.desk.colleague_view import there, told_names
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.queueing import placed_again
from shared.domain.routing.requeue import in_queue, requeued
from shared.domain.routing.sleep import HAS_IT
from shared.domain.routing.staff import Agent
from shared.domain.routing.transfer import LEAST_ALONE, LettingGo, note_of, transferred
from shared.domain.timeline.append import case_of
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import done_once
from shared.use_cases.case.reply_to_customer import written_words
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.desk.hand_on import Wish
from shared.use_cases.desk.see_colleagues import SeeColleagues, must_be_queue, queues_of
from shared.use_cases.routing.load_agent import agent_of

ASSIGNED_BY_HAND = "assigned"


@dataclass(frozen=True, slots=True)
class AssignCase:
    """Done once per key. Refused `no_queue` (422), `colleague_gone`, `consult_open`, `not_assignable` and
    `case_closed` (409).
    """

    store: Store
    now: Moment

    def __call__(self, wish: Wish, key: str) -> None:
        note = written_words(wish.note) if wish.note.strip() else ""
        asked = asking(wish.agent_id, key, "assign", wish.case_id, wish.queue, wish.to, note)

        def decide() -> Change:
            now, agent = self.now(), agent_of(self.store, wish.agent_id)
            head = head_of(self.store, wish.customer_id)
            case = case_of(head, wish.case_id)
            if case is None:
                raise Refused("case_closed", status=409)
            colleague = self._receiver(agent, wish, case, now) if wish.to else None
            must_be_queue(wish.queue, colleague, agent, now)
            if any(c.agent == agent.id and c.state in HAS_IT for c in case.contacts):
                going = LettingGo(agent, wish.case_id, note, asked, wish.queue, wish.to)
                return transferred(head, going, now)[1:]  # without the key, which is put before it
            return self._moved(head, case, agent, colleague, replace(wish, note=note), now)

        done_once(self.store, asked, decide)

    def _moved(
        self, head: Head, case: OpenCase, agent: Agent, colleague: Agent | None, wish: Wish, now: Now
    ) -> Change:
        """What waits in a queue of the agent's own pool waits there from now on, with its age."""
        contact = next((c for c in case.contacts if c.state is ContactState.WAITING), None)
        if contact is None or agent.pool != now.centre.pool_of(contact.queue):
            raise Refused("not_assignable", status=409)
        after = in_queue(contact, placed_again(contact, head.language, now, wish.queue or contact.queue))
        after = _for_them(after, colleague, now) if colleague else after
        before = note_of(head, case, agent, wish.note, now)
        actor = f"agent:{agent.id}"
        return requeued(head, case, after, ASSIGNED_BY_HAND, now, actor=actor, before=before)

    def _receiver(self, agent: Agent, wish: Wish, case: OpenCase, now: Now) -> Agent:
        """The colleague. They are there and of the same pool; they may be busy."""
        colleague = self.store.get(Ref(Agent, wish.to))
        if colleague is None or colleague.pool != agent.pool or not there(colleague, now):
            views = SeeColleagues(self.store, self.now).views(agent, case.contact, now)
            raise Refused("colleague_gone", status=409, told=told_names(views, queues_of(agent, now)))
        return colleague


def _for_them(contact: Contact, colleague: Agent, now: Now) -> Contact:
    seconds = timedelta(seconds=now.centre.queue_of(contact.queue).preferred_seconds)
    return replace(contact, preferred=colleague.id, alone_until=now.at + max(seconds, LEAST_ALONE))
