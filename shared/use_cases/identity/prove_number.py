"""Go on by SMS: ask for a code, judge the answer, join what it proves."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.case.attach import latest_case
from shared.domain.case.receive import Known, handled
from shared.domain.change import Change, Ref
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.commands import Raw
from shared.domain.customer.head import AddressOwner, Head, Link, PendingProof, Proof, Strength
from shared.domain.errors import Conflict
from shared.domain.identity.proof import (
    Join,
    Joined,
    Verdict,
    allowed,
    ask,
    counters,
    failed,
    join,
    joins,
    judge,
    told,
)
from shared.domain.now import Now
from shared.domain.session.uses import Uses
from shared.domain.timeline.append import next_entry
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.timeline.way import Way
from shared.domain.words.to_customers import say
from shared.ports import Store


def six_digits() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


@dataclass(frozen=True, slots=True)
class ProveNumber:
    """Reads what a proof needs and leaves the deciding to shared.domain.identity.proof."""

    store: Store
    new_code: Callable[[], str]

    def ask(self, raw: Raw, arrival: Arrival, phone: str, known: Known, now: Now) -> Change:
        """The visitor asks for a code: it goes out by SMS, and the chat says so."""
        address = canonical(Address("phone", phone), now.centre.phone_region, raw.event_id)
        proof, link, used = self._asked_before(address, known, now)
        if not allowed(address, proof, used, known.head, now):
            return self._refuse(raw, arrival, known, now)
        asked = ask(known.head, address, proof, self.new_code(), link, "customer", now, door=raw.channel)
        said = self._tell(asked.head, arrival, raw, known, say("code_sent", _language(known, now)), now)
        return (*handled(raw, known, asked.head, now, *asked.entries, said), *asked.writes)

    def answer(self, raw: Raw, arrival: Arrival, known: Known, now: Now) -> Change:
        """Six digits while a code is under way: right, they join; wrong, one try less."""
        pending = known.head.proof
        if pending is None:
            raise ValueError("no code is under way")
        proof = self.store.get(Ref(Proof, pending.address))
        verdict = judge(proof, pending, _typed(arrival), now)
        found = self._found(known, pending) if verdict is Verdict.RIGHT else None
        if proof is None or found is None or not joins(found):
            return self._failed(raw, arrival, known, proof, verdict, now)
        joined = join(found, proof, raw.event_id, "customer", now)
        return self._joined(raw, arrival, known, joined, now)

    def _joined(self, raw: Raw, arrival: Arrival, known: Known, joined: Joined, now: Now) -> Change:
        facts: dict[str, Scalar] = {"door": raw.channel, "evidence": "code", "merged": joined.merged}
        kind = Kind.CUSTOMERS_MERGED if joined.merged else Kind.ADDRESS_LINKED
        if joined.merged:
            facts["root"] = joined.after.customer_id
        linked = _line(joined.after, raw, known, kind, facts, now)
        said = self._tell(joined.after, arrival, raw, known, say("code_right", _language(known, now)), now)
        before = replace(known, head=joined.before)
        return (*handled(raw, before, joined.after, now, linked, said), *joined.writes)

    def _failed(
        self, raw: Raw, arrival: Arrival, known: Known, proof: Proof | None, verdict: Verdict, now: Now
    ) -> Change:
        after, writes, sentence = failed(known.head, proof, verdict, now)
        refused = _line(known.head, raw, known, Kind.CODE_REFUSED, {"door": raw.channel}, now)
        said = self._tell(known.head, arrival, raw, known, sentence, now)
        return (*handled(raw, known, after, now, refused, said), *writes)

    def _refuse(self, raw: Raw, arrival: Arrival, known: Known, now: Now) -> Change:
        refused = _line(known.head, raw, known, Kind.CODE_REFUSED, {"door": raw.channel}, now)
        said = self._tell(known.head, arrival, raw, known, say("code_refused", _language(known, now)), now)
        return handled(raw, known, known.head, now, refused, said)

    def _asked_before(
        self, address: Address, known: Known, now: Now
    ) -> tuple[Proof | None, Link | None, Sequence[Uses | None]]:
        counted = [Ref(Uses, c.subject, c.minute) for c in counters(known.head.customer_id, now)]
        link = Ref(Link, known.head.customer_id, address)
        proof, claim, *used = self.store.get_all(Ref(Proof, address), link, *counted)
        return proof, claim, used

    def _found(self, known: Known, pending: PendingProof) -> Join:
        asking = known.head
        owner = self.store.get(Ref(AddressOwner, pending.address))
        other = self.store.get(Ref(Head, owner.root)) if owner else None
        if other and other.root:
            raise Conflict  # merged between our two reads
        if other is None or other.customer_id == asking.customer_id:
            return Join(asking, None, owner)
        members = self.store.get_all(*(Ref(Head, id) for id in asking.members)) if asking.members else ()
        return Join(asking, other, owner, self._owners(asking), members)

    def _owners(self, head: Head) -> tuple[AddressOwner, ...]:
        """The address items that lead to this customer and to the members merged into it."""
        links = [link for id in (head.customer_id, *head.members) for link in self.store.find(Link, id)]
        proven = {link.address for link in links if link.strength is Strength.PROVEN}
        found = self.store.get_all(*(Ref(AddressOwner, address) for address in sorted(proven)))
        return tuple(o for o in found if isinstance(o, AddressOwner) and o.root == head.customer_id)

    def _tell(self, head: Head, arrival: Arrival, raw: Raw, known: Known, sentence: str, now: Now) -> Entry:
        """The second entry of the transaction: one behind the first."""
        case = latest_case(head, known.speaker)
        going = [i for i in case.interactions if i.channel == raw.channel] if case else []
        way = Way(
            raw.channel, known.speaker.address, known.speaker.member, arrival.reply_to, arrival.own_side
        )
        ahead = replace(head, version=head.version + 1)
        return told(ahead, way, sentence, case.id if case else "", going[-1].id if going else "", now)


def _line(head: Head, raw: Raw, known: Known, kind: Kind, facts: dict[str, Scalar], now: Now) -> Entry:
    case = latest_case(head, known.speaker)
    facts |= {"owner": case.owner, "queue": case.queue} if case else {}
    return next_entry(
        head,
        now,
        kind,
        timeline=known.speaker.member,
        actor="customer",
        channel=raw.channel,
        case_id=case.id if case else "",
        facts=facts,
    )


def _typed(arrival: Arrival) -> str:
    return arrival.what.text.strip() if isinstance(arrival.what, Message) else ""


def _language(known: Known, now: Now) -> str:
    return known.head.language or now.centre.languages[0]
