"""Whose message it is: their own customer's, that of a conversation it names, or somebody's we just met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.case.attach import reopens
from shared.domain.case.echo import OWN_ECHO
from shared.domain.case.turn import Known, Speaker
from shared.domain.change import Ref
from shared.domain.channel.arrival import Arrival, Ignored, Message
from shared.domain.channel.commands import Raw
from shared.domain.channel.conversation import Conversation, same_message, took_part
from shared.domain.channel.receipt import Receipt
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.call import CallOf
from shared.domain.customer.evidence import AddressOwner, Consent, Profile
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.errors import Conflict
from shared.domain.ids import case_number
from shared.domain.now import Now
from shared.domain.routing.needs import asks_for
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.kinds import OUTBOUND
from shared.ports import Store

MOST_REFERENCES = 6  # the nearest ones: each is a row of the first request
SAME_MESSAGE = "same_message"


@dataclass(frozen=True, slots=True)
class Recognise:
    """Two requests: the first asks for all that the message itself names, the second for the head. Where it
    names a message of somebody else, a third one asks for that.
    """

    store: Store

    def __call__(self, raw: Raw, arrival: Arrival, now: Now) -> Receipt | Ignored | Known:
        """A receipt, where this event had its outcome before; Ignored for what is on a timeline already."""
        if now.channels.of(raw.channel).calls:
            return self._caller(raw, arrival, now)
        address = canonical(arrival.way.address, now.centre.phone_region, raw.event_id)
        names, token = _names(arrival), _token(arrival)
        limited = now.channels.of(raw.channel).automatic_an_hour
        seen, owner, *found = self.store.get_all(
            Ref(Receipt, raw.channel, raw.event_id),
            Ref(AddressOwner, address),
            *(Ref(SentAs, raw.channel, name) for name in names),
            *((Ref(Head, token.customer_id),) if token else ()),
            *((Ref(Consent, address),) if limited else ()),
        )
        consent = found.pop() if limited else None
        if isinstance(seen, Receipt):
            return seen
        rows = {row.provider_id: row for row in found[: len(names)] if row}
        speaker = Speaker(address, owner.customer_id if owner else "")
        earlier = rows.pop(arrival.name, None)
        if reason := self._seen_before(earlier, speaker, arrival):
            return Ignored(reason)
        named, head = token, found[-1] if token else None
        if named is None and (named := self._answered(rows, names, owner, address)):
            head = self.store.get(Ref(Head, named.customer_id))
        known = self._joins(named, head, address, now) if named and head else self._own(owner, address, now)
        joined = bool(named and head) and (owner is None or owner.root != known.head.customer_id)
        name = "" if earlier or arrival.unproven else arrival.name
        return replace(known, joined=joined, name=name, consent=consent)

    def _caller(self, raw: Raw, arrival: Arrival, now: Now) -> Receipt | Known:
        """By the member that our token names, else by the number; with the call that the carrier names."""
        address, of = canonical(arrival.way.address, now.centre.phone_region, raw.event_id), arrival.call
        seen, owner, call = self.store.get_all(
            Ref(Receipt, raw.channel, raw.event_id),
            Ref(AddressOwner, address),
            Ref(CallOf, raw.channel, arrival.way.thread),
        )
        if isinstance(seen, Receipt):
            return seen
        member = (of.member if of else "") or (call.customer_id if call else "")
        head = self.store.get(Ref(Head, member)) if member else None
        if head is None or (owner and owner.customer_id == member):
            return replace(self._own(owner, address, now), call=call)
        named = Conversation(member, case_number(of.case_id) if of and of.case_id else "")
        return replace(self._joins(named, head, address, now), call=call)

    def _own(self, owner: AddressOwner | None, address: Address, now: Now) -> Known:
        """Of the customer whose address it is, or of somebody new."""
        if owner is None:
            customer_id = now.new_id()
            return Known(Head(customer_id, 0), Speaker(address, customer_id), fresh=True)
        head, tier = self._head(owner.root, now)
        if head.root:
            raise Conflict  # merged between our two reads
        closed, agent = self._closed(head, now)
        return Known(head, Speaker(address, owner.customer_id), closed=closed, agent=agent, tier=tier)

    def _head(self, customer_id: str, now: Now) -> tuple[Head, str]:
        """With the customer's tier, where a rule asks for it."""
        empty = Head(customer_id, 0)
        if not asks_for(now.centre, "tier"):
            return self.store.get(Ref(Head, customer_id)) or empty, ""
        head, profile = self.store.get_all(Ref(Head, customer_id), Ref(Profile, customer_id))
        return head or empty, profile.tier if profile else ""

    def _joins(self, named: Conversation, head: Head, address: Address, now: Now) -> Known:
        """Under the customer whose conversation it is; the address stays whose it was."""
        asked = head.root or asks_for(now.centre, "tier")
        ruling, tier = self._head(head.root or head.customer_id, now) if asked else (head, "")
        if ruling.root:
            raise Conflict
        speaker = Speaker(address, named.customer_id, named.case_number)
        closed, agent = self._closed(ruling, now)
        return Known(ruling, speaker, closed=closed, agent=agent, tier=tier)

    def _answered(
        self, rows: Mapping[str, SentAs], names: Iterable[str], owner: AddressOwner | None, address: Address
    ) -> Conversation | None:
        """The nearest message it answers that its sender took part in; None where that is their own."""
        own = {owner.customer_id, owner.root} if owner else set()
        for row in (rows[name] for name in names if name in rows):
            if row.customer_id in own:
                return None
            entry = self.store.get(Ref(Entry, row.customer_id, row.seq))
            if entry and took_part(address, entry):
                return Conversation(row.customer_id, case_number(entry.case_id) if entry.case_id else "")
        return None

    def _seen_before(self, row: SentAs | None, speaker: Speaker, arrival: Arrival) -> str:
        """Why it is no news: our own message that came back, or one that was sent to two of our addresses."""
        entry = self.store.get(Ref(Entry, row.customer_id, row.seq)) if row else None
        if entry is None or not isinstance(arrival.what, Message):
            return ""
        if entry.kind in OUTBOUND:
            return OWN_ECHO
        return SAME_MESSAGE if same_message(entry, speaker.address, arrival.what.content) else ""

    def _closed(self, head: Head, now: Now) -> tuple[Case | None, Agent | None]:
        """The last case, where a message may take it up again, and the agent who had it."""
        if not reopens(head, now) or head.closed is None:
            return None, None
        case, owner = Ref(Case, head.closed.member, head.closed.id), head.closed.owner
        if not owner:
            return self.store.get(case), None
        closed, agent = self.store.get_all(case, Ref(Agent, owner))
        return closed, agent


def _token(arrival: Arrival) -> Conversation | None:
    return None if arrival.unproven else arrival.conversation


def _names(arrival: Arrival) -> tuple[str, ...]:
    """Its own name, then those of the messages it answers, the nearest first. Where a token says whose it is,
    or nothing may, these are not asked for.
    """
    alone = arrival.conversation is not None or arrival.unproven
    others = () if alone else reversed(arrival.references[-MOST_REFERENCES:])
    return tuple(dict.fromkeys(name for name in (arrival.name, *others) if name))
