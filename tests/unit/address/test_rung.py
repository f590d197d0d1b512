"""Where an agent can be rung: a number with its country, or an address of a telephone exchange."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.address.rung import client_name, is_phone, rung_at


@pytest.mark.parametrize(
    ("typed", "rung"),
    [
        ("010-5550-0001", "+821055500001"),
        ("tel:+82-10-5550-0001", "+821055500001"),
        (" +82 10 5550 0001 ", "+821055500001"),
        ("02-555-0100", "+8225550100"),
        ("+1 500 555 0006", "+15005550006"),
        ("sip:kim@pbx.example.com", "sip:kim@pbx.example.com"),
        ("SIP:kim@pbx.example.com:5070", "sip:kim@pbx.example.com:5070"),
        ("sips:101@10.0.0.4", "sips:101@10.0.0.4"),
    ],
)
def test_what_people_type_is_what_the_carrier_rings(typed: str, rung: str) -> None:
    assert rung_at(typed, "KR") == rung
    assert is_phone(rung)


@pytest.mark.parametrize(
    "typed",
    ["", "kim", "119", "sip:", "sip:kim", "sip:@host", "sip:kim@host?Header=1", "sip:kim@host;user=phone",
     "https://phone.example", "client:kim", "anonymous", "+82", "sip:kim@ho st"],
)  # fmt: skip
def test_what_cannot_be_rung_is_nothing(typed: str) -> None:
    assert rung_at(typed, "KR") == ""


@given(st.text(max_size=40))
def test_whatever_is_typed_is_rung_as_it_stands_or_not_at_all(typed: str) -> None:
    rung = rung_at(typed, "KR")

    assert rung == "" or is_phone(rung)
    assert rung_at(rung, "US") == rung


@given(st.text(max_size=40))
def test_the_browser_of_an_agent_has_a_plain_name(agent_id: str) -> None:
    assert client_name(agent_id).replace("_", "").isascii()
    assert len(client_name(agent_id)) == len(agent_id)
