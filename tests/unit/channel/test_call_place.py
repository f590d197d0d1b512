"""Where a call is, in a token: what was signed comes back, and nothing else is believed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.clock import START
from shared.domain.channel.call_place import CallPlace, sign, told, verify
from shared.domain.customer.flow_place import Collected, FlowPlace
from shared.domain.signed import LONGEST

KEY = "a key"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FLOW = st.builds(
    FlowPlace,
    WORDS,
    st.integers(0, 99),
    WORDS,
    st.just(START),
    collected=st.lists(st.builds(Collected, WORDS, WORDS), max_size=3).map(tuple),
    language=WORDS,
    intent=WORDS,
)
PLACES = st.builds(
    CallPlace,
    WORDS,
    st.just(START),
    sid=WORDS,
    address=WORDS,
    language=WORDS,
    seq=st.integers(0, 9),
    flow=st.none() | FLOW,
    masked=st.booleans(),
)


@given(PLACES)
def test_what_was_signed_comes_back(place: CallPlace) -> None:
    token = sign(place, KEY)

    assert verify(token, KEY) == told(token) == place


@given(PLACES, st.data())
def test_a_token_with_another_letter_in_it_is_none(place: CallPlace, data: st.DataObject) -> None:
    token = sign(place, KEY)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != token[at]))

    assert verify(token[:at] + other + token[at + 1 :], KEY) is None


@pytest.mark.parametrize(
    "token", ["", "c1", "c1..", "v1.a.b", "c1." + "a" * LONGEST, "c1.\ud800.x", "c1.bnVsbA.x"]
)
def test_what_is_no_token_is_none(token: str) -> None:
    assert verify(token, KEY) is None
    assert told(token) is None


def test_a_token_of_another_key_is_none_and_no_key_signs_nothing() -> None:
    place = CallPlace("step", START + timedelta(hours=4), sid="CA1")

    assert verify(sign(place, KEY), "another") is None
    with pytest.raises(ValueError, match="key"):
        sign(place, "")
