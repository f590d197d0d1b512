"""What people type where something is waited for: read as they meant it, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.address.address import Address
from shared.domain.address.phone import phone_address
from shared.domain.case.typed import agrees, asks_to_start, asks_to_stop, code_in, misses_score, score_in
from shared.domain.channel.arrival import Message, Wish
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.evidence import Consent
from shared.domain.customer.kept import Case
from shared.domain.text import fold
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Kind
from tests.support.rule_scene import NUMBER, RuleScene

STOPS = """STOP|stop.|"Stop"|ＳＴＯＰ|st\u200bop|STOP ALL|opt-out|OPTOUT|Revoke!|수신 거부|수신거부합니다
수신거부 해주세요|무료수신거부|수신 거부 요청|수신거부요|'수신거부'|수신을 거부합니다
거부|문자 그만 보내세요|문자 보내지 마세요
그만!|ARRÊT|Parar|СТОП|退订|配信停止|STOP 🛑|\u202aSTOP\u202c|수신\u3164거부"""


@pytest.mark.parametrize("text", STOPS.replace("\n", "|").split("|"))
def test_who_wants_no_more_may_say_it_in_their_own_way(text: str) -> None:
    assert asks_to_stop(text)
    assert not asks_to_start(text)


@pytest.mark.parametrize(
    "text",
    [
        "stop sending the red one",
        "수신거부 어떻게 해요?",
        "the end is near",
        "취소",
        "거부감이 들어요",
        "quitting?",
        "",
    ],
)
def test_a_sentence_with_such_a_word_is_a_message(text: str) -> None:
    assert not asks_to_stop(text)
    assert not asks_to_start(text)


@pytest.mark.parametrize(
    "text",
    ["START", "unstop.", "수신 동의", "수신동의합니다", "수신거부 해제", "수신거부 취소해주세요", "opt in"],
)
def test_who_wants_more_again_may_say_so_too(text: str) -> None:
    assert asks_to_start(text)
    assert not asks_to_stop(text)


def test_yes_opts_in_whoever_said_stop_and_is_a_message_otherwise() -> None:
    scene = RuleScene()
    scene.sms("Yes")
    assert scene.entries(Kind.OPTED_IN) == []

    scene.sms("수신 거부")
    scene.sms("YES!")

    (consent,) = scene.all(Consent)
    assert not consent.opted_out
    assert agrees("네")


def test_the_carriers_word_counts_whatever_the_customer_wrote() -> None:
    scene = RuleScene()

    scene.arrives("sms", Address("phone", NUMBER), Message(Content("enough now"), wish=Wish.OPT_OUT))

    (consent,) = scene.all(Consent)
    assert consent.opted_out
    assert scene.head().cases == ()


SCORES = {
    "5점": 5,
    "5!": 5,
    "５": 5,
    "①": 1,
    "⭐⭐⭐⭐⭐": 5,
    "만족합니다 5점": 5,
    "4 stars": 4,
    "★★★☆☆": 3,
    "⭐️⭐️": 2,
    "5️⃣": 5,
    "❹": 4,
    "٣": 3,
    "five": 5,
    "삼점": 3,
    "5점 만점에 4점": 4,
    "3/5": 3,
    "4 out of 5": 4,
    " 2 ": 2,
    "5점입니다": 5,
    "(3)": 3,
    "5 감사합니다": 5,
    "매우 만족 5": 5,
    "5.": 5,
    "별 5개": 5,
    "5\u200b": 5,
}


@pytest.mark.parametrize("text", SCORES)
def test_a_score_is_read_however_it_is_written(text: str) -> None:
    assert score_in(text) == SCORES[text]
    assert not misses_score(text)


@pytest.mark.parametrize(
    "text", ["0", "10", "4.5", "6", "-1", "100점", "4~5", "３．５", "6 stars", "⭐" * 6, "45"]
)
def test_a_number_outside_the_scale_misses_it(text: str) -> None:
    assert score_in(text) is None
    assert misses_score(text)


@pytest.mark.parametrize(
    "text", ["5 days late", "주문 3개 취소", "5점이 제일 좋은 건가요?", "123456", "이", "안녕", "", "👍"]
)
def test_what_is_no_score_is_none(text: str) -> None:
    assert score_in(text) is None
    assert not misses_score(text)


@pytest.mark.parametrize(
    "text",
    [
        "123456",
        "123 456",
        "코드 123456",
        "１２３４５６",
        "123-456",
        "인증번호는 123456 입니다.",
        "my code is 123456",
        "12 34 56",
        "\u2068123456\u2069",
        "[123456]",
        "١٢٣٤٥٦",
    ],
)
def test_a_code_is_read_however_it_is_pasted(text: str) -> None:
    assert code_in(text) == "123456"


@pytest.mark.parametrize("text", ["12345", "1234567", "주문 123456 언제 와요", "123456 and 7", ""])
def test_what_is_no_code_is_none(text: str) -> None:
    assert code_in(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "\u202a+82 10-1234-5678\u202c",
        "０１０－１２３４－５６７８",
        "010ㅡ1234ㅡ5678",
        "010·1234·5678",
        "tel:+82-10-1234-5678",
        "TEL:010-1234-5678",
        "0082 10 1234 5678",
        "0082-10-1234-5678",
        "010ー1234ー5678",
        "＋82 10 1234 5678",
        "010–1234–5678",
        "010\u200b12345678",
        "+82 (0)10-1234-5678",
    ],
)
def test_a_pasted_number_is_the_number(text: str) -> None:
    assert phone_address(text, "KR", "e") == Address("phone", NUMBER)


@pytest.mark.parametrize(
    "sender", ["whatsapp:+821012345678", "ｗhatsapp:+821012345678", "rcs:+821012345678", "rcs:brand_agent"]
)
def test_a_sender_of_another_service_is_never_a_phone_number(sender: str) -> None:
    assert not phone_address(sender, "KR", "e").reachable


def test_a_score_in_words_is_the_answer_of_the_survey() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.surveys(scene.closes())

    assert scene.sms("만족합니다 ５점!") is Outcome.HANDLED

    assert scene.get(Case, case.member, case.id).score == 5
    assert scene.head().cases == ()


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
