"""An agent acts on the call they have: hold and resume it, add and drop people, hang up."""

from dataclasses import dataclass, replace

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.call.acts import ADD, DROP, HANG_UP, REFUSALS, acted, goes_on
from shared.domain.call.leg_words import call_line, calls_channel
from shared.domain.call.on_call import on_call
from shared.domain.case.callback import wrong_number
from shared.domain.case.end_interaction import end_interaction
from shared.domain.case.reply import owned
from shared.domain.case.together import together
from shared.domain.change import Change, Put
from shared.domain.customer.call import Call, LegRole
from shared.domain.customer.head import ContactState, Head
from shared.domain.errors import Malformed, Refused
from shared.domain.now import Now
from shared.domain.routing.phone import leg_timer
from shared.domain.timeline.append import first_entry, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.call.end_advice import end_advice
from shared.use_cases.call.find_call import call_in
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.leave import agent_on
from shared.use_cases.customer.find_customer import head_of


@dataclass(frozen=True, slots=True)
class Act:
    """`name` is hold, resume, hang_up, pause_recording, resume_recording, add or drop; `leg` is who is
    dropped, `number` what was typed to be added.
    """

    name: str
    leg: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ActOnCall:
    """One transaction of a line and the call, once per key. Refused with the reason the agent is shown."""

    store: Store
    now: Moment

    def __call__(self, agent_id: str, customer_id: str, case_id: str, act: Act, key: str) -> Entry:
        """Refused `case_closed`, `not_owner`, `no_call` (409), `bad_number` (422), and as `acted` says."""
        if act.name not in REFUSALS:
            raise Malformed("no such act")
        asked = asking(agent_id, key, "call_acted", case_id, act.name, act.leg, act.number)

        def decide() -> Change:
            now, head = self.now(), head_of(self.store, customer_id)
            call = self._call(head, case_id, agent_id)
            told = replace(act, number=_number(act, now))
            change = self._acted(head, call, agent_id, told, now)
            return (Put(asked.remembered(first_entry(change))), *change)

        return once_per_key(self.store, asked, decide)

    def _call(self, head: Head, case_id: str, agent_id: str) -> Call:
        case = owned(head, case_id, agent_id)
        talks = (c for c in case.contacts if c.state is ContactState.CONNECTED)
        mine = [contact.interaction_id for contact in talks if contact.agent == agent_id]
        going = (call for call in call_in(self.store, head, *mine) if goes_on(call))
        found = next(going, None)
        if found is None:
            raise Refused("no_call", status=409)
        return found

    def _acted(self, head: Head, call: Call, agent_id: str, act: Act, now: Now) -> Change:
        after = replace(acted(call, act.name, act.leg, act.number), version=call.version + 1)
        facts: dict[str, Scalar] = {"act": act.name, "agent": agent_id}
        facts |= {"leg": act.leg} if act.name == DROP else {}
        told: dict[str, object] = {"actor": f"agent:{agent_id}", "content": Content(act.number)}
        told |= {"timers": leg_timer(calls_channel(now), now)} if act.name == ADD else {}
        line = call_line(head, call, Kind.CALL_ACTED, facts, now, **told)
        change: Change = (*written(head, head, line), Put(after, over=call.version))
        behind = replace(head, version=line.seq)
        if act.name == HANG_UP:
            return together(change, self._ended(behind, after, now))
        return together(change, self._dropped(behind, after, act, now)) if act.name == DROP else change

    def _ended(self, head: Head, call: Call, now: Now) -> Change:
        """The exchange, as with a hang-up of ours; who was to be called back and is not reached is to be."""
        here = on_call(head, call)
        if here.case is None or here.going is None or (here.contact and here.contact.callback):
            return ()
        if not now.channels.of(here.going.channel).calls:
            return ()
        agent = agent_on(self.store, here.case, here.going)
        return end_interaction(head, here.case, here.going, "agent", now, agent=agent)

    def _dropped(self, head: Head, call: Call, act: Act, now: Now) -> Change:
        """A colleague who was asked gives advice no more."""
        leg, contact = call.leg(act.leg), on_call(head, call).contact
        if leg is None or contact is None or leg.role is not LegRole.COLLEAGUE or contact.asked != leg.who:
            return ()
        actor = f"agent:{contact.agent}"
        return end_advice(self.store, head, leg.who, call.interaction_id, "done", actor, now)


def _number(act: Act, now: Now) -> str:
    """In E.164, for who is added. Refused `bad_number` (422)."""
    if act.name != ADD:
        return ""
    address = canonical(Address("phone", act.number), now.centre.phone_region, "typed")
    if wrong_number(address, now):
        raise Refused("bad_number", status=422)
    return address.value
