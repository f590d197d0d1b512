"""A call as it stands: its contact, and what is asked for only where somebody is rung or spoken to."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.call.on_call import on_call
from shared.domain.call.order import Act, Order
from shared.domain.call.said import Caller, Said, lately, said
from shared.domain.call.wanted import CUSTOMER, to_be_rung
from shared.domain.change import Ref
from shared.domain.customer.call import Call, LegRole
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Contact, Head
from shared.domain.now import Now
from shared.domain.routing.phone import phone_of
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Entry, Kind
from shared.ports import Store

CALLS_COUNTED = 6
LINES_READ = 20


@dataclass(frozen=True, slots=True)
class LineNow:
    """`entry` is the line of the timeline by which we came here, `contact` None once it is over."""

    store: Store
    now: Now
    entry: Entry
    head: Head
    call: Call
    contact: Contact | None

    def phones(self) -> Mapping[str, str]:
        """Where those are rung who have no leg yet; and the customer, where we call them."""
        agents = self._agents(to_be_rung(self.call, self.contact, self.now))
        return {agent.id: phone_of(agent, self.now) for agent in agents} | {CUSTOMER: self._to_call()}

    def said(self, order: Order, call: Call) -> Said:
        """What is said with this order; about the caller only to who of ours picks up."""
        leg = order.leg
        rung = leg if order.act is Act.DIAL and leg and leg.role is not LegRole.CUSTOMER else None
        if rung is None or not rung.who:
            return said(call, self.contact, Caller(number=self._number()), "", self.now)
        language = next((agent.language for agent in self._agents((rung.who,))), "")
        return said(call, self.contact, self._caller(), language, self.now)

    def _agents(self, ids: tuple[str, ...]) -> tuple[Agent, ...]:
        found = self.store.get_all(*(Ref(Agent, id) for id in ids)) if ids else ()
        return tuple(agent for agent in found if agent)

    def _number(self) -> str:
        """The customer's, as the carrier writes it."""
        going = on_call(self.head, self.call).going
        called = going.way if going and self.now.channels.of(going.channel).calls else self.entry.way
        return self.call.number or called.reply_to or called.address.value or self._to_call()

    def _to_call(self) -> str:
        """Where we call the customer: as they asked, or as who placed the call said."""
        asked = self.contact.callback if self.contact else None
        going = on_call(self.head, self.call).going
        return (
            asked.address.value if asked else self.call.number or (going.way.address.value if going else "")
        )

    def _caller(self) -> Caller:
        member = self.call.customer_id
        profile = self.store.get(Ref(Profile, self.head.customer_id))
        calls = self.store.find(Call, member, newest_first=True, limit=CALLS_COUNTED)
        name = profile.name if profile else ""
        told = (name, self._number(), lately(calls, self.now.at), self._subject())
        going = on_call(self.head, self.call).going
        return Caller(*told, withheld=going is not None and not going.way.address.reachable)

    def _subject(self) -> str:
        """What they said to the menu, as it was handed on."""
        lines = self.store.find(Entry, self.call.customer_id, newest_first=True, limit=LINES_READ)
        handed = (one for one in lines if one.kind is Kind.HANDED_OVER)
        told = next((one for one in handed if one.interaction_id == self.call.interaction_id), None)
        return told.text if told else ""


def line_now(store: Store, now: Now, entry: Entry) -> LineNow | None:
    """None for an exchange that is no call, or none that we know."""
    call, head = store.get_all(Ref(Call, entry.timeline, entry.interaction_id), Ref(Head, entry.timeline))
    if head and head.root:
        head = store.get(Ref(Head, head.root))
    if head is None:
        return None
    call = call or _of_member(store, head, entry)
    return LineNow(store, now, entry, head, call, on_call(head, call).contact) if call else None


def _of_member(store: Store, head: Head, entry: Entry) -> Call | None:
    """Where customers became one, a call stays with the one who called, and what is decided of it is written
    under the one who rules."""
    others = [id for id in (head.customer_id, *head.members) if id != entry.timeline]
    refs = [Ref(Call, id, entry.interaction_id) for id in others]
    return next((call for call in store.get_all(*refs) if call), None) if refs else None
