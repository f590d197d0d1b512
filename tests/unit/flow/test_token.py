"""A place in a flow travels as a token: what was signed comes back, and nothing else does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.clock import START
from shared.domain.customer.flow_place import Collected, FlowPlace
from shared.domain.flow.token import sign, verify

KEY = "the-centres-key"
PLACE = FlowPlace(
    "welcome", 3, "topic", START + timedelta(minutes=10), 1, 2, 7, (Collected("order", "1234"),)
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@given(TEXT, TEXT, st.integers(0, 20), st.lists(st.builds(Collected, TEXT, TEXT), max_size=5), TEXT)
def test_a_place_comes_back_as_it_was(
    flow: str, step: str, turns: int, collected: list[Collected], intent: str
) -> None:
    place = replace(PLACE, flow=flow, step=step, turns=turns, collected=tuple(collected), intent=intent)

    assert verify(sign(place, KEY), KEY, START) == place


def test_it_holds_for_the_places_own_time() -> None:
    assert verify(sign(PLACE, KEY), KEY, PLACE.until) is None


def test_another_key_made_none_of_ours() -> None:
    assert verify(sign(PLACE, "another"), KEY, START) is None
    with pytest.raises(ValueError, match="key"):
        sign(PLACE, "")


@given(st.integers(0, 10_000), st.characters())
def test_a_changed_token_is_worth_nothing(place: int, letter: str) -> None:
    token = sign(PLACE, KEY)
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]

    assert changed == token or verify(changed, KEY, START) is None


@given(st.text())
def test_junk_is_no_place(junk: str) -> None:
    assert verify(junk, KEY, START) is None
    assert verify(f"v1.{junk}", KEY, START) is None
