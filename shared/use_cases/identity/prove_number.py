"""Go on by SMS: ask for a code, judge the answer, join what it proves."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.address.way import Way
from shared.domain.case.attach import latest_case
from shared.domain.case.receive import handled
from shared.domain.case.turn import Turn
from shared.domain.case.typed import code_in
from shared.domain.change import Change, Ref
from shared.domain.channel.arrival import Message
from shared.domain.customer.evidence import AddressOwner, Consent, Link, Proof, Strength
from shared.domain.customer.head import Head
from shared.domain.customer.language import language_for
from shared.domain.customer.pending import PendingProof
from shared.domain.errors import Conflict
from shared.domain.identity.may_ask import Before, allowed, counters
from shared.domain.identity.proof import Join, Joined, Verdict, ask, failed, join, joins, judge
from shared.domain.now import Now
from shared.domain.session.uses import Uses
from shared.domain.timeline.append import next_entry
from shared.domain.timeline.entry import Entry, Kind, Scalar, Signals
from shared.domain.timeline.outbound import said_by_us
from shared.domain.words.to_customers import say
from shared.ports import Store


def six_digits() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


@dataclass(frozen=True, slots=True)
class ProveNumber:
    """Reads what a proof needs and leaves the deciding to shared.domain.identity.proof."""

    store: Store
    new_code: Callable[[], str]

    def ask(self, turn: Turn) -> Change:
        """The visitor asks for a code: it goes out by SMS, and the chat says so."""
        asked_at = getattr(turn.arrival.what, "phone", "")
        address = canonical(Address("phone", asked_at), turn.now.centre.phone_region, turn.raw.event_id)
        before = asked_before(self.store, turn.head, address, turn.now)
        if not allowed(address, before, turn.now):
            return self._refuse(turn)
        door = turn.raw.channel
        asked = ask(turn.head, address, before, self.new_code(), "customer", turn.now, door=door)
        said = _tell(asked.head, turn, say("code_sent", _language(turn)))
        return (*handled(turn, asked.head, *asked.entries, said), *asked.writes)

    def answer(self, turn: Turn) -> Change:
        """Six digits while a code is under way: right, they join; wrong, one try less."""
        pending = turn.head.proof
        if pending is None:
            raise ValueError("no code is under way")
        proof = self.store.get(Ref(Proof, pending.address))
        verdict = judge(proof, pending, _typed(turn), turn.now)
        found = self._found(turn, pending) if verdict is Verdict.RIGHT else None
        if proof is None or found is None or not joins(found):
            return self._failed(turn, proof, verdict)
        return self._joined(turn, join(found, proof, turn.raw.event_id, "customer", turn.now))

    def _joined(self, turn: Turn, joined: Joined) -> Change:
        facts: dict[str, Scalar] = {"evidence": "code", "merged": joined.merged}
        kind = Kind.CUSTOMERS_MERGED if joined.merged else Kind.ADDRESS_LINKED
        root = joined.after.customer_id if joined.merged else ""
        linked = _line(joined.after, turn, kind, facts, root)
        said = _tell(joined.after, turn, say("code_right", _language(turn)))
        before = replace(turn, known=replace(turn.known, head=joined.before))
        return (*handled(before, joined.after, linked, said), *joined.writes)

    def _failed(self, turn: Turn, proof: Proof | None, verdict: Verdict) -> Change:
        after, writes, sentence = failed(turn.head, proof, verdict, turn.now)
        refused = _line(turn.head, turn, Kind.CODE_REFUSED, {})
        return (*handled(turn, after, refused, _tell(turn.head, turn, sentence)), *writes)

    def _refuse(self, turn: Turn) -> Change:
        refused = _line(turn.head, turn, Kind.CODE_REFUSED, {})
        said = _tell(turn.head, turn, say("code_refused", _language(turn)))
        return handled(turn, turn.head, refused, said)

    def _found(self, turn: Turn, pending: PendingProof) -> Join:
        asking = turn.head
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


def asked_before(store: Store, head: Head, address: Address, now: Now) -> Before:
    """What decides whether a code may go there: one batch read."""
    counted = (Ref(Uses, c.subject, c.minute) for c in counters(head.customer_id, now))
    link = Ref(Link, head.customer_id, address)
    proof, claim, consent, *used = store.get_all(Ref(Proof, address), link, Ref(Consent, address), *counted)
    return Before(proof, claim, consent, used)


def _tell(head: Head, turn: Turn, sentence: str) -> Entry:
    """The second entry of the transaction: one behind the first."""
    case = latest_case(head, turn.speaker)
    going = [i for i in case.interactions if i.channel == turn.raw.channel] if case else []
    ahead = replace(head, version=head.version + 1)
    where = (case.id if case else "", going[-1].id if going else "")
    return said_by_us(ahead, turn.way, *where, sentence, turn.now)


def _line(head: Head, turn: Turn, kind: Kind, facts: dict[str, Scalar], root: str = "") -> Entry:
    case = latest_case(head, turn.speaker)
    facts = {"door": turn.raw.channel} | facts | ({"queue": case.contact.queue} if case else {})
    return next_entry(
        head,
        turn.now,
        kind,
        timeline=turn.speaker.member,
        actor="customer",
        way=Way(turn.raw.channel),
        case_id=case.id if case else "",
        facts=facts,
        signals=Signals(tell=case.agent if case else "", root=root),
    )


def _typed(turn: Turn) -> str:
    what = turn.arrival.what
    return code_in(what.text) if isinstance(what, Message) else ""


def _language(turn: Turn) -> str:
    return language_for(turn.head, turn.now)
