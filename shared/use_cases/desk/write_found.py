"""Writes a customer's rows, and removes those they are found by no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.domain.change import ABSENT, ANY, Delete, Put, Ref
from shared.domain.desk.find_rows import Known, find_rows, key_text, row_at, sign
from shared.domain.desk.found import FindRow, FoundKeys
from shared.ports import Store


@dataclass(frozen=True, slots=True)
class WriteFound:
    """Plain writes, one after another, so a run may end between any two of them; the next one ends right.

    A new customer's rows are written before the item that names them. Once there is such an item, it names
    old and new rows before any of them is written: what a run that died has written is not forgotten.
    """

    store: Store

    def __call__(self, who: Known, region: str, found: Sequence[FoundKeys], strays: set[str]) -> None:
        """`found` is what was written for the customer and for members who had rows of their own. `strays`
        are keys that an earlier try of this run wrote; they grow. Raises Conflict, TryAgain.
        """
        rows = find_rows(who, region)
        mine = next((one for one in found if one.customer_id == who.customer_id), None)
        others = [one for one in found if one is not mine]
        signed, new = sign(rows), {key_text(row) for row in rows}
        gone = {*strays, *(key for one in found for key in one.keys)} - new
        if mine and mine.sign == signed and not (others or gone):
            return
        claim = self._claim(who.customer_id, mine, new | gone) if mine or gone else None
        strays |= new
        self._write(rows, gone, others)
        self._end(FoundKeys(who.customer_id, tuple(sorted(new)), 1, signed), claim)

    def nothing(self, customer_id: str) -> None:
        """The customer is no more."""
        if found := self.store.get(Ref(FoundKeys, customer_id)):
            self._write((), found.keys, [found])

    def _claim(self, customer_id: str, mine: FoundKeys | None, keys: set[str]) -> int:
        """The version under which the item names whatever may be there now."""
        version = mine.version + 1 if mine else 1
        self.store.commit(
            Put(
                FoundKeys(customer_id, tuple(sorted(keys)), version),
                over=mine.version if mine else ABSENT,
            )
        )
        return version

    def _write(self, rows: Iterable[FindRow], gone: Iterable[str], others: Iterable[FoundKeys]) -> None:
        for row in rows:
            self.store.commit(Put(row, over=ANY))
        for key in sorted(gone):
            self.store.commit(Delete(row_at(key)))
        for one in others:
            self.store.commit(Delete(one))

    def _end(self, found: FoundKeys, claim: int | None) -> None:
        if claim is None:
            self.store.commit(Put(found))
        else:
            named = FoundKeys(found.customer_id, found.keys, claim + 1, found.sign)
            self.store.commit(Put(named, over=claim))
