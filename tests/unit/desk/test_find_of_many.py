"""A search among a million customers who share name, initials, domain, tag and last digits asks what it asks
among a thousand. Their rows are computed when they are read: each is the one that the index would hold.
"""

from bisect import bisect_left, bisect_right
from typing import Any

import pytest

from infra.twins.store import MemoryStore
from shared.domain.desk.find_rows import Known, find_rows
from shared.domain.desk.found import FindRow
from tests.support.counting_store import CountingStore, share_of
from tests.support.found import ids, keep, search, somebody

THOUSAND, MILLION = 1000, 1_000_000
TYPED = ("4711", "ㄱㅁ", "ㄱㅁㅅ", "ㄱㅁㅅㅎ", "김ㅁ", "민수", "minsu", "#vip", "ㄱㅁㅅ 4711", "김 #vip")


def one(n: int) -> Known:
    """Whatever they are found by, the customers' rows stand in the order of `n`."""
    number = f"+1{f'{n:06}'[::-1]}4711"
    return somebody(f"01KDXZ8E{n:018}", "김민수한", number, f"minsu{n:06}@trade.example.test", tags=["vip"])


class Crowd(CountingStore):
    """An index of `size` customers."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def find(self, kind: type[Any], *partition: object, **told: Any) -> tuple[Any, ...]:
        assert kind is FindRow
        what, start = str(partition[0]), str(partition[1]) if len(partition) > 1 else ""
        search_in = bisect_right if told["after"] else bisect_left
        first = search_in(range(self.size), start + told["after"], key=lambda n: rest(n, what))
        numbers = range(first, min(first + told["limit"], self.size))
        rows = [row for n in numbers for row in rows_of(n, what) if row.rest.startswith(start)]
        return tuple(self._read("find", rows, share_of(told["strong"])))


def rows_of(n: int, what: str) -> list[FindRow]:
    rows = [row for row in find_rows(one(n), "KR") if row.what == what]
    assert len(rows) <= 1
    return rows


def rest(n: int, what: str) -> str:
    return "".join(row.rest for row in rows_of(n, what))


@pytest.mark.parametrize("typed", TYPED)
def test_a_million_cost_the_requests_and_read_units_of_a_thousand(typed: str) -> None:
    told = []
    for size in (THOUSAND, MILLION):
        store = Crowd(size)
        page = search(store, typed)
        told.append((store.requests, store.units, len(page.items)))

    assert told[0] == told[1]
    assert told[1][0] <= 2 and told[1][1] <= 3
    assert told[1][2] == 20


@pytest.mark.parametrize("typed", TYPED)
def test_a_page_far_behind_costs_no_more(typed: str) -> None:
    store = Crowd(MILLION)
    cursor = ""
    for _ in range(5):
        store.forget()
        page = search(store, typed, cursor)
        cursor = str(page.next)
        assert store.requests <= 2 and store.units <= 3

    assert page.items


@pytest.mark.parametrize("typed", TYPED)
def test_the_computed_rows_answer_as_stored_ones_do(typed: str) -> None:
    stored = MemoryStore()
    keep(stored, *map(one, range(60)))

    assert ids(Crowd(60), typed) == ids(stored, typed) != []
