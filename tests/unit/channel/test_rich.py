"""What staff write with bold letters and lists: only what is allowed goes out, and its words always do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.channel.rich import LONGEST, rich
from shared.domain.errors import Refused

ALLOWED = re.compile(
    r"</?(b|i|ul|ol|li|blockquote|p)>|<br>|</a>"
    r'|<a href="(https?://|mailto:)[^"<>]*" rel="noopener noreferrer nofollow">',
    re.IGNORECASE,
)


def test_what_is_allowed_stays() -> None:
    made = rich("<p>Dear <b>Kim</b>,</p><p><i>thank you</i></p>")

    assert made.html == "<p>Dear <b>Kim</b>,</p><p><i>thank you</i></p>"
    assert made.text == "Dear Kim,\nthank you"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<b>a</b><script>alert(1)</script>", "<b>a</b>"),
        ('<b onclick="x()">a</b>', "<b>a</b>"),
        ('<b>a</b><img src="https://spy.example.test/1.png">', "<b>a</b>"),
        ('<b>a</b><a href="javascript:alert(1)">b</a>', "<b>a</b>b"),
        ('<b>a</b><a href=" JavaScript:alert(1)">b</a>', "<b>a</b>b"),
        ('<b style="position:fixed">a</b>', "<b>a</b>"),
        ("<b>a", "<b>a</b>"),
        ("<b>a</b></p></div>", "<b>a</b>"),
        ("<strong>a</strong><em>b</em>", "<b>a</b><i>b</i>"),
        ("<b>1 &lt; 2 &amp; 3</b>", "<b>1 &lt; 2 &amp; 3</b>"),
        ("<b>a</b><svg><p>x</p></svg>", "<b>a</b>"),
        ("<b>a</b><!-- <script> -->", "<b>a</b>"),
    ],
)
def test_nothing_else_does(written: str, kept: str) -> None:
    assert rich(written).html == kept


def test_lists_quotes_and_links_have_their_signs_in_the_plain_text() -> None:
    made = rich(
        "<p>Steps:</p><ol><li>Open</li><li>Press</li></ol><ul><li>One</li></ul>"
        '<blockquote>As you wrote</blockquote><p>See <a href="https://example.test/a">our page</a></p>'
    )

    assert made.text.splitlines() == [
        "Steps:",
        "1. Open",
        "2. Press",
        "- One",
        "> As you wrote",
        "See our page (https://example.test/a)",
    ]


def test_a_text_without_form_needs_no_html() -> None:
    assert rich("<p>Hello</p><p>you</p>").html == ""


def test_what_has_to_be_masked_goes_as_text_alone_where_it_is_masked() -> None:
    made = rich("<p><b>4111 1111</b> 1111 1111</p>")

    assert made.html == ""
    assert made.text == "4111 1111 1111 1111"


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(Refused, match="too_long"):
        rich("x" * (LONGEST + 1))


TAGS = "<b> </b> <p> </p> <ul> <ol> <li> </li> </ul> </a> <script> </script> <br> <blockquote> </blockquote>"
ODD = (
    "<!--",
    "-->",
    "<a href='https://x.test'>",
    "<a href='javascript:1'>",
    "<img src=x onerror=y>",
    "<svg/onload=1>",
    "<b onx=1",
)
PIECES = st.sampled_from([*TAGS.split(), *ODD, "<", ">", "&", '"', "text", " ", "\n", "\x00"])


@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_whatever_is_written_only_the_allowed_tags_come_out(written: str) -> None:
    html = rich(written).html

    rest = ALLOWED.sub("", html)
    assert "<" not in rest
    assert ">" not in rest
    opened = re.findall(r"<(\w+)", html.replace("<br>", ""))
    assert sorted(opened) == sorted(re.findall(r"</(\w+)", html))


@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_its_own_page_is_read_again_as_the_same(written: str) -> None:
    made = rich(written)

    assert not made.html or rich(made.html).html == made.html
