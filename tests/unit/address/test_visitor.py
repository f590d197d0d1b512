"""A visitor's token is worth what its signature is."""

import pytest

from shared.domain.address.visitor import sign, visitor_of
from shared.domain.text import language_tag
from tests.support.chat import VISITOR

TOKEN = sign(VISITOR, "key")


def test_a_token_names_its_visitor_to_whoever_has_the_key() -> None:
    assert visitor_of(TOKEN, "key") == VISITOR
    assert visitor_of(TOKEN, "another key") == ""


@pytest.mark.parametrize(
    "token",
    [
        "",
        VISITOR,
        f"v1.{VISITOR}.",
        TOKEN[:-1],
        TOKEN + "x",
        TOKEN.replace(VISITOR, VISITOR[:-1] + "2"),
        TOKEN.replace("v1", "v2"),
        f"{TOKEN}\n",
        f"v1.visitor:x.{TOKEN[-43:]}",
        "v1." + "é" * 26 + "." + TOKEN[-43:],
        "x" * 5000,
    ],
    ids=range(11),
)
def test_whatever_was_changed_the_token_names_nobody(token: str) -> None:
    assert visitor_of(token, "key") == ""


def test_an_empty_key_signs_and_proves_nothing() -> None:
    with pytest.raises(ValueError, match="key"):
        sign(VISITOR, "")
    with pytest.raises(ValueError, match="key"):
        visitor_of(TOKEN, "")


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("ko", "ko"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        (" EN-us", "en"),
        ("fil-PH", "fil"),
        ("", ""),
        ("*", ""),
        ("korean", ""),
        ("<script>", ""),
    ],
)
def test_a_language_is_the_first_one_named(told: str, language: str) -> None:
    assert language_tag(told) == language
