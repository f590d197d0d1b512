"""Choices as data: buttons where they fit, else a list, else numbers; a typed answer finds its choice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.channel.choosing import Shown, meant, question, shown_as
from shared.domain.text import fold
from shared.domain.timeline.choice import Choice
from shared.domain.traits import Traits

BUTTONS = Traits("any", "phone", "", "", "", ("", ""), choices=3, list_choices=10, label_limit=20)
NUMBERS = replace(BUTTONS, choices=0, list_choices=0)
TWO = (Choice("delivery", "배송 문의", "주문 후 3일"), Choice("refund", "Refund"))


def many(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{n}", f"Choice {n} of them") for n in range(count))


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, Shown.NUMBERS), (1, Shown.BUTTONS), (3, Shown.BUTTONS), (4, Shown.LIST), (11, Shown.NUMBERS)],
)
def test_what_does_not_fit_on_buttons_becomes_a_list_and_then_numbers(count: int, shown: Shown) -> None:
    assert shown_as(BUTTONS, many(count)) is shown


def test_a_label_too_long_for_a_button_is_numbered() -> None:
    assert shown_as(BUTTONS, (*TWO, Choice("long", "A label of twenty-two."))) is Shown.NUMBERS


def test_numbers_stand_in_the_text_and_buttons_do_not() -> None:
    assert question(NUMBERS, "무엇을 도와드릴까요?", TWO).text == (
        "무엇을 도와드릴까요?\n1 배송 문의 – 주문 후 3일\n2 Refund"
    )
    assert question(BUTTONS, "What about?", TWO).text == "What about?"
    assert question(BUTTONS, "What about?", TWO).to_press == TWO


def test_words_without_choices_stay_as_they_are() -> None:
    assert question(NUMBERS, "Hello", ()).text == "Hello"


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("1", "delivery"),
        (" 2. ", "refund"),
        ("2번", "refund"),
        ("２", "refund"),
        ("1 배송 문의", "delivery"),
        ("2. refund", "refund"),
        ("REFUND!", "refund"),
        ("배송 문의", "delivery"),
    ],
)
def test_a_number_or_a_label_as_people_type_it_is_the_choice(typed: str, id: str) -> None:
    found = meant(TWO, typed)

    assert found is not None
    assert found.id == id


@pytest.mark.parametrize("typed", ["", "0", "3", "12", "refund please", "1 refund 2", "9" * 400, "👍"])
def test_anything_else_is_no_choice(typed: str) -> None:
    assert meant(TWO, typed) is None


LABELS = st.text(min_size=1, max_size=12).filter(lambda text: any(c.isalpha() for c in fold(text)))


@given(st.lists(LABELS, min_size=1, max_size=6, unique_by=fold), st.data())
def test_every_choice_comes_back_by_its_number_and_by_its_label(
    labels: list[str], data: st.DataObject
) -> None:
    labels = [label for label in labels if not fold(label)[0].isdigit()] or ["one"]
    choices = tuple(Choice(f"c{n}", label) for n, label in enumerate(labels))
    place = data.draw(st.integers(0, len(choices) - 1))

    assert meant(choices, f"{place + 1}") == choices[place]
    assert meant(choices, choices[place].label) == choices[place]
