"""An agent and a callback: they promise one for later, and say whether the customer answered."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.address.way import Way
from shared.domain.case.call_made import MOST_TRIES, having, missed, missed_at_last, reached, schedule
from shared.domain.case.callback import fits, promise, wrong_number
from shared.domain.case.close import Closing, close
from shared.domain.case.reply import owned
from shared.domain.case.ways import may_speak
from shared.domain.change import Change, Put, Ref
from shared.domain.customer.automatic import noted
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.customer.kept import Case, Interaction
from shared.domain.customer.language import language_for
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import with_case, written
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import Asking, asking
from shared.domain.timeline.outbound import said_by_us
from shared.domain.times import iso
from shared.domain.words.to_customers import say
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.reply_to_customer import ReplyToCustomer
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.load_agent import agent_of

NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class MakeCallback:
    """Each write is done once per key. Refused with the reason the agent is shown."""

    store: Store
    now: Moment

    def schedule(
        self, agent_id: str, customer_id: str, case_id: str, phone: str, at: datetime, key: str
    ) -> Entry:
        """The customer is called at this moment; until then the case is nobody's."""
        asked = asking(agent_id, key, "callback", case_id, phone, iso(at))

        def decide() -> Change:
            now, head, agent = self.now(), head_of(self.store, customer_id), agent_of(self.store, agent_id)
            case, contact = self._mine(head, case_id, agent)
            address = canonical(Address("phone", phone), now.centre.phone_region, "typed")
            refusal = wrong_number(address, now) or (
                "" if fits(contact.queue, at, now) else "callback_bad_time"
            )
            if refusal:
                raise Refused(refusal, status=422)
            wish = Callback(address, not_before=at)
            called = schedule(head, agent, case, contact, wish, now)
            said, after = self._words(
                head, case, (called.entry,), promise(wish, contact.queue, language_for(head, now), now)
            )
            lines = written(head, with_case(after, called.case), called.entry, *said)
            return (Put(asked.remembered(called.entry)), *lines, *called.writes)

        return once_per_key(self.store, asked, decide)

    def tried(self, agent_id: str, customer_id: str, case_id: str, answered: bool, key: str) -> None:
        """Whether the customer answered the call. After the last try that nobody answered the case ends."""
        asked = asking(agent_id, key, "call", case_id, str(answered))

        def decide() -> Change:
            head, agent = head_of(self.store, customer_id), agent_of(self.store, agent_id)
            case, contact = self._mine(head, case_id, agent)
            last = having(contact, agent).tries + 1 >= MOST_TRIES
            if not answered and last:
                return self.given_up(head, agent, case, contact, asked)
            called = (reached if answered else missed)(head, agent, case, contact, self.now())
            lines = written(head, with_case(head, called.case), called.entry)
            return (Put(asked.remembered(called.entry)), *lines, *called.writes)

        once_per_key(self.store, asked, decide)

    def given_up(self, head: Head, agent: Agent, case: OpenCase, contact: Contact, asked: Asking) -> Change:
        """Nobody answered the last try: the case ends, and they are told so where that may be written."""
        now = self.now()
        line = missed_at_last(head, agent, case, contact, now)
        words = say("callback_missed", language_for(head, now), tries=MOST_TRIES)
        said, after = self._words(head, case, (line,), words)
        kept = self.store.get(Ref(Case, case.member, case.id))
        if kept is None:
            raise Refused("case_closed", status=409)
        members = (head.customer_id, *head.members)
        exchanges = [e for member in members for e in self.store.find(Interaction, member, case.id)]
        closing = Closing(agent, _no_answer(now), "", asked, (line, *said))
        return close(after, kept, exchanges, closing, now)

    def _mine(self, head: Head, case_id: str, agent: Agent) -> tuple[OpenCase, Contact]:
        """The contact that the agent has in this case. Refused where they have none."""
        case = owned(head, case_id, agent.id)
        having = (c for c in case.contacts if c.agent == agent.id and c.state is ContactState.CONNECTED)
        contact = next(having, None)
        if contact is None:
            raise Refused("not_owner", status=409)
        if contact.asked:
            raise Refused("consult_open", status=409)
        return case, contact

    def _words(
        self, head: Head, case: OpenCase, before: tuple[Entry, ...], words: str
    ) -> tuple[tuple[Entry, ...], Head]:
        """The words as a message where a program may write to them, and the head that remembers it."""
        now = self.now()
        way = self._way(head, now)
        if way is None:
            return (), head
        going = (one.id for one in case.interactions if one.way.channel == way.channel)
        ahead = replace(head, version=head.version + len(before))
        entry = said_by_us(ahead, way, case.id, next(going, ""), words, now)
        return (entry,), noted(head, way.channel, now)

    def _way(self, head: Head, now: Now) -> Way | None:
        """Where they need not be on the line comes first: who is called has left the chat, most often."""
        options = [one.way for one in ReplyToCustomer(self.store, self.now).ways(head, now) if not one.reason]
        fitting = [way for way in options if may_speak(head, way, now)]
        return min(fitting, key=lambda way: now.channels.of(way.channel).live, default=None)


def _no_answer(now: Now) -> str:
    """The centre's outcome for it; where it has none of this name, its first that solves nothing."""
    codes = [one.code for one in now.centre.dispositions]
    unsolved = [one.code for one in now.centre.dispositions if not one.solved]
    return NO_ANSWER if NO_ANSWER in codes else next(iter((*unsolved, *codes)), NO_ANSWER)
