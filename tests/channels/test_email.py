"""Mails as they come, case by case: what is read of each, and that none is lost over its form."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.channels.email import charsets, headers, markup
from functions.channels.email.invitation import Invitation
from functions.channels.email.mail import Mail, masked, read

SAMPLES = Path(__file__).parents[2] / "events/email"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.eml"))
GENERAL = "\ub620\ubc29\uac01\ud558"  # 똠방각하: cp949 has it, euc-kr has not


def raw(name: str) -> bytes:
    return (SAMPLES / f"{name}.eml").read_bytes()


def mail(name: str) -> Mail:
    return read(raw(name))


TEXTS = {
    "plain": "Hello,\n\nmy order 20260105 has not arrived.\n\nAna",
    "korean_utf8": "안녕하세요.\n주문한 상품이 아직 안 왔어요.",
    "korean_ks_c_5601": f"{GENERAL} 책을 샀는데 펲시와 같이 왔어요.",
    "korean_euc_kr": "배송지를 바꾸고 싶어요. 믜",
    "korean_undeclared": "환불 부탁드립니다.",
    "korean_iso_2022_kr": "안녕하세요",
    "japanese_iso_2022_jp": "注文はどこですか。",
    "undeclared_utf8": "Café für Zoë, bitte.",
    "latin1_is_windows": "It cost €50 – too much…",
    "charset_unknown": "Größe M, bitte",
    "charset_no_charset_codec": "plain words-abc",
    "charset_lies": "Größe M, bitte schön",
    "nul_and_surrogates": "NUL  here, í\xa0€ there",
    "quoted_printable_broken": "softbreak =ZZ and =E",
    "base64_broken": "Hello there",
    "bare_line_feeds": "One\nTwo",
    "format_flowed": "This is a long sentence that flows on.",
    "flowed_quote": "Yes, that one. It came today.",
    "flowed_korean": "안녕하세요, 언제오나요?",
    "content_type_garbage": "Still text.",
    "alternative": "Hello in text.",
    "alternative_empty_text": "Only the HTML says it.",
    "html_only": "First\nSecond\nline\nA 1",
    "html_hostile": "Hi[logo]clicksite",
    "apple_split_text": "Above the picture.\nBelow the picture.",
    "boundary_missing": "--b1\nContent-Type: text/plain\n\nNo boundary.\n--b1--",
    "boundary_never_closed": "It ends early.",
    "empty": "",
}

# What was said, and how what was repeated begins.
FOLDED = {
    "quote_gmail_ko": ("네, 감사합니다.", "2026년 1월 5일 (월) 오후 3:04, 고객센터"),
    "quote_gmail_en_wrapped": ("Yes, please.", "On Mon, 5 Jan 2026 at 15:04, The Help Desk"),
    "quote_naver": ("네 부탁드려요", "-----Original Message-----"),
    "quote_daum": ("알겠습니다", "--------- 원본 메일 ---------\n보낸사람 : "),
    "quote_outlook_ko": ("확인했습니다.", "보낸 사람: 고객센터"),
    "quote_outlook_en": ("Received, thanks.", "________________________________\nFrom: Help"),
    "quote_virus_footer_below": ("It came today.", "On 5 Jan 2026, at 15:04, Help"),
    "quote_answers_between": ("> Which size?\nM, please.\n> Which colour?\nBlue.", ""),
    "quote_answer_below": ("M, please.", "On 5 Jan 2026, Help"),
    "quote_alone": ("> Which size?\n> Which colour?", ""),
    "flowed_quote": ("Yes, that one. It came today.", "On 5 Jan 2026, Help"),
    "quote_html_gmail": ("Yes!", "> On Mon, 5 Jan 2026 at 15:04, Help"),
    "quote_html_outlook": ("Received.", "From: Help <help@shop.example.test>"),
}

SUBJECTS = {
    "korean_utf8": "주문이 아직 안 왔어요",
    "korean_ks_c_5601": f"{GENERAL} 문의",
    "korean_euc_kr": "배송",
    "korean_subject_8bit": "배송 조회",
    "japanese_iso_2022_jp": "注文",
    "words_split_in_a_character": "안녕해요 배송 문의",
    "words_broken": "café =?utf-8?Q?open",
    "subject_none": "",
    "no_blank_line": "Only a head",
}

SENDERS = {
    "plain": ("ana@example.test", "Ana Kim"),
    "korean_utf8": ("ana@example.test", "김아나"),
    "undeclared_utf8": ("zoe@example.test", "Zoë"),
    "from_missing": ("", ""),
    "from_unclosed": ("ana@example.test", "Ana Kim"),
    "from_two": ("ana@example.test", "Ana Kim"),
    "from_group": ("ana@example.test", ""),
    "from_spoofed_name": ("mallory@elsewhere.example.test", ""),
    "from_name_with_address_in_words": ("ana@example.test", ""),
    "from_korean_8bit": ("ana@example.test", "김아나"),
}

FILES = {
    "plain": [],
    "file_name_rfc2231_wrong_charset": ["Forex Wölbung.jpg"],
    "file_name_continued": ["영수%EC.pdf"],
    "file_name_encoded_word": ["견적서.pdf"],
    "file_name_8bit": ["계약서.pdf"],
    "file_name_path": ["run.exe"],
    "file_name_turned": ["photogpj.exe"],
    "file_without_name": ["file-1.pdf"],
    "file_names_twice": ["scan.pdf", "scan.pdf"],
    "text_file": ["log.txt"],
    "forwarded_as_file": ["The first mail.eml"],
    "apple_split_text": ["IMG_1.png"],
    "cid_without_brackets": ["file-1.png"],
    "winmail": ["winmail.dat"],
    "calendar": ["file-1.ics"],
    "bounce_report": ["file-1.txt"],
}

PROBLEMS = {
    "too_deep": ("too_deep", "empty"),
    "too_many_parts": ("too_many_parts",),
    "boundary_missing": ("broken_parts",),
    "empty": ("empty",),
    "no_blank_line": ("empty",),
    "bare_nothing": ("unreadable",),
    "bare_noise": ("unreadable",),
}

IDS = {
    "plain": "m1@mail.example.test",
    "message_id_brackets": "",
    "message_id_missing": "",
}

REFERENCES = {
    "plain": (),
    "references_messy": ("a@mail.example.test", "b@mail.example.test", "m1@mail.example.test"),
    "reference_without_brackets": ("m1@mail.example.test",),
}


def test_there_are_samples_enough() -> None:
    assert len(NAMES) >= 60


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_arrives_as_it_was_meant(name: str) -> None:
    assert mail(name).text == TEXTS[name]


@pytest.mark.parametrize("name", FOLDED)
def test_what_a_mail_program_repeats_is_told_from_what_was_said(name: str) -> None:
    said, begins = FOLDED[name]
    read = mail(name)

    assert read.text == said
    assert read.quoted.startswith(begins) and bool(read.quoted) == bool(begins)


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_subject_is_read_in_its_charset(name: str) -> None:
    assert mail(name).subject == SUBJECTS[name]


@pytest.mark.parametrize("name", SENDERS)
def test_the_sender_is_an_address_and_a_name_that_does_not_look_like_one(name: str) -> None:
    sender = mail(name).sender

    assert (sender.address, sender.name) == SENDERS[name]


@pytest.mark.parametrize("local", ["a" * 100, "한" * 60, "b\x00o\x07b"])
def test_what_no_server_can_have_is_no_address(local: str) -> None:
    head = f"From: {local}@{'a' * 200}.test\r\nCc: {local}@{'a' * 200}.test, bea@example.test\r\n\r\nHi"

    found = read(head.encode())

    assert found.senders == () and [one.address for one in found.cc] == ["bea@example.test"]


@pytest.mark.parametrize("told", ["image/" + "x" * 9000, "image/그림", "image/p\x07ng", "a b/c"])
def test_a_type_that_is_none_is_unknown(told: str) -> None:
    (file,) = read(f'Content-Type: {told}; name="a.bin"\r\n\r\nHi'.encode()).files

    assert (file.name, file.type) == ("a.bin", "application/octet-stream")


@pytest.mark.parametrize("name", FILES)
def test_files_have_the_names_their_senders_gave_them(name: str) -> None:
    assert [file.name for file in mail(name).files] == FILES[name]


@pytest.mark.parametrize("name", NAMES)
def test_only_what_cannot_be_read_is_called_a_problem(name: str) -> None:
    assert mail(name).problems == PROBLEMS.get(name, ())


@pytest.mark.parametrize("name", IDS)
def test_the_message_id_is_read_or_there_is_none(name: str) -> None:
    assert mail(name).message_id == IDS[name]


@pytest.mark.parametrize("name", REFERENCES)
def test_the_mails_it_answers_are_named_once_each(name: str) -> None:
    assert mail(name).references == REFERENCES[name]


def test_a_guess_is_asked_for_where_nothing_is_declared() -> None:
    assert mail("undeclared_cyrillic").text.startswith("Здравствуйте! Мой заказ")


def test_the_date_is_a_moment_or_none() -> None:
    assert mail("plain").written_at == datetime(2026, 1, 5, 6, 4, tzinfo=UTC)
    assert mail("date_absurd").written_at is None


def test_at_most_fifty_receivers_are_read() -> None:
    assert len(mail("to_sixty").to) == headers.MOST_ADDRESSES == 50


def test_of_a_header_that_stands_there_a_thousand_times_the_first_ones_are_read() -> None:
    many = b"".join(b"Cc: p%d@example.test\r\n" % n for n in range(1000))

    assert len(read(many + raw("plain")).cc) == headers.MOST_OF_A_NAME


@pytest.mark.parametrize(
    "made_to_cost",
    [
        b"Subject: Hi\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 3_000,
        b"Subject: Hi\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + b"a:b\n" * 200_000,
        b"Subject: Hi\n" + b"a:b\n" * 100_000,
    ],
    ids=["parts", "headers of a part", "headers"],
)
def test_a_mail_made_to_cost_memory_is_kept_raw_and_its_subject_read(made_to_cost: bytes) -> None:
    told = read(made_to_cost)

    assert not told.readable and told.text == "" and told.subject == "Hi"


def test_several_that_write_together_are_all_known() -> None:
    assert [one.address for one in mail("from_two").senders] == ["ana@example.test", "ben@example.test"]


def test_a_winmail_file_says_what_is_in_it_as_far_as_it_is_whole() -> None:
    assert mail("winmail").files[0].holds == ("report.docx", "견적서.xlsx")
    assert mail("winmail_broken").files[0].holds == ("a.doc",)


def test_a_calendar_says_what_when_and_where() -> None:
    starts, ends = "2026-01-07T01:00:00+00:00", "2026-01-07T02:00:00+00:00"

    assert mail("calendar").invitations == (Invitation("방문 설치", starts, ends, "서울 1층"),)
    assert mail("calendar_broken").invitations == () and mail("calendar_broken").files


def test_of_html_only_what_is_safe_is_shown() -> None:
    html = mail("html_hostile").html

    for word in ("script", "alert", "onclick", "iframe", "svg", "style", "javascript"):
        assert word not in html
    assert 'href="https://example.test/"' in html and "noopener" in html


def test_a_picture_that_lies_elsewhere_waits_for_a_click_and_one_that_came_along_is_shown() -> None:
    assert 'data-held="https://track.example.test/p.gif"' in mail("html_hostile").html
    assert " src=" not in mail("html_hostile").html
    assert '<img src="cid:pic1@example.test">' in mail("html_cid_picture").html
    assert mail("html_cid_picture").files[0].content_id == "pic1@example.test"
    assert mail("cid_without_brackets").files[0].content_id == "pic2"


@pytest.mark.parametrize(
    "source", ["//e.test/p", "HTTP://e.test/p", "data:image/png;base64,AA", "/p.gif", "ftp://e.test/p"]
)
def test_no_picture_is_asked_for_before_a_click(source: str) -> None:
    assert " src=" not in markup.page(f'<img src="{source}" srcset="{source}" background="{source}">').shown


@pytest.mark.parametrize("html", ["<div>" * 13_000 + "Hi", "&" * 41_000 + "Hi", "<p>Hi" + " " * 400_000])
def test_html_that_takes_a_parser_too_long_is_read_without_one_and_not_shown(html: str) -> None:
    page = markup.page(html)

    assert page.shown == "" and page.words.endswith("Hi")


def test_what_people_read_of_a_mail_is_masked() -> None:
    read = masked(mail("file_name_card"))

    assert read.subject == "Card **** **** **** ****"
    assert read.text == "My card is ****-****-****-****."
    assert read.files[0].name == "****************.pdf"


def test_html_is_held_back_where_tags_stand_between_the_digits_of_a_card() -> None:
    plain, hidden = "<p>4111 1111 1111 1111</p>", "<p>4111 <b>1111</b> 1111 <i>1111</i></p>"

    assert markup.masked(plain) == "<p>**** **** **** ****</p>"
    assert markup.masked(hidden) == ""
    assert masked(Mail(html=hidden)).problems == ("html_held_back",)
    assert markup.masked("<p>5 * 3</p>") == "<p>5 * 3</p>"


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_cut_anywhere_is_still_a_mail(name: str) -> None:
    whole = raw(name)

    for length in range(0, len(whole), max(1, len(whole) // 20)):
        assert isinstance(read(whole[:length]), Mail)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_bytes_come_there_is_a_mail(data: st.DataObject) -> None:
    whole = bytearray(raw(data.draw(st.sampled_from(NAMES))))
    for _ in range(data.draw(st.integers(0, 5))):
        place = data.draw(st.integers(0, len(whole)))
        whole[place : place + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))

    told = masked(read(bytes(whole)))

    assert isinstance(told, Mail)
    for text in (told.text, told.quoted, told.subject, told.html):
        assert "\x00" not in text
        text.encode()


@given(st.binary(max_size=300), st.text(max_size=45))
@settings(max_examples=200, deadline=None)
def test_any_bytes_in_any_charset_are_text(data: bytes, declared: str) -> None:
    charsets.decode(data, declared).encode()
