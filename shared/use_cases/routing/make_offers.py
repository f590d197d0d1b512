"""The offers of a look: one batch read for their heads and agents, then a transaction each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.customer.head import ContactState, Head
from shared.domain.errors import Conflict
from shared.domain.now import Now
from shared.domain.routing.assign import offer
from shared.domain.routing.match import Pair
from shared.domain.routing.pool import Waiting, place_of, waiting_row
from shared.domain.routing.seating import sits
from shared.domain.routing.seats import Seat
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of, contact_of
from shared.ports import AtOnce, Moment, Store

ROUND = 50  # pairs of one batch read, which takes 100 items


@dataclass(frozen=True, slots=True)
class Known:
    """The heads that rule the customers of a round, and its agents, as they were read."""

    heads: dict[str, Head]
    agents: dict[str, Agent]


@dataclass(frozen=True, slots=True)
class MakeOffers:
    """Offers to the agents of one bench are written one after another, as each changes the bench; those of
    other benches at the same time.
    """

    store: Store
    now: Moment
    at_once: AtOnce

    def __call__(self, pairs: Sequence[Pair]) -> set[str]:
        """The contacts (their interactions) whose offer was not written: the pool has changed since it was
        read, or their row was stale and is put right now.
        """
        rounds = [pairs[start : start + ROUND] for start in range(0, len(pairs), ROUND)]
        return {lost for one in rounds for lost in self._round(one)}

    def _round(self, pairs: Sequence[Pair]) -> Iterator[str]:
        known, now = self._read(pairs), self.now()
        lanes: dict[int, list[Pair]] = {}
        for pair in pairs:
            lanes.setdefault(pair.seat.bench, []).append(pair)
        for lost in self.at_once(lambda lane: list(self._lost(lane, known, now)), list(lanes.values())):
            yield from lost

    def _lost(self, lane: Iterable[Pair], known: Known, now: Now) -> Iterator[str]:
        for pair in lane:
            try:
                self._offer(pair, known, now)
            except Conflict:
                yield pair.waiting.interaction_id

    def _offer(self, pair: Pair, known: Known, now: Now) -> None:
        """Raises Conflict where the pool has changed since it was read. What the agent has room for need not
        be checked: their seat was written together with `free_since`, which is.
        """
        row, seat = pair.waiting, pair.seat
        head, agent = known.heads.get(row.customer_id), known.agents.get(seat.agent_id)
        case = case_of(head, row.case_id) if head else None
        contact = contact_of(case, row.interaction_id) if case else None
        if not (head and case and contact and contact.state is ContactState.WAITING):
            self._take_out(row, head)
            raise Conflict
        right = waiting_row(case, contact, now)
        if place_of(right) != place_of(row):
            self._move(row, right, head)
            raise Conflict
        if agent is None or not sits(agent, seat):
            self._stands_up(seat, agent)
            raise Conflict
        why = {"rule": pair.rule, "record": pair.record}
        self.store.commit(*offer(head, case, contact, agent, pair.reason, now, **why))

    def _take_out(self, row: Waiting, head: Head | None) -> None:
        """Only while the head is as we read it: an offer that has just ended puts the same row back."""
        unchanged = (Put(head, over=head.version),) if head else ()
        self.store.commit(Delete(row), *unchanged)

    def _move(self, row: Waiting, right: Waiting, head: Head) -> None:
        """A row from before the settings changed, to where its contact waits now."""
        self.store.commit(Delete(row), Put(right, over=ANY), Put(head, over=head.version))

    def _stands_up(self, seat: Seat, agent: Agent | None) -> None:
        """A seat whose agent sits elsewhere or nowhere, while they are as we read them: whoever has just come
        back into it keeps it.
        """
        if agent is None:
            self.store.commit(Delete(seat))
        elif (agent.pool, agent.bench) != (seat.pool, seat.bench):
            self.store.commit(Delete(seat), Put(agent, over=agent.version))

    def _read(self, pairs: Sequence[Pair]) -> Known:
        """A customer who was merged is ruled by the head of their root, which is read after. One who was
        erased has none: their row must not keep the others waiting.
        """
        customers = {pair.waiting.customer_id for pair in pairs}
        agents = {pair.seat.agent_id for pair in pairs}
        found = self._all(*(Ref(Head, id) for id in customers), *(Ref(Agent, id) for id in agents))
        heads = {row.customer_id: row for row in found if isinstance(row, Head)}
        roots = self._all(*(Ref(Head, id) for id in {head.root for head in heads.values() if head.root}))
        ruling = {row.customer_id: row for row in roots if isinstance(row, Head)}
        told = {id: ruling.get(head.root) if head.root else head for id, head in heads.items()}
        return Known(
            {id: head for id, head in told.items() if head},
            {row.id: row for row in found if isinstance(row, Agent)},
        )

    def _all(self, *refs: Ref[Head] | Ref[Agent]) -> tuple[Head | Agent, ...]:
        return tuple(row for row in self.store.get_all(*refs) if row) if refs else ()
