"""Keys: names of others stand in them, whatever characters they are made of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.key_text import LONGEST_PK, fitting
from shared.adapters.table import key
from shared.domain.address.address import Address
from shared.domain.change import Ref
from shared.domain.channel.receipt import Receipt
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.evidence import AddressOwner
from shared.domain.errors import Malformed

CHARACTERS = st.characters(codec=None, categories=None)


def test_a_key_of_usual_characters_is_what_it_is() -> None:
    assert fitting("RCPT#sms#SM1", "RCPT") == ("RCPT#sms#SM1", "RCPT")
    assert fitting("ADDR#phone#name-가나 상사", "ADDR")[0] == "ADDR#phone#name-가나 상사"


@pytest.mark.parametrize("odd", ["\r\n", "\x00", "\x1f", "\u2028", "\u202e", "\ud800"])
def test_no_key_has_characters_that_cannot_be_seen(odd: str) -> None:
    for named in (
        Ref(Receipt, "sms", f"SM{odd}1"),
        Ref(SentAs, "email", f"<{odd}@example.test>"),
        Ref(AddressOwner, Address("phone", f"name-{odd}")),
    ):
        assert all(part.isprintable() for part in key(named))


@given(st.text(CHARACTERS, max_size=40), st.text(CHARACTERS, max_size=40))
def test_two_names_that_nobody_can_see_apart_are_two_keys(one: str, other: str) -> None:
    apart = one == other or "\\" in one + other or fitting(one, "")[0] != fitting(other, "")[0]
    assert apart


@given(st.text(CHARACTERS, max_size=80))
def test_a_role_that_may_use_the_beginning_of_a_key_may_use_all_of_it(name: str) -> None:
    """As a policy compares: a star need not mean what stands behind a line end."""
    assert re.fullmatch("RCPT#.*", key(Ref(Receipt, "sms", name))[0])


def test_it_is_the_key_as_it_is_written_that_must_not_be_too_long() -> None:
    with pytest.raises(Malformed):
        fitting("\x00" * (LONGEST_PK // 8 + 1), "")
