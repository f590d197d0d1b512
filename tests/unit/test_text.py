"""What is masked before anything is kept, however people type it; and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.text import mask

GAPS = [*" -./_\n\u2013\uff0d\u00a0\u200b\u00b7\u2212", "  ", " - "]


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
        "0000 0000 0000 0000",
    ],
)
def test_what_is_no_card_stays(said: str) -> None:
    assert mask(said) == said


@given(st.text())
def test_masking_changes_digits_alone(said: str) -> None:
    masked = mask(said)

    assert len(masked) == len(said)
    assert all(new == old or (new == "*" and old.isdecimal()) for new, old in zip(masked, said, strict=True))


@given(st.text(alphabet="0123456789 -/０１\u200b가", max_size=300))
def test_long_rows_of_digits_cost_no_time_and_no_error(said: str) -> None:
    assert len(mask(said * 20)) == len(said) * 20
