"""What is on an agent's desk: offers, cases, and who waits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.change import Ref
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.desk.card import Reader, customer_name
from shared.domain.desk.views import OfferView, WorkItem
from shared.domain.desk.work import offer_view, spoken, work_item
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent, Engagement
from shared.domain.timeline.append import case_of, contact_of
from shared.domain.timeline.entry import Entry
from shared.ports import Moment, Store

COUNTED = 100  # of who waits; the pages know this number, too
LINES = 20
MORE_LINES = 200  # read where the last ones are all of offers, notes and other cases


@dataclass(frozen=True, slots=True)
class Desk:
    """`waiting` counts who waits, by queue; of more than 100, one more: pages say "100+"."""

    offers: tuple[OfferView, ...]
    cases: tuple[WorkItem, ...]
    waiting: dict[str, int]


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
    """Two batch reads (heads, roots), a query for each case, and a count for each queue."""

    store: Store
    now: Moment

    def __call__(self, agent: Agent, language: str) -> Desk:
        placed = list(self._placed(agent, agent.engagements, language))
        asked = [p for p in placed if p.contact.state is ContactState.OFFERED]
        owned = {p.case.id: p for p in placed if p.contact.state is ContactState.CONNECTED}.values()
        waiting = self.waiting(agent.pool)
        return Desk(tuple(map(self._offer, asked)), tuple(map(self._item, owned)), waiting)

    def offer(self, agent: Agent, offer_id: str, language: str) -> OfferView | None:
        """One offer, as the desk is told of it; None once it is over."""
        places = [place for place in agent.engagements if place.offer_id == offer_id]
        placed = self._placed(agent, places, language)
        return next((self._offer(p) for p in placed if p.contact.offer_id == offer_id), None)

    def waiting(self, *pools: str) -> dict[str, int]:
        """How many wait in each queue of these pools in which somebody waits."""
        queues = (queue for queue in self.now().centre.queues if queue.pool in pools)
        counted = ((q.name, self.store.count(Waiting, q.pool, q.name, limit=COUNTED + 1)) for q in queues)
        return {name: number for name, number in counted if number}

    def _placed(self, agent: Agent, places: Sequence[Engagement], language: str) -> Iterator[Placed]:
        """The agent's places whose case is theirs indeed."""
        known = self._customers(places, language)
        for place in places:
            who = known.get(place.customer_id)
            case = case_of(who.head, place.case_id) if who else None
            contact = contact_of(case, place.interaction_id) if case else None
            if who and case and contact and contact.agent == agent.id:
                yield Placed(place, who, case, contact)

    def _offer(self, placed: Placed) -> OfferView:
        until = placed.place.since + timedelta(seconds=self.now().centre.offer_seconds)
        head, case = placed.who.head, placed.case
        return offer_view(
            head.customer_id, placed.who.name, case, placed.contact, until, self._lines(head, case)
        )

    def _item(self, placed: Placed) -> WorkItem:
        head, case = placed.who.head, placed.case
        return work_item(head.customer_id, placed.who.name, case, self._lines(head, case))

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


def _of(head: Head, id: str, profiles: Iterable[Profile]) -> list[Profile]:
    return [p for p in profiles if p.customer_id in (id, head.customer_id)]
