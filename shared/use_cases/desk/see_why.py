"""Why a customer's contacts were offered to whom, and why one still waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.customer.head import Contact, Head
from shared.domain.desk.why_view import ContactWhy, Told, WaitsWhy, offers_why, waits_why
from shared.domain.errors import Refused
from shared.domain.ids import case_number
from shared.domain.now import Now
from shared.domain.routing.explain import read_record
from shared.domain.routing.why_waiting import IN_QUEUE, why_waiting
from shared.domain.timeline.entry import Entry, Kind
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.agent_names import agent_names
from shared.use_cases.routing.agents_there import agents_seen
from shared.use_cases.routing.see_position import SeePosition

TELLING = frozenset({Kind.OFFER_MADE, Kind.OFFER_ENDED, Kind.ASSIGNED})
PAGES, PAGE = 10, 200  # the newest 2,000 lines of a customer


@dataclass(frozen=True, slots=True)
class SeeWhy:
    """One query for each 200 lines of the customer; while a contact waits, the agents of its pool, too."""

    store: Store
    now: Moment

    def __call__(self, customer_id: str, which: str, language: str) -> tuple[ContactWhy, ...]:
        """Of the contacts that `which` names (a contact, a case or its number, "" for all), the newest last.
        Raises Refused `no_contact` (404) where there is none.
        """
        head, now = head_of(self.store, customer_id), self.now()
        lines = [line for line in self._lines(head) if _named(line.interaction_id, line.case_id, which)]
        open_now = {
            contact.interaction_id: (case.id, contact)
            for case in head.cases
            for contact in case.contacts
            if _named(contact.interaction_id, case.id, which)
        }
        ids = list(dict.fromkeys([*(line.interaction_id for line in lines), *open_now]))
        if not ids:
            raise Refused("no_contact", status=404)
        told = Told(language, agent_names(self.store, _spoken_of(lines, head)), now.centre)
        return tuple(self._contact(id, head, lines, open_now.get(id), now, told) for id in ids)

    def _contact(
        self, id: str, head: Head, lines: list[Entry], waits: tuple[str, Contact] | None, now: Now, told: Told
    ) -> ContactWhy:
        mine = [line for line in lines if line.interaction_id == id]
        case_id = waits[0] if waits else mine[0].case_id
        channel = waits[1].channel if waits else mine[0].channel
        queue = waits[1].queue if waits else str(mine[-1].facts.get("queue", ""))
        about = (id, head.customer_id, case_id, case_number(case_id), channel, queue)
        return ContactWhy(*about, offers_why(mine, told), self._waits(waits[1], now, told) if waits else None)

    def _waits(self, contact: Contact, now: Now, told: Told) -> WaitsWhy:
        there = agents_seen(self.store, [now.centre.pool_of(contact.queue)])
        waits = why_waiting(contact, [agent for agent, _ in there], now)
        in_queue = waits.code in IN_QUEUE
        position = SeePosition(self.store)(contact, now).position if in_queue else None
        return waits_why(waits, now.centre.zone, told, position)

    def _lines(self, head: Head) -> list[Entry]:
        """What tells of offers, oldest first."""
        members = (head.customer_id, *head.members)
        since = max(0, head.version - PAGES * PAGE)
        found = [line for member in members for line in self._of(member, since) if line.kind in TELLING]
        return sorted(found, key=lambda line: (line.at, line.seq))

    def _of(self, member: str, since: int) -> Iterable[Entry]:
        for _ in range(PAGES):
            page = self.store.find(Entry, member, after=f"{since:012}" if since else "", limit=PAGE)
            yield from page
            if len(page) < PAGE:
                return
            since = page[-1].seq


def _named(contact_id: str, case_id: str, which: str) -> bool:
    return which in ("", contact_id, case_id) or which.upper() == case_number(case_id)


def _spoken_of(lines: list[Entry], head: Head) -> set[str]:
    """Whose names are needed: whoever was asked, compared, waited for."""
    asked = {str(line.facts.get("agent", "")) for line in lines}
    records = (str(line.facts.get("record", "")) for line in lines)
    compared = {one.agent_id for text in records if text for one in read_record(text).ranked}
    contacts = [contact for case in head.cases for contact in case.contacts]
    return asked | compared | {one.agent for one in contacts} | {one.preferred for one in contacts}
