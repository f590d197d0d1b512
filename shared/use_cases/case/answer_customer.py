"""Everything an agent does on a case: reply, note, ask for a code, close."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.case.close import close
from shared.domain.case.reply import going_way, note, owned, pick, reply, request_key, ways
from shared.domain.change import Change, Put, Ref
from shared.domain.customer.head import Head, Link, Proof
from shared.domain.customer.kept import Case, Interaction
from shared.domain.errors import Conflict, Refused
from shared.domain.identity.proof import allowed, ask, counters
from shared.domain.now import Now
from shared.domain.routing.staff import Agent
from shared.domain.session.uses import Uses
from shared.domain.text import clean, mask
from shared.domain.timeline.append import case_of, written
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import RequestKey
from shared.domain.timeline.way import Way
from shared.ports import Clock, Ids, Settings, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.identity.prove_number import six_digits
from shared.use_cases.retry_on_conflict import retry_on_conflict

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class AnswerCustomer:
    """Each write carries a client-made key: the same request again gives the same entry.

    Raises Refused with the reason the agent is shown.
    """

    store: Store
    settings: Settings
    clock: Clock
    ids: Ids
    new_code: Callable[[], str] = six_digits

    def reply(
        self,
        agent_id: str,
        customer_id: str,
        case_id: str,
        channel: str,
        address: Address | None,
        text: str,
        key: str,
        origin: str = "",
    ) -> Entry:
        """`origin` is the socket it came by, if it came by one: that desk gets the entry as its answer."""
        words = _said(text)

        def decide(head: Head, now: Now) -> Change:
            owned(head, case_id, agent_id)
            way = going_way(head, case_id, channel, address) or pick(self.ways(head), channel, address)
            return reply(head, case_id, agent_id, way, words, key, now, origin)

        return self._once(agent_id, customer_id, key, decide)

    def note(self, agent_id: str, customer_id: str, case_id: str, text: str, key: str) -> Entry:
        words = mask(_said(text))  # what a customer read out to us is kept no more than what they typed
        return self._once(
            agent_id, customer_id, key, lambda head, now: note(head, case_id, agent_id, words, key, now)
        )

    def close(self, agent_id: str, customer_id: str, case_id: str, disposition: str) -> None:
        """Closing what this agent closed last changes nothing."""

        def once() -> None:
            head, agent = head_of(self.store, customer_id), self.store.get(Ref(Agent, agent_id))
            if head.closed and (head.closed.id, head.closed.owner) == (case_id, agent_id):
                return
            case = case_of(head, case_id)
            kept = self.store.get(Ref(Case, case.member, case_id)) if case else None
            if agent is None or case is None or kept is None:
                raise Refused("case_closed", status=409)
            exchanges = self._exchanges(head, case_id)
            self.store.commit(*close(head, kept, exchanges, agent, disposition, self._now()))

        retry_on_conflict(once)

    def ask_code(self, agent_id: str, customer_id: str, case_id: str, phone: str, key: str) -> Proof:
        """A code to this number on the visitor's behalf; they type it into the chat themselves."""

        def once() -> Proof:
            now, head = self._now(), head_of(self.store, customer_id)
            address = canonical(Address("phone", phone), now.centre.phone_region, "typed")
            used, before, link, *counted = self.store.get_all(
                Ref(RequestKey, f"agent:{agent_id}", key),
                Ref(Proof, address),
                Ref(Link, head.customer_id, address),
                *(Ref(Uses, c.subject, c.minute) for c in counters(head.customer_id, now)),
            )
            if used and before:
                return before  # type: ignore[no-any-return]  # what was asked for is what came
            owned(head, case_id, agent_id)
            if not allowed(address, before, counted, head, now):
                raise Refused("code_refused", status=422)
            asked = ask(head, address, before, self.new_code(), link, f"agent:{agent_id}", now)
            first = request_key(agent_id, key, asked.entries[0], now)
            self.store.commit(Put(first), *written(head, asked.head, *asked.entries), *asked.writes)
            return asked.proof

        return retry_on_conflict(once)

    def ways(self, head: Head) -> tuple[Way, ...]:
        """How this customer can be answered: one query for each member."""
        members = (head.customer_id, *head.members)
        return ways(head, [link for member in members for link in self.store.find(Link, member)])

    def _once(
        self, agent_id: str, customer_id: str, key: str, decide: Callable[[Head, Now], Change]
    ) -> Entry:
        """Commit the decision; where its key was used before, answer with what it wrote then."""

        def once() -> Entry:
            try:
                change = decide(head_of(self.store, customer_id), self._now())
                self.store.commit(*change)
            except (Refused, Conflict) as error:
                before = None if _raced(error) else self._before(agent_id, key)
                if before is None:
                    raise
                return before
            return _entry(change)

        return retry_on_conflict(once)

    def _before(self, agent_id: str, key: str) -> Entry | None:
        """What this key wrote, though the case may have changed since."""
        used = self.store.get(Ref(RequestKey, f"agent:{agent_id}", key))
        return self.store.get(Ref(Entry, used.customer_id, used.seq)) if used else None

    def _exchanges(self, head: Head, case_id: str) -> list[Interaction]:
        """All of a case, also those that came by the address of another member: one query for each."""
        members = (head.customer_id, *head.members)
        return [e for member in members for e in self.store.find(Interaction, member, case_id)]

    def _now(self) -> Now:
        return Now(self.clock(), self.ids, self.settings.centre())


def _said(text: str) -> str:
    words = clean(text).strip()
    if not words:
        raise Refused("empty", status=422)
    if len(words) > LONGEST:
        raise Refused("too_long", status=422)
    return words


def _raced(error: Refused | Conflict) -> bool:
    """Somebody else was faster; the key, which comes first, was not the matter."""
    return isinstance(error, Conflict) and 0 not in error.failed


def _entry(change: Change) -> Entry:
    return next(write.item for write in change if isinstance(write.item, Entry))
