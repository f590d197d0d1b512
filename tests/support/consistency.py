"""What must be true of the table at every moment, whoever wrote what and whoever lost a race.

`faults(store)` names everything that is not, in sentences; an empty list means the table is sound.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from functions import channels
from infra.twins.clock import START
from infra.twins.store import MemoryStore
from shared.domain.address.address import UNPROVEN
from shared.domain.centre import Centre
from shared.domain.change import Ref
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.customer.evidence import AddressOwner, Link, Strength
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.customer.kept import Case, Interaction
from shared.domain.identity.merge import MOST_MEMBERS
from shared.domain.now import Now
from shared.domain.report.count_fact import count_fact, together
from shared.domain.report.figures import Figure
from shared.domain.report.formulas import add_up
from shared.domain.routing.capacity import beside
from shared.domain.routing.pool import Waiting, waiting_row
from shared.domain.routing.seating import NO_BENCH, seat_of
from shared.domain.routing.seats import Bench
from shared.domain.routing.sleep import HAS_IT
from shared.domain.routing.staff import Agent, Presence, room
from shared.domain.timeline.bus_facts import Fact, facts, state_facts
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.domain.timeline.kinds import OUTBOUND

T = TypeVar("T")
Faults = Iterator[str]
CENTRE = Centre()
NOW = Now(START, str, CENTRE, channels.traits())


class Table:
    """The whole table, laid out for questions."""

    def __init__(self, store: MemoryStore, now: Now = NOW) -> None:
        self.now = now
        self._items = list(store.items.values())
        self.store = store
        self.heads = {head.customer_id: head for head in self.all(Head)}
        self.agents = {agent.id: agent for agent in self.all(Agent)}
        self.entries = [e for e in self.all(Entry) if not e.timeline.startswith("staff-")]
        self.cases = [(head, case) for head in self.heads.values() for case in head.cases]

    def all(self, kind: type[T]) -> list[T]:
        return [item for item in self._items if isinstance(item, kind)]

    def ruling(self, customer_id: str) -> Head | None:
        """In one hop: nobody looks further."""
        head = self.heads.get(customer_id)
        return self.heads.get(head.root) if head and head.root else head

    def count(self, *states: ContactState) -> int:
        return sum(contact.state in states for _, case in self.cases for contact in case.contacts)


def faults(store: MemoryStore, now: Now = NOW) -> list[str]:
    """`now` tells of channels beyond those of the house."""
    table = Table(store, now)
    return [fault for check in CHECKS for fault in check(table)]


def stars(table: Table) -> Faults:
    """A merge is a star: members point to one root, which names them and alone holds open work."""
    for head in table.heads.values():
        if len(head.members) > MOST_MEMBERS or len(set(head.members)) < len(head.members):
            yield f"{head.customer_id} has the members {head.members}"
        for member in head.members:
            if member not in table.heads or table.heads[member].root != head.customer_id:
                yield f"{member} does not point to its root {head.customer_id}"
        if head.root and (head.cases or head.proof or head.members):
            yield f"{head.customer_id} was merged and still holds work"
        if head.root and head.customer_id not in table.heads[head.root].members:
            yield f"{head.root} does not know its member {head.customer_id}"


def addresses(table: Table) -> Faults:
    """Every address leads to the head that rules, and every proven link to an address."""
    owners = {owner.address: owner for owner in table.all(AddressOwner)}
    for owner in owners.values():
        head = table.ruling(owner.customer_id)
        if head is None or head.root or head.customer_id != owner.root:
            yield f"{owner.address} leads to {owner.root}, which does not rule"
        link = table.store.get(Ref(Link, owner.customer_id, owner.address))
        strength = Strength.CLAIMED if owner.address.kind == UNPROVEN else Strength.PROVEN
        if link is None or link.strength is not strength:
            yield f"{owner.address} is owned without evidence"
    for link in table.all(Link):
        head = table.ruling(link.customer_id)
        proven = link.strength is Strength.PROVEN and link.ended_at is None
        if proven and (head is None or owners[link.address].root != head.customer_id):
            yield f"{link.address} is proven to be {link.customer_id}'s and leads elsewhere"


def pool(table: Table) -> Faults:
    """A case waits exactly when its row does; a row finds its case by the member's id."""
    rows = set(table.all(Waiting))
    waits = {
        waiting_row(case, c, table.now) for case, c in _contacts(table) if c.state is ContactState.WAITING
    }
    yield from (f"{row.case_id} waits in the pool alone" for row in rows - waits)
    yield from (f"{row.case_id} waits without a row" for row in waits - rows)
    sitting = {seat for bench in table.all(Bench) for seat in bench.seats}
    right = {seat_of(a, a.free_since, table.now) for a in table.agents.values() if a.free_since} - {None}
    yield from (f"{seat.agent_id} sits where they do not belong" for seat in sitting - right)
    yield from (f"{seat.agent_id} is free without a seat" for seat in right - sitting if seat)


def places(table: Table) -> Faults:
    """Who is asked or owns has a place for it, and nobody has a place for anything else."""
    asked = {
        _place(case, contact)
        for case, contact in _contacts(table)
        if contact.agent and contact.state is not ContactState.SNOOZED
    }
    advice = {(c.asked, case.id, c.ask_id, c.channel) for case, c in _contacts(table) if c.asked}
    held, asides = _held(table, consult=False), _held(table, consult=True)
    yield from (f"nobody holds a place for {case}" for case in asked - held)
    yield from (f"a place is held for nothing: {place}" for place in held - asked)
    yield from (f"nobody gives the advice that is asked for: {place}" for place in advice - asides)
    for agent in table.agents.values():
        yield from _of_agent(table, agent)


def _contacts(table: Table) -> list[tuple[OpenCase, Contact]]:
    return [(case, contact) for _, case in table.cases for contact in case.contacts]


def _place(case: OpenCase, contact: Contact) -> tuple[str, str, str, str]:
    return contact.agent, case.id, contact.offer_id, contact.channel


def orphans(table: Table) -> Faults:
    """Advice that nobody asks for any more: the minute's look ends it."""
    wanted = {(c.asked, case.id, c.ask_id, c.channel) for case, c in _contacts(table) if c.asked}
    yield from (f"advice is given to nobody: {place}" for place in _held(table, consult=True) - wanted)


def _held(table: Table, consult: bool) -> set[tuple[str, str, str, str]]:
    """Without after-contact work, whose contact is over."""
    places = [(agent.id, place) for agent in table.agents.values() for place in agent.engagements]
    return {
        (id, place.case_id, place.offer_id, place.channel)
        for id, place in places
        if place.consult == consult and not place.wrapping
    }


def _of_agent(table: Table, agent: Agent) -> Faults:
    if room(agent) < 0 and not beside(agent):
        yield f"{agent.id} has more than they can take"
    if sum(bool(place.offer_id) for place in agent.engagements) > 1:
        yield f"two offers ring at {agent.id}"
    seat = seat_of(agent, agent.free_since or START, table.now)
    if bool(agent.free_since) != bool(seat) or agent.bench != (seat.bench if seat else NO_BENCH):
        yield f"{agent.id} is free in word only, or not offered though free"
    if agent.presence is Presence.OFFLINE and agent.engagements:
        yield f"{agent.id} is gone and has work"
    for place in (one for one in agent.engagements if not one.wrapping and not one.consult):
        head = table.ruling(place.customer_id)
        if head is None or all(case.id != place.case_id for case in head.cases):
            yield f"{agent.id} cannot find the case of {place}"


def kept(table: Table) -> Faults:
    """Cases and interactions are open in the head exactly while they are open where they are kept."""
    going = {(case.member, case.id) for _, case in table.cases}
    stored = {(case.customer_id, case.id) for case in table.all(Case) if case.closed_at is None}
    yield from (f"cases are open in one place alone: {case}" for case in going ^ stored)
    live = {(i.member, case.id, i.id) for _, case in table.cases for i in case.interactions}
    lasting = {(i.customer_id, i.case_id, i.id) for i in table.all(Interaction) if i.ended_at is None}
    yield from (f"interactions are open in one place alone: {gone}" for gone in live ^ lasting)
    twice = Counter(case.id for _, case in table.cases)
    yield from (f"{case} is open in two heads" for case, times in twice.items() if times > 1)
    for _, case in table.cases:
        having = {c.agent for c in case.contacts if c.state in HAS_IT}
        if case.owner not in (having or {""}):
            yield f"{case.id} has the owner {case.owner!r} and is with {having}"


def numbers(table: Table) -> Faults:
    """The lines of a customer and its members are 1, 2, 3 … without a gap, since the last merge each once.

    Before it members were numbered apart, so there a number may come twice.
    """
    lines: dict[str, list[Entry]] = defaultdict(list)
    for entry in table.entries:
        head = table.ruling(entry.timeline)
        lines[head.customer_id if head else entry.timeline].append(entry)
    for customer_id, told in lines.items():
        head = table.heads.get(customer_id)
        seqs = Counter(entry.seq for entry in told)
        if head is None or set(seqs) != set(range(1, head.version + 1)):
            yield f"{customer_id} has gaps: {sorted(seqs)}"
        joined = max((e.seq for e in told if e.kind is Kind.CUSTOMERS_MERGED), default=0)
        if any(times > 1 and seq >= joined for seq, times in seqs.items()):
            yield f"{customer_id} has a number twice"


def receipts(table: Table) -> Faults:
    """One entry for each event that was handled, and one event for each entry that names a door."""
    handled = [r for r in table.all(Receipt) if r.outcome is Outcome.HANDLED]
    known = {(e.timeline, e.seq): e for e in table.entries}
    for receipt in handled:
        entry = known.get((receipt.customer_id, receipt.seq))
        if entry is None or entry.facts.get("door") != receipt.channel:
            yield f"the entry of {receipt.event_id} is not where the receipt says"
    if len(handled) != sum("door" in entry.facts for entry in table.entries):
        yield "events and the entries they became differ in number"


def deliveries(table: Table) -> Faults:
    """What goes to customers has a delivery state, and nothing else has."""
    for entry in table.entries:
        if (entry.kind in OUTBOUND) != (entry.delivery is not None):
            yield f"{entry.kind} with the state {entry.delivery}"
        if (entry.delivery is Delivery.SENDING) != (entry.attempt_until is not None):
            yield f"{entry.delivery} with an attempt until {entry.attempt_until}"


def surveys(table: Table) -> Faults:
    """At most one decision for each closing of a case, at most one answer for each question."""
    kinds = Counter((entry.case_id, entry.kind) for entry in table.entries)
    for case in {entry.case_id for entry in table.entries if entry.case_id}:
        asked = kinds[case, Kind.SURVEY_ASKED]
        if asked + kinds[case, Kind.SURVEY_SUPPRESSED] > kinds[case, Kind.CASE_CLOSED]:
            yield f"{case} was asked about more often than it was closed"
        if kinds[case, Kind.SURVEY_ANSWERED] > asked:
            yield f"{case} was answered about more often than asked"


def told(table: Table) -> Iterator[Fact]:
    """Every fact the publisher has told of the table as it is."""
    for entry in table.entries:
        yield from facts(entry)
        if entry.delivery is Delivery.FAILED:
            yield from state_facts(replace(entry, delivery=Delivery.QUEUED), entry)


def figures(table: Table) -> Faults:
    """Whatever went in came out, or is still in: in cases, in the queue, at the agents, in offers."""
    lines = list(told(table))
    rows = together(add for fact in lines for add in count_fact(fact, CENTRE) if isinstance(add.item, Figure))
    sums: Counter[str] = Counter(add_up(()))
    for add in rows:
        sums.update(dict(add.amounts))
    states = (ContactState.WAITING, ContactState.OFFERED, ContactState.CONNECTED)
    waits, rings, owned = map(table.count, states)
    owned += table.count(ContactState.SNOOZED)
    balance: dict[str, tuple[int, int]] = {
        "cases": (sums["cases_opened"] + sums["cases_reopened"], sums["cases_closed"] + len(table.cases)),
        "the queue": (
            sums["contacts_queued"] + sums["contacts_requeued"],
            sums["contacts_handled"]
            + sums["contacts_abandoned"]
            + sums["contacts_to_callback"]
            + waits
            + rings,
        ),
        "handled contacts": (
            sums["contacts_handled"] + sums["contacts_handed_over"] + sums["contacts_placed"],
            sums["contacts_completed"] + sums["contacts_requeued"] + owned,
        ),
        "offers": (
            sums["offers_made"],
            sum(sums[f"offers_{how}"] for how in ("accepted", "declined", "expired", "withdrawn")) + rings,
        ),
    }
    yield from (f"{what}: {into} in, {out} out" for what, (into, out) in balance.items() if into != out)
    for fact in lines:
        below = {name: n for name, n in fact.data.items() if name.endswith("_ms") and int(n or 0) < 0}
        if below:
            yield f"{fact.name} lasted less than nothing: {below}"
        if fact.name != "WrappedUp" and int(fact.data.get("wrap_ms") or 0) > int(
            fact.data.get("handle_ms") or 0
        ):
            yield f"{fact.name} was wrapped up longer than handled"


CHECKS: tuple[Callable[[Table], Faults], ...] = (
    stars, addresses, pool, places, kept, numbers, receipts, deliveries, surveys, figures,
)  # fmt: skip
