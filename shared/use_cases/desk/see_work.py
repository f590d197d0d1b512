"""What is on an agent's desk: offers, cases, and who waits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.change import Ref
from shared.domain.customer.call import Call
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Contact, Head, OpenCase
from shared.domain.desk.call_view import call_to_make
from shared.domain.desk.card import customer_name
from shared.domain.desk.line_view import going_on, line_view, people_in
from shared.domain.desk.reader import Reader
from shared.domain.desk.work import offer_view, spoken, work_item
from shared.domain.desk.work_views import OfferView, WorkItem, WrapView
from shared.domain.ids import case_number
from shared.domain.routing.phone import offer_seconds
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent, Engagement
from shared.domain.timeline.append import case_of, contact_of
from shared.domain.timeline.entry import Entry
from shared.domain.times import iso
from shared.ports import Moment, Store
from shared.use_cases.call.find_call import calls_of
from shared.use_cases.routing.agent_names import agent_names

COUNTED = 100  # of who waits; the pages know this number, too
LINES = 20
MORE_LINES = 200  # read where the last ones are all of offers, notes and other cases


@dataclass(frozen=True, slots=True)
class Desk:
    """`waiting` counts who waits, by queue; of more than 100, one more: pages say "100+".
    `consults` are cases of colleagues who asked for advice.
    """

    offers: tuple[OfferView, ...]
    cases: tuple[WorkItem, ...]
    waiting: dict[str, int]
    wrapping: tuple[WrapView, ...] = ()
    consults: tuple[WorkItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Customer:
    head: Head
    name: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An engagement, whose it is, and the case and contact as they stand."""

    place: Engagement
    who: Customer
    case: OpenCase
    contact: Contact


@dataclass(frozen=True, slots=True)
class SeeWork:
    """Three batch reads (heads, roots, calls), a query for each case, and a count for each queue."""

    store: Store
    now: Moment

    def __call__(self, agent: Agent, language: str) -> Desk:
        known = self._customers(agent.engagements, language)
        placed = list(_placed(agent, agent.engagements, known))
        calls = calls_of(
            self.store, [(p.who.head, p.case) for p in placed if not p.place.offer_id], self.now()
        )
        spoken_of = {id for p in placed for id in _others(p, agent.id)}
        names = agent_names(self.store, spoken_of | {id for call in calls for id in people_in(call)})
        ringing = [p for p in placed if p.place.offer_id]
        talks = {p.case.id: p for p in placed if not p.place.offer_id and not p.place.consult}.values()
        advised = [p for p in placed if p.place.consult and not p.place.offer_id]
        return Desk(
            tuple(self._offer(p, names) for p in ringing),
            tuple(self._item(p, names, language, calls) for p in talks),
            self.waiting(agent.pool),
            tuple(
                _wrap(e, known[e.customer_id])
                for e in agent.engagements
                if e.wrapping and e.customer_id in known
            ),
            tuple(self._item(p, names, language, calls) for p in advised),
        )

    def offer(self, agent: Agent, offer_id: str, language: str) -> OfferView | None:
        """One offer, as the desk is told of it; None once it is over."""
        places = [place for place in agent.engagements if place.offer_id == offer_id]
        placed = list(_placed(agent, places, self._customers(places, language)))
        names = agent_names(self.store, {id for p in placed for id in _others(p, agent.id)})
        return next((self._offer(p, names) for p in placed), None)

    def waiting(self, *pools: str) -> dict[str, int]:
        """How many wait in each queue of these pools in which somebody waits."""
        queues = (queue for queue in self.now().centre.queues if queue.pool in pools)
        counted = ((q.name, self.store.count(Waiting, q.pool, q.name, limit=COUNTED + 1)) for q in queues)
        return {name: number for name, number in counted if number}

    def _offer(self, placed: Placed, names: Mapping[str, str]) -> OfferView:
        head, case, contact = placed.who.head, placed.case, placed.contact
        until = placed.place.since + timedelta(seconds=offer_seconds(contact.channel, self.now()))
        view = offer_view(head.customer_id, placed.who.name, case, contact, until, self._lines(head, case))
        if placed.place.consult:
            asker = names.get(contact.agent, "")
            return replace(view, offer_id=contact.ask_id, reason="consult", consult=True, by_name=asker)
        return replace(view, by_name=names.get(contact.handed_by, ""))

    def _item(
        self, placed: Placed, names: Mapping[str, str], language: str, calls: Sequence[Call] = ()
    ) -> WorkItem:
        head, case, contact = placed.who.head, placed.case, placed.contact
        call = call_to_make(contact, self.now().centre.phone_region, language)
        item = work_item(head.customer_id, placed.who.name, case, self._lines(head, case), call)
        asked = contact.asked
        item = replace(item, asked=asked, asked_name=names.get(asked, ""), asked_rings=bool(contact.ask_id))
        on_line, reader = going_on(calls, case), Reader(language, self.now())
        acts = not placed.place.consult
        return replace(item, call=line_view(head, on_line, names, reader, acts) if on_line else None)

    def _lines(self, head: Head, case: OpenCase) -> list[Entry]:
        """The last lines of the customer, newest first: of every member, for who has ended their exchange
        may have said the newest one.
        """
        last = self._newest(head, LINES)
        return last if spoken(last, case) else self._newest(head, MORE_LINES)

    def _newest(self, head: Head, most: int) -> list[Entry]:
        members = (head.customer_id, *head.members)
        lines = [e for m in members for e in self.store.find(Entry, m, limit=most, newest_first=True)]
        return sorted(lines, key=lambda e: (e.at, e.seq), reverse=True)

    def _customers(self, places: Sequence[Engagement], language: str) -> dict[str, Customer]:
        """By the id in the engagement: the head that rules, and the name to show."""
        ids = list(dict.fromkeys(place.customer_id for place in places))
        if not ids:
            return {}
        rows = self.store.get_all(*(Ref(Head, id) for id in ids), *(Ref(Profile, id) for id in ids))
        heads = {id: head for id, head in zip(ids, rows, strict=False) if isinstance(head, Head)}
        profiles = [row for row in rows if isinstance(row, Profile)]
        roots, given = self._roots(head.root for head in heads.values())
        ruling = {id: roots.get(head.root, head) for id, head in heads.items()}
        now = self.now()
        reader = Reader(language, now)
        return {
            id: Customer(head, customer_name(head, _of(head, id, (*profiles, *given)), reader))
            for id, head in ruling.items()
        }

    def _roots(self, ids: Iterable[str]) -> tuple[dict[str, Head], list[Profile]]:
        wanted = sorted({id for id in ids if id})
        if not wanted:
            return {}, []
        rows = self.store.get_all(*(Ref(Head, id) for id in wanted), *(Ref(Profile, id) for id in wanted))
        heads = {row.customer_id: row for row in rows if isinstance(row, Head)}
        return heads, [row for row in rows if isinstance(row, Profile)]


def _placed(agent: Agent, places: Sequence[Engagement], known: Mapping[str, Customer]) -> Iterator[Placed]:
    """The agent's places whose contact is theirs indeed, or theirs to advise on."""
    for place in places:
        who = known.get(place.customer_id)
        case = case_of(who.head, place.case_id) if who else None
        contact = contact_of(case, place.interaction_id) if case else None
        if who and case and contact and (contact.asked if place.consult else contact.agent) == agent.id:
            yield Placed(place, who, case, contact)


def _others(placed: Placed, agent_id: str) -> set[str]:
    """Colleagues who are named beside it."""
    contact = placed.contact
    return {id for id in (contact.asked, contact.handed_by, contact.agent) if id and id != agent_id}


def _wraps(agent: Agent, known: Mapping[str, Customer]) -> Iterator[WrapView]:
    for place in (e for e in agent.engagements if e.wrapping and e.customer_id in known):
        yield _wrap(place, known[place.customer_id])


def _wrap(place: Engagement, who: Customer) -> WrapView:
    return WrapView(
        place.case_id,
        case_number(place.case_id),
        who.head.customer_id,
        who.name,
        place.channel,
        iso(place.since),
        iso(place.wraps_until or place.since),
    )


def _of(head: Head, id: str, profiles: Iterable[Profile]) -> list[Profile]:
    return [p for p in profiles if p.customer_id in (id, head.customer_id)]
