"""Names that were kept in the words of one language are read in those of another."""

import pytest

from shared.domain.address.address import Address
from shared.domain.address.readable import display, reworded

VISITOR = Address("visitor", "01m8e6wq665skjm4yv1s3dyewm")
WITHHELD = Address("phone", "withheld-1")


@pytest.mark.parametrize("address", [VISITOR, WITHHELD], ids=["visitor", "withheld"])
@pytest.mark.parametrize(("kept", "read"), [("ko", "en"), ("en", "ko"), ("ko", "ko")])
def test_a_name_that_is_of_our_words_is_said_in_the_readers_language(
    address: Address, kept: str, read: str
) -> None:
    assert reworded(display(address, "KR", kept), read) == display(address, "KR", read)


def test_a_name_that_somebody_has_stays_as_it_is() -> None:
    assert reworded("김민수", "en") == "김민수"
    assert reworded("", "en") == ""
