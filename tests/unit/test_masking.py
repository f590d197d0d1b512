"""What is masked before anything is kept, however people type it; and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.masking import mask

GAPS = [
    *" -./_\n\u2013\uff0d\u00a0\u200b\u00b7\u2212,;:|~*ㅡーㆍ一",
    "  ",
    " - ",
    ", ",
    " … ",
    "     ",
    "\ufe0f\u20e3",
]
LETTERS = st.text(alphabet="가나다라abcXYZ", min_size=1, max_size=6)


@pytest.mark.parametrize("gap", ["", *GAPS])
def test_a_card_number_is_masked_whatever_stands_between_its_groups(gap: str) -> None:
    masked = mask(f"카드 {gap.join(['4111', '1111', '1111', '1111'])} 입니다")

    assert masked == f"카드 {gap.join(['****'] * 4)} 입니다"


@pytest.mark.parametrize("gap", ["", *GAPS])
def test_a_resident_number_is_masked_whatever_stands_before_its_second_half(gap: str) -> None:
    assert mask(f"900101{gap}1234567") == f"******{gap}*******"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("４１１１-１１１１-１１１１-１１１１", "****-****-****-****"),
        ("９００１０１－１２３４５６７", "******－*******"),
        ("3782 822463 10005", "**** ****** *****"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "* * * * * * * * * * * * * * * *"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 12/27", "* * * * * * * * * * * * * * * * 12/27"),
        ("1. 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "1. * * * * * * * * * * * * * * * *"),
        ("9 0 0 1 0 1 - 1 2 3 4 5 6 7", "* * * * * * - * * * * * * *"),
        ("9 0 0 1 0 1 1 2 3 4 5 6 7", "* * * * * * * * * * * * *"),
        ("90-01-01, 1234567", "**-**-**, *******"),
        ("4111,1111,1111,1111,5555,5555,5555,4444", "****,****,****,****,****,****,****,****"),
        ("4111 1111 1111 1111 12/27 737", "**** **** **** **** 12/27 737"),
        ("4111111111111111 1227", "**************** 1227"),
        ("010-1234-5678 4111-1111-1111-1111", "010-1234-5678 ****-****-****-****"),
        ("카드1 4111 1111 1111 1111", "카드1 **** **** **** ****"),
        ("주민번호 900101-1234567, 5555555555554444", "주민번호 ******-*******, ****************"),
    ],
)  # fmt: skip
def test_other_numbers_around_it_hide_no_card(said: str, kept: str) -> None:
    assert mask(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "",
        "010-1234-5678",
        "010-1234-5678, 010-9876-5432",
        "02-123-4567 / 010-1234-5678",
        "주문 2026-1122-0001",
        "4111 1111 1111 1112",
        "2026-11-22 19:30:00",
        "2026-11-22 19:30:05",
        "주문 20261122-00012344",
        "주문 2026112212345674",
        "900231-1234567",
        "901301-1234567",
        "900101-9234567",
        "0000 0000 0000 0000",
    ],
)
def test_what_is_no_card_stays(said: str) -> None:
    assert mask(said) == said


def _luhn(digits: str) -> bool:
    """As ISO/IEC 7812-1 says it, digit by digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _ending_in_luhn(digits: str) -> str:
    return next(digits + last for last in "0123456789" if _luhn(digits + last))


GAP = st.one_of(
    st.sampled_from(GAPS), st.text(alphabet=st.characters(exclude_categories=("L", "N")), max_size=5)
)
CARD = st.from_regex(r"[3-9][0-9]{14}", fullmatch=True).map(_ending_in_luhn)


@given(CARD, st.lists(GAP, min_size=3, max_size=3), LETTERS, LETTERS)
def test_no_card_is_left_whatever_its_groups_are_parted_by(
    card: str, gaps: list[str], before: str, behind: str
) -> None:
    groups = [card[i : i + 4] for i in range(0, 16, 4)]
    written = "".join(group + gap for group, gap in zip(groups, [*gaps, ""], strict=True))

    masked = mask(before + written + behind)

    assert masked == before + "".join("*" if c.isdecimal() else c for c in written) + behind


@given(st.from_regex(r"[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])", fullmatch=True), GAP)
def test_no_resident_number_is_left_whatever_parts_its_halves(birth: str, gap: str) -> None:
    assert mask(f"저는 {birth}{gap}2345678입니다") == f"저는 ******{gap}*******입니다"


@given(st.from_regex(r"[0-9]{14,19}", fullmatch=True), LETTERS, LETTERS)
def test_luhn_alone_decides_about_a_number_in_one_piece(digits: str, before: str, behind: str) -> None:
    hides = _luhn(digits) and not digits.startswith(("0", "19", "20"))

    assert mask(before + digits + behind) == before + ("*" * len(digits) if hides else digits) + behind


@given(st.from_regex(r"202[0-9](0[1-9]|1[0-2])[0-9]{2}", fullmatch=True), GAP, st.integers(0, 99_999_999))
def test_an_order_number_that_begins_with_its_year_stays(day: str, gap: str, number: int) -> None:
    assert mask(f"주문 {day}{gap}{number}번") == f"주문 {day}{gap}{number}번"


@given(st.text())
def test_masking_changes_digits_alone(said: str) -> None:
    masked = mask(said)

    assert len(masked) == len(said)
    assert all(new == old or (new == "*" and old.isdecimal()) for new, old in zip(masked, said, strict=True))


@given(st.text(alphabet="0123456789 -/０１\u200b가", max_size=300))
def test_long_rows_of_digits_cost_no_time_and_no_error(said: str) -> None:
    assert len(mask(said * 20)) == len(said) * 20
