"""Customers are found by number, mail, name, initials, tag and order, in the order that helps."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.store import MemoryStore
from shared.domain.change import Put
from shared.domain.customer.evidence import Profile
from shared.domain.customer.kept import Case
from shared.domain.desk.find_rows import case_row, find_rows
from shared.domain.errors import Malformed, Refused
from shared.domain.hangul import strokes
from shared.domain.ids import ALPHABET, case_number
from tests.support.counting_store import CountingStore
from tests.support.found import NOVEMBER, every_page, ids, keep, search, somebody
from tests.support.hangul_keys import composed

MINSU = somebody(
    "minsu", "김민수", "+821012344711", "minsu@shop.example.test", tags=["vip"], order="A-2026-77"
)
MISUK = somebody("misuk", "김미숙", "+821098764711", at=NOVEMBER - timedelta(days=40))
SARAH = somebody("sarah", "Sarah O'Neil", "+12125550147", "sarah@example.test")
SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
NAMES = st.text(SYLLABLES, min_size=2, max_size=5)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    keep(store, MINSU, MISUK, SARAH)
    return store


@pytest.mark.parametrize(
    "typed",
    [
        *("4711", "44711", "12344711", "010-1234-4711", "01012344711", "010 1234", "0101234"),
        *("+82 10 1234 4711", "+82-10-1234", "82 10 1234", "0082 10 1234 4711", "10 1234 4711"),
        *("０１０－１２３４", "(010) 1234.4711", "tel:+82-10-1234-4711"),
    ],
)
def test_a_number_is_found_by_its_end_and_by_its_beginning_in_any_spelling(
    typed: str, store: MemoryStore
) -> None:
    assert "minsu" in ids(store, typed)
    assert "sarah" not in ids(store, typed)


@given(st.from_regex(r"010[0-9]{8}", fullmatch=True), st.integers(4, 8))
def test_a_number_is_found_by_its_last_four_to_eight_digits_whatever_they_are(number: str, most: int) -> None:
    store = MemoryStore()
    keep(store, somebody("one", "", f"+82{number[1:]}"))

    assert "one" in ids(store, number[-most:])


@pytest.mark.parametrize(
    "typed",
    [
        "김민수",
        "김 민수",
        "민수",
        "김민",
        "김ㅁ",
        "김미",
        "김ㅁㅅ",
        "ㄱㅁㅅ",
        "ㄱㅁ",
        "ㄳ".replace("ㄳ", "ㄱㅁㅅ"),
    ],
)
def test_a_korean_name_is_found_by_its_parts_and_half_syllables(typed: str, store: MemoryStore) -> None:
    assert "minsu" in ids(store, typed)


@pytest.mark.parametrize("typed", ["sarah", "SAR", "sarah o'n", "O’Neil", "oneil sarah"])
def test_other_names_are_found_by_the_first_and_by_the_last_word(typed: str, store: MemoryStore) -> None:
    assert ids(store, typed) == ["sarah"]


@pytest.mark.parametrize(
    "typed", ["minsu@", "minsu@shop.example.test", "MINSU", "@shop.example.test", "shop.example.test"]
)
def test_a_mail_address_is_found_by_its_beginning_and_by_its_domain(typed: str, store: MemoryStore) -> None:
    assert ids(store, typed) == ["minsu"]


@pytest.mark.parametrize("typed", ["#vip", "#VI", "VIP", "우수 고객", "#우수", "A-2026-77", "a2026"])
def test_tags_and_orders_are_found(typed: str, store: MemoryStore) -> None:
    assert ids(store, typed) == ["minsu"]


@pytest.mark.parametrize(
    "typed",
    [
        "ㄱㅁㅅ 4711",
        "4711 김ㅁ",
        "민수 010-1234",
        "#vip 김",
        "김민수 #vip",
        "vip ㄱㅁ",
        "민수 shop.example.test",
    ],
)
def test_words_together_leave_fewer(typed: str, store: MemoryStore) -> None:
    assert ids(store, typed) == (["minsu", "misuk"] if typed in ("ㄱㅁㅅ 4711", "4711 김ㅁ") else ["minsu"])


def test_words_that_do_not_fit_together_find_nobody(store: MemoryStore) -> None:
    assert ids(store, "ㅂㅁㅅ 4711") == ids(store, "sarah #vip") == ids(store, "#nothing") == []


@pytest.mark.parametrize("typed", ["", " ", "1", "471", "ㄱ", "k", "-", "!", "01-0", "+82 10", "12 ㄱ"])
def test_too_little_asks_the_table_nothing(typed: str) -> None:
    counted = CountingStore()

    with pytest.raises(Refused, match="find_too_short"):
        search(counted, typed)
    assert counted.requests == 0


@given(NAMES, st.data())
def test_every_state_of_the_field_while_a_name_is_typed_finds_it(name: str, data: st.DataObject) -> None:
    store, keys = MemoryStore(), strokes(name)
    keep(store, somebody("one", name))
    typed = composed(keys[: data.draw(st.integers(2, len(keys)))])

    assert ids(store, typed) == ["one"]
    assert ids(store, f"{typed} ") == ["one"]


@given(NAMES)
def test_every_name_is_found_by_all_its_initials(name: str) -> None:
    store = MemoryStore()
    keep(store, somebody("one", name))

    first = "".join(strokes(c)[0] for c in name)
    assert ids(store, first) == ids(store, first[:2]) == ["one"]


@given(st.text(max_size=120))
def test_whatever_is_typed_is_answered_or_refused(typed: str) -> None:
    store = MemoryStore()
    keep(store, MINSU)

    try:
        assert set(ids(store, typed)) <= {"minsu"}
    except Refused as refused:
        assert refused.code == "find_too_short"


@pytest.mark.parametrize("typed", ["ㄱㅁ", "ㄱㅁㅅ", "4711", "54711", "#trade", "@trade.example.test"])
def test_by_initials_last_digits_tag_and_domain_the_latest_contact_comes_first(typed: str) -> None:
    store = MemoryStore()
    for n, months in enumerate((5, 0, 2)):
        told = ("김민수", f"+82101{n}354711", f"a{n}@trade.example.test")
        keep(store, somebody(f"c{months}", *told, tags=["trade"], at=NOVEMBER - timedelta(days=30 * months)))

    assert ids(store, typed) == ["c0", "c2", "c5"]


def test_names_come_in_their_order_and_the_latest_contact_first_among_equals() -> None:
    store = MemoryStore()
    names = (("b-old", "김나나", 9), ("c", "김다다", 0), ("b-new", "김나나", 0), ("a", "김가가", 4))
    for customer_id, name, months in names:
        keep(store, somebody(customer_id, name, at=NOVEMBER - timedelta(days=30 * months)))

    assert ids(store, "김") == ["a", "b-new", "b-old", "c"]


def test_a_customer_who_never_wrote_comes_last() -> None:
    store = MemoryStore()
    keep(store, somebody("never", "김민수", at=None), MINSU)

    never = search(store, "ㄱㅁㅅ").items[-1]

    assert (never.customer_id, never.last_at) == ("never", "")


def test_a_page_has_twenty_and_the_next_one_goes_on() -> None:
    store = MemoryStore()
    keep(store, *(somebody(f"c{n:03}", "김민수", f"+8210{n:04}4711") for n in range(50)))

    for typed in ("김민", "ㄱㅁㅅ", "4711", "ㄱㅁㅅ 4711", "민수"):
        found = [item.customer_id for item in every_page(store, typed)]
        assert sorted(found) == [f"c{n:03}" for n in range(50)], typed
        assert len(search(store, typed).items) == 20


def crowd(size: int) -> CountingStore:
    """So many customers who share name, initials and last four digits with one another."""
    store = CountingStore()
    for n in range(size):
        who = somebody(
            f"01KDXZ8E{n:018}", "김민수한", f"+8210{n:04}4711", f"minsu{n}@trade.example.test", tags=["vip"]
        )
        for row in find_rows(who, "KR"):
            store.commit(Put(row))
    return store


TYPED = (
    "4711",
    "994711",
    "010-0099",
    "ㄱㅁ",
    "ㄱㅁㅅ",
    "ㄱㅁㅅㅎ",
    "김ㅁ",
    "민수",
    "minsu",
    "#vip",
    "ㄱㅁㅅ 4711",
    "김 #vip",
)
SMALL, LARGE = 100, 3000


@pytest.fixture(scope="module")
def crowds() -> tuple[CountingStore, CountingStore]:
    return crowd(SMALL), crowd(LARGE)


@pytest.mark.parametrize("typed", TYPED)
def test_a_page_costs_two_requests_and_three_read_units_however_many_there_are(
    typed: str, crowds: tuple[CountingStore, CountingStore]
) -> None:
    asked = []
    for store in crowds:
        store.forget()
        search(store, typed)
        asked.append(store.requests)
        assert store.requests <= 2
        assert store.units <= 3

    assert asked[0] == asked[1]


def test_pages_further_behind_cost_the_same(crowds: tuple[CountingStore, CountingStore]) -> None:
    _, store = crowds
    page = search(store, "ㄱㅁㅅ 4711")
    for _ in range(5):
        store.forget()
        page = search(store, "ㄱㅁㅅ 4711", str(page.next))
        assert (store.requests, len(page.items)) == (1, 20)
        assert store.units <= 3


# ---------------------------------------------------------------------- cases


def a_case(store: MemoryStore, case_id: str, number: str = "", closed: bool = False) -> Case:
    at = NOVEMBER
    case = Case(
        "minsu", case_id, number or case_number(case_id), at, "main", "sms", closed_at=at if closed else None
    )
    store.commit(Put(case))
    store.commit(Put(case_row(case_id, case.number, "minsu")))
    return case


def test_a_case_is_found_by_its_number_and_shown_as_it_is_now(store: MemoryStore) -> None:
    store.commit(Put(Profile("minsu", "김민수")))
    case = a_case(store, "K1")

    for typed in (case.number, case.number.lower(), f"#{case.number}"):
        (item,) = [one for one in search(store, typed).items if one.kind == "case"]
        assert (item.case_id, item.customer_id, item.state, item.name) == ("K1", "minsu", "open", "김민수")


def test_cases_with_the_same_number_are_all_shown_within_two_requests() -> None:
    store = CountingStore()
    a_case(store, "K1", "7KQ2MZ")
    a_case(store, "K2", "7KQ2MZ", closed=True)
    store.forget()

    page = search(store, "7kq2mz")

    assert [(item.case_id, item.state) for item in page.items] == [("K1", "open"), ("K2", "closed")]
    assert store.requests <= 2
    assert store.units <= 3


def test_letters_that_no_number_of_a_case_has_are_read_as_the_digits_they_look_like(
    store: MemoryStore,
) -> None:
    a_case(store, "K1", "10" + ALPHABET[-4:])

    assert search(store, "IO" + ALPHABET[-4:]).items[0].case_id == "K1"


def test_a_row_whose_case_is_gone_shows_nothing(store: MemoryStore) -> None:
    store.commit(Put(case_row("K9", "7KQ2MZ", "minsu")))

    assert every_page(store, "7KQ2MZ") == []


def test_a_name_that_looks_like_a_number_of_a_case_is_found_too() -> None:
    store = MemoryStore()
    keep(store, somebody("hanna", "Hannah"))
    a_case(store, "K1", "HANNAH")

    assert [item.kind for item in every_page(store, "hannah")] == ["case", "customer"]


# ---------------------------------------------------------------------- what comes from outside


@pytest.mark.parametrize(
    "cursor", ["x", "-1.", "1000.", "0.\n", "0.\uffff", "0." + "a" * 300, "0.\U0001f600"]
)
def test_a_cursor_that_is_not_ours_is_refused(cursor: str, store: MemoryStore) -> None:
    with pytest.raises(Malformed):
        search(store, "김민수", cursor)


def test_a_cursor_behind_the_end_finds_nothing(store: MemoryStore) -> None:
    assert search(store, "김민수", "9.").items == search(store, "김민수", "0.힣").items == ()
