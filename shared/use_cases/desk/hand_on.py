"""An agent hands a case on: cold to a queue or a colleague, or after asking the colleague first."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.change import Change, Ref
from shared.domain.customer.head import Contact, Head
from shared.domain.desk.colleague_view import has_room, there, told_names
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.consult import Consult, asked_for, ended, handed_over
from shared.domain.routing.staff import Agent
from shared.domain.routing.transfer import LettingGo, held, transferred
from shared.domain.timeline.append import case_of
from shared.domain.timeline.once import Asking, asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.reply_to_customer import written_words
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.desk.see_colleagues import SeeColleagues, must_be_queue, queues_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.load_agent import agent_of


@dataclass(frozen=True, slots=True)
class Wish:
    """Which case of whose, to whom it goes (a queue, or a colleague's id), and a note for them."""

    agent_id: str
    customer_id: str
    case_id: str
    queue: str = ""
    to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandOn:
    """Refused `colleague_gone`, `colleague_busy` and `no_queue` name who and what there is instead."""

    store: Store
    now: Moment

    def transfer(self, wish: Wish, key: str) -> None:
        """The agent lets go. A busy colleague is waited for alone a while, then the queue serves it."""

        def decide(asked: Asking, note: str) -> Change:
            now, agent = self.now(), agent_of(self.store, wish.agent_id)
            head = head_of(self.store, wish.customer_id)
            colleague = self._colleague(agent, wish, head, now) if wish.to else None
            must_be_queue(wish.queue, colleague, agent, now)
            going = LettingGo(agent, wish.case_id, note, asked, wish.queue, wish.to)
            return transferred(head, going, now)

        self._once("transfer", wish, key, decide)

    def ask(self, wish: Wish, key: str) -> None:
        """It rings the colleague, who has to have room for it."""

        def decide(asked: Asking, note: str) -> Change:
            now, agent = self.now(), agent_of(self.store, wish.agent_id)
            head = head_of(self.store, wish.customer_id)
            _, (contact, *_) = held(head, wish.case_id, agent.id)
            colleague = self._colleague(agent, wish, head, now)
            if not has_room(colleague, contact, now):
                raise self._instead("colleague_busy", agent, contact, now)
            return asked_for(head, Consult(agent, colleague, wish.case_id, note, asked), now)

        self._once("consult", wish, key, decide)

    def hand_over(self, wish: Wish, key: str) -> None:
        """To the colleague who was asked and has joined."""

        def decide(asked: Asking, note: str) -> Change:
            agent, head = agent_of(self.store, wish.agent_id), head_of(self.store, wish.customer_id)
            colleague = agent_of(self.store, _asked_by(head, wish, agent.id))
            return handed_over(head, Consult(agent, colleague, wish.case_id, note, asked), self.now())

        self._once("hand_over", wish, key, decide)

    def end(self, agent_id: str, customer_id: str, case_id: str) -> None:
        """Either of the two ends the consult; one that has ended already is a success."""

        def once() -> None:
            head = head_of(self.store, customer_id)
            contact = _consulted(head, case_id, agent_id)
            colleague = self.store.get(Ref(Agent, contact.asked)) if contact else None
            places = colleague.engagements if colleague else ()
            place = next((e for e in places if e.consult and e.case_id == case_id), None)
            if colleague and place:
                actor = f"agent:{agent_id}"
                self.store.commit(*ended(head, colleague, place, "done", actor, self.now()))

        retry_on_conflict(once)

    def _once(self, what: str, wish: Wish, key: str, decide: Callable[[Asking, str], Change]) -> None:
        note = written_words(wish.note) if wish.note.strip() else ""
        asked = asking(wish.agent_id, key, what, wish.case_id, wish.queue, wish.to, note)
        once_per_key(self.store, asked, lambda: decide(asked, note))

    def _colleague(self, agent: Agent, wish: Wish, head: Head, now: Now) -> Agent:
        """Whoever is there and of the same pool. They may be busy."""
        colleague = self.store.get(Ref(Agent, wish.to))
        fits = colleague and colleague.id != agent.id and colleague.pool == agent.pool
        if colleague is None or not fits or not there(colleague, now):
            case = case_of(head, wish.case_id)
            raise self._instead("colleague_gone", agent, case.contact if case else None, now)
        return colleague

    def _instead(self, code: str, agent: Agent, contact: Contact | None, now: Now) -> Refused:
        views = SeeColleagues(self.store, self.now).views(agent, contact, now)
        return Refused(code, status=409, told=told_names(views, queues_of(agent, now)))


def _consulted(head: Head, case_id: str, agent_id: str) -> Contact | None:
    """The contact of the case about which somebody is asked, by this agent or this agent themselves."""
    case = case_of(head, case_id)
    both = (c for c in case.contacts if c.asked and agent_id in (c.agent, c.asked)) if case else iter(())
    return next(both, None)


def _asked_by(head: Head, wish: Wish, agent_id: str) -> str:
    contact = _consulted(head, wish.case_id, agent_id)
    if contact is None:
        raise Refused("no_consult", status=409)
    return contact.asked
