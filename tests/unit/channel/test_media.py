"""Files of a message: who gets credentials, what is taken, what a page shows, how a channel carries them."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.channels import traits
from shared.domain.channel.media import (
    MOST_FILES,
    UNKNOWN,
    Taken,
    gets_credentials,
    goes_as_link,
    refused,
    shown_as,
    take,
)
from shared.domain.errors import Refused
from shared.domain.file_name import LONGEST, file_name
from shared.domain.timeline.content import Part, PartState
from shared.domain.traits import LONGEST_FILE, MEGABYTE, Media

CARD = "4111 1111 1111 1111"
TWILIO = ("api.twilio.com",)
LOCAL = (*TWILIO, "http://127.0.0.1:4010")
PICTURES_ONLY = Media(sizes=(("image/", MEGABYTE),), most=2, total=MEGABYTE)


@pytest.mark.parametrize(
    ("url", "given_to"),
    [
        ("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", True),
        ("https://API.Twilio.com/x", True),
        ("http://api.twilio.com/x", False),
        ("https://api.twilio.com:8443/x", False),
        ("https://api.twilio.com.example.test/x", False),
        ("https://example.test/api.twilio.com", False),
        ("https://api.twilio.com@example.test/x", False),
        ("https://example.test#@api.twilio.com/", False),
        ("http://127.0.0.1:4010/x", True),
        ("http://127.0.0.1:4011/x", False),
        ("https://127.0.0.1:4010/x", False),
    ],
)
def test_credentials_go_to_the_declared_hosts_alone(url: str, given_to: bool) -> None:
    assert gets_credentials(url, LOCAL) is given_to


def test_a_file_that_came_is_stored_with_the_type_of_its_content() -> None:
    taken = take(Part("a.png", "image/png", source="https://x.example.test"), b"GIF89a", "image/gif")

    assert taken == Taken(Part("a.png", "image/gif", 6, PartState.STORED), b"GIF89a")


@pytest.mark.parametrize(
    ("body", "found", "longest", "reason"),
    [
        (b"", "", 10, "empty"),
        (b"12345678901", "image/png", 10, "too_large"),
        (b"MZ", "application/x-msdownload", 10, "program"),
        (b"\x7fELF", "application/x-executable", 10, "program"),
    ],
)
def test_what_is_not_taken_says_why(body: bytes, found: str, longest: int, reason: str) -> None:
    assert take(Part("a.png", "image/png"), body, found, longest) == refused(
        Part("a.png", "image/png"), reason
    )


def test_a_sum_that_was_declared_must_be_right() -> None:
    right, wrong = sha256(b"file").hexdigest(), sha256(b"other").hexdigest()

    assert isinstance(take(Part(sha256=right.upper()), b"file", ""), Taken)
    assert take(Part(sha256=wrong), b"file", "") == refused(Part(sha256=wrong), "wrong_sum")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_numbers_in_text_files_are_masked_before_they_are_kept(encoding: str) -> None:
    body = f"카드: {CARD}\n끝".encode(encoding)

    taken = take(Part("notes.txt", "text/plain; charset=x"), body, "")

    assert isinstance(taken, Taken)
    assert taken.body.decode(encoding) == "카드: **** **** **** ****\n끝"
    assert (taken.part.type, taken.part.size) == (UNKNOWN, len(taken.body))


def test_what_is_no_text_is_kept_as_it_came() -> None:
    body = b"\x89PNG" + CARD.encode()

    for part, found in ((Part(type="text/plain"), "image/png"), (Part(type="image/svg+xml"), "")):
        taken = take(part, body, found)
        assert isinstance(taken, Taken) and taken.body == body


@pytest.mark.parametrize(
    ("type", "how"),
    [
        ("image/png", "picture"),
        ("audio/mpeg", "sound"),
        ("image/svg+xml", ""),
        ("text/html", ""),
        ("application/pdf", ""),
        (UNKNOWN, ""),
        ("", ""),
    ],
)
def test_a_page_shows_pictures_and_plays_sound_and_offers_the_rest(type: str, how: str) -> None:
    assert shown_as(type) == how


def a_file(type: str, size: int) -> Part:
    return Part("a", type, size, PartState.STORED, "media/C1/E1/0")


def test_a_channel_carries_what_fits_as_files_and_the_rest_as_links() -> None:
    sms = traits().of("sms").media
    files = [a_file("image/jpeg", 2 * MEGABYTE), a_file("application/zip", 10), a_file("audio/mpeg", 700_000)]

    assert goes_as_link(sms, files, links=True) == (False, True, True)


def test_files_that_are_too_many_or_too_large_together_go_as_links() -> None:
    by_link = replace(PICTURES_ONLY, by_link=True)
    half = a_file("image/png", MEGABYTE // 2)

    assert goes_as_link(by_link, [half, half, half], links=True) == (False, False, True)
    assert goes_as_link(by_link, [a_file("image/png", MEGABYTE), half], links=True) == (False, True)


@pytest.mark.parametrize(
    ("media", "part", "code"),
    [
        (Media(), a_file("image/png", 1), "no_files_there"),
        (PICTURES_ONLY, a_file("audio/mpeg", 1), "file_type_not_carried"),
        (PICTURES_ONLY, a_file("image/png", MEGABYTE + 1), "file_too_large_there"),
    ],
)
def test_what_a_channel_carries_in_no_way_is_refused_before_it_is_sent(
    media: Media, part: Part, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        goes_as_link(media, [part], links=True)

    assert (refusal.value.code, refusal.value.status) == (code, 422)


def test_where_there_are_no_links_what_would_be_one_is_refused() -> None:
    with pytest.raises(Refused, match="no_files_there"):
        goes_as_link(traits().of("chat").media, [a_file("image/png", 1)], links=False)


def test_more_files_than_a_message_holds_are_refused() -> None:
    with pytest.raises(Refused, match="too_many_files"):
        goes_as_link(traits().of("chat").media, [a_file("image/png", 1)] * (MOST_FILES + 1), links=True)


@given(st.lists(st.integers(0, 2 * LONGEST_FILE), max_size=MOST_FILES))
def test_what_goes_as_files_is_never_more_than_the_channel_carries(sizes: list[int]) -> None:
    sms = traits().of("sms").media
    files = [a_file("image/png", size) for size in sizes]

    kept = [f for f, link in zip(files, goes_as_link(sms, files, links=True), strict=True) if not link]

    assert len(kept) <= sms.most and sum(f.size for f in kept) <= sms.total


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("photo.jpg", "photo.jpg"),
        ("사진 1.jpg", "사진 1.jpg"),
        (f"{CARD}.jpg", "**** **** **** ****.jpg"),
        ("900101-1234567.pdf", "******-*******.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\me\a.txt", "a.txt"),
        ("a\r\nSet-Cookie: b.png", "aSet-Cookie_ b.png"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ('a"b<c>.png', "a_b_c_.png"),
        ("..", ""),
        ("", ""),
    ],
)
def test_a_name_is_one_line_without_a_path_or_a_number_that_is_masked(told: str, kept: str) -> None:
    assert file_name(told) == kept


@given(st.text(max_size=200))
def test_a_name_is_short_and_the_same_when_it_comes_again(told: str) -> None:
    once = file_name(told)

    assert len(once) <= LONGEST
    assert file_name(once) == once


def test_a_long_name_keeps_its_ending() -> None:
    assert file_name("가" * 300 + ".jpeg").endswith("가.jpeg")
