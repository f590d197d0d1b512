"""Callers without a number that we could call: each has an address, the same for all words of a call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical


def address(value: str, event: str = "event-1") -> str:
    return canonical(Address("phone", value), "KR", event).value


@given(st.text(alphabet="0123456789abcdefCA", min_size=2, max_size=34), st.text(min_size=1, max_size=9))
def test_a_withheld_caller_of_a_call_stays_one_whatever_the_event_is(sid: str, event: str) -> None:
    assert address(f"withheld-{sid}", event) == f"withheld-{sid}"


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("sip:kim@pbx.example", "sip-kim@pbx.example"),
        ("SIP:kim@PBX.example:5060;transport=tcp", "sip-kim@pbx.example"),
        ("sips:+821012345678@pbx.example", "sips-+821012345678@pbx.example"),
        ("client:kim", "client-kim"),
    ],
)
def test_a_caller_without_a_number_has_one_name_whatever_comes_along(told: str, known: str) -> None:
    assert address(told) == known


def test_none_of_them_can_be_written_to() -> None:
    callers = ("withheld-CA1", "sip-kim@pbx.example", "client-kim")

    assert not any(Address("phone", value).reachable for value in callers)


def test_a_name_in_the_place_of_a_number_is_no_call() -> None:
    assert (address("Patchbay"), address("anonymous", "e1")) == ("name-Patchbay", "withheld-e1")
