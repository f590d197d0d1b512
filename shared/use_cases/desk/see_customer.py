"""What staff see of one customer: the card, and the timeline after n."""

from dataclasses import dataclass

from shared.domain.case.ways import addresses
from shared.domain.change import Ref
from shared.domain.customer.evidence import Consent, Link, Profile
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.desk.card import Stored, card, with_calls
from shared.domain.desk.card_view import Card
from shared.domain.desk.line_view import people_in
from shared.domain.desk.profile_view import people_of
from shared.domain.desk.reader import Reader
from shared.domain.desk.views import Page, agent_id, entry_view
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Entry
from shared.ports import Moment, Store
from shared.use_cases.call.find_call import calls_of
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.agent_names import agent_names

CASES = 100
MOST = 200


@dataclass(frozen=True, slots=True)
class SeeCustomer:
    """A customer is their root and its members: whichever id one holds, all of it is shown."""

    store: Store
    now: Moment

    def card(self, customer_id: str, language: str) -> Card:
        """One read of the head, three queries for each member, one batch for the names, and one more where
        the profile names colleagues who have no case of theirs.
        """
        head = head_of(self.store, customer_id)
        members = (head.customer_id, *head.members)
        cases = [c for m in members for c in self.store.find(Case, m, limit=CASES, newest_first=True)]
        links = [link for m in members for link in self.store.find(Link, m)]
        exchanges = [
            i for m in members for i in self.store.find(Interaction, m, limit=CASES, newest_first=True)
        ]
        owners = {c.owner for c in cases} | {id for c in head.cases for id in (c.agent, *c.stepped_in)}
        agents = [Ref(Agent, owner) for owner in sorted(owners) if owner]
        consents = [Ref(Consent, address) for address in addresses(head, links)]
        rows = self.store.get_all(*(Ref(Profile, m) for m in members), *agents, *consents)
        said = [row for row in rows if isinstance(row, Consent)]
        profiles = [row for row in rows if isinstance(row, Profile)]
        stored = Stored(profiles, links, cases, exchanges, said)
        names = {row.id: row.name for row in rows if isinstance(row, Agent)}
        calls = calls_of(self.store, [(head, case) for case in head.cases], self.now())
        people = people_of(profiles) | {id for call in calls for id in people_in(call)}
        names |= agent_names(self.store, people - names.keys())
        reader = self._reader(language)
        return with_calls(card(head, stored, names, reader), head, calls, names, reader)

    def entries(self, customer_id: str, after: int, limit: int) -> Page:
        """The lines numbered after `after`, in the order they happened, `limit` numbers at a time.

        Members were numbered apart, so a number may come twice. `next` is where to go on.
        """
        head, limit = head_of(self.store, customer_id), max(1, min(limit, MOST))
        lines = self._after(head, after, limit)
        end = min((e.seq for e in lines), default=head.version) + limit - 1
        shown = sorted((e for e in lines if e.seq <= end), key=lambda e: (e.at, e.seq))
        names = self._names(shown)
        more = end < head.version
        return Page(tuple(entry_view(entry, names) for entry in shown), end if more else None)

    def _reader(self, language: str) -> Reader:
        return Reader(language, self.now())

    def _after(self, head: Head, after: int, limit: int) -> list[Entry]:
        start = f"{after:012}" if after > 0 else ""
        members = (head.customer_id, *head.members)
        return [e for m in members for e in self.store.find(Entry, m, after=start, limit=limit)]

    def _names(self, entries: list[Entry]) -> dict[str, str]:
        spoken_of = {str(e.facts.get(what, "")) for e in entries for what in ("agent", "to_agent")}
        return agent_names(self.store, spoken_of | {agent_id(entry.actor) for entry in entries})
