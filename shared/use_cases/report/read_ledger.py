"""Was anything lost? Accepted at the doors, the outcomes in the table, and what still waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.domain.change import Ref
from shared.domain.channel.ledger import Ledger, balance
from shared.domain.channel.receipt import Compared, Mark
from shared.domain.times import day_bounds
from shared.ports import Settings, Store, Witness
from shared.use_cases.report.sum_shards import ALL, tallies_of


@dataclass(frozen=True, slots=True)
class ReadLedger:
    """What waits is asked first: an event handled meanwhile is then counted twice rather than missed."""

    store: Store
    witness: Witness
    settings: Settings

    def __call__(self, day: date, found: Iterable[Mark] = ()) -> Ledger:
        """`found` are marks that are not in the table yet: see CompareNames.open."""
        begin, end = day_bounds(day, self.settings.centre().zone)
        waiting = self.witness.waiting()
        accepted = self.witness.accepted(begin, end)
        tallies = tallies_of(self.store, str(day))
        kept = self.store.find(Mark, str(day), limit=ALL)
        marks = dict.fromkeys((*kept, *(mark for mark in found if mark.day == str(day))))
        compared = self.store.get(Ref(Compared))
        return balance(day, accepted, tallies, marks, waiting, compared.until if compared else None)
