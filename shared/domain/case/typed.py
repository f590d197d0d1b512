"""What people type where a word, a score or a code is waited for, read as they meant it."""

import re

from shared.domain.text import fold

LONGEST = 80  # characters; a longer text is nobody's one word

# What carriers take for STOP, then what people write for it in the languages the centres meet. They are
# compared folded and without blanks and hyphens, as a whole: "stop sending the red one" is a message.
STOP_WORDS = (
    "stop stopall unsubscribe cancel end quit revoke optout optmeout stopplease pleasestop removeme "
    "stopmessages stoptexting stoptextingme stopmessaging unsubscribeme donottext donottextme "
    "그만 그만해 그만해요 그만하세요 그만해주세요 스팸차단 "
    "停止 配信停止 ストップ 退订 退訂 取消订阅 取消訂閱 拒收 td "
    "parar pare sair baja cancelar detener arret arrêt stopp abmelden abbestellen annulla "
    "стоп отписаться отписка berhenti huy hủy ยกเลิก إلغاء توقف"
)
START_WORDS = (
    "start unstop optin subscribe resubscribe 수신동의 수신재개 수신허용 配信再開 再開 订阅 訂閱 "
    "iniciar empezar comenzar alta старт"
)
YES_WORDS = "yes y yesplease 네 예 넵 はい 是 sí si sim oui ja да"
STOP, START, YES = (frozenset(words.split()) for words in (STOP_WORDS, START_WORDS, YES_WORDS))

REFUSED = r"(?:무료|광고|문자|sms)?(?:수신|문자|광고|메시지)?(?:을|를)?거부"
UNWANTED = r"(?:이제)?(?:문자|광고|메시지|연락)(?:를|을|는)?(?:그만|보내지마|하지마)"
AGREED = r"(?:광고|문자)?수신(?:을|를|에)?(?:동의|재개|허용)"
ASKED = (
    r"(?:처리|신청|요청|희망|의사)?(?:를|을)?(?:부탁)?(?:원)?"
    r"(?:요|함|합니다|해요|할게요|할께요|하겠습니다|하고싶어요|하고싶습니다|입니다|이요|"
    r"해줘|해줘요|해주세요|해주십시오|해주시기바랍니다|바랍니다|드립니다|드려요|세요|시오|보내세요|보내주세요)?"
)
KOREAN_STOP = re.compile(f"(?:{REFUSED}|{UNWANTED}){ASKED}")
TAKEN_BACK = r"(?:을|를)?(?:해제|취소|철회|해지)"
KOREAN_START = re.compile(f"(?:{REFUSED}{TAKEN_BACK}|{AGREED}){ASKED}")
GAPS = re.compile(r"[\s\-\u2010-\u2015]+")

FULL_STARS, EMPTY_STARS = "⭐★🌟✭✮", "☆✩"
UNIT = r"(?:점|개|stars?|points?|点|分)"
COURTESY = re.compile(
    r"감사(?:합니다|해요|드립니다)?|고맙습니다|고마워요?|(?:매우|아주|정말|대체로|대단히)\s?|"
    r"(?:불?만족)(?:합니다|해요|했습니다|했어요|스러웠어요)?|최고(?:예요|에요|입니다)?|좋(?:아요|았어요|습니다|았습니다)|"
    r"평점|점수|별점?|별|드립니다|드려요|드릴게요|줄게요|줍니다|"
    r"thank you|thanks|very good|very|good|great|excellent|satisfied|score|rating|"
    r"i give|i(?:'|\u2019)?d give|my answer is|it is|it(?:'|\u2019)s"
)
OF_FIVE = re.compile(r"(?:5\s?점\s?)(?:만점)\s?(?:에|중에?|으로)?|(?:out\s?)?of\s?5|/\s?5(?!\d)|5\s?중에?")
ONE_SCORE = re.compile(rf"([1-5])\s?{UNIT}?(?:입니다|이에요|이요|요|으로)?")
NUMBER_WORDS = {
    **dict(zip(["one", "two", "three", "four", "five"], "12345", strict=True)),
    **dict(zip(["일", "이", "삼", "사", "오"], "12345", strict=True)),
    **dict(zip(["一", "二", "三", "四", "五"], "12345", strict=True)),
}
SPOKEN = re.compile(rf"({'|'.join(NUMBER_WORDS)})\s?({UNIT})?")
NUMERIC = re.compile(rf"\d{{1,3}}(?:[.,/~\-]\s?\d{{1,2}})?\s?(?:{UNIT}|%)?(?:입니다|이요|요)?")
# Folding would take these signs away, and with them another number would be read.
ALTERED = re.compile(r"[-\u2212\uff0d+\uff0b]\d|\d\s*[%％$€₩°]|[$€₩#№]\s*\d")

QUESTION = ("?", "？")

CODE_WORDS = re.compile(
    r"인증|확인|코드|번호|제|는|은|입니다|이에요|예요|이요|요|"
    r"\b(?:code|my|the|your|is|it|its|here|pin|otp|verification|number)\b|'s"
)


def asks_to_stop(text: str) -> bool:
    word = _word(text)
    return word in STOP or bool(KOREAN_STOP.fullmatch(word))


def asks_to_start(text: str) -> bool:
    word = _word(text)
    return word in START or bool(KOREAN_START.fullmatch(word))


def agrees(text: str) -> bool:
    """Yes, and nothing else: it opts in whoever opted out, and means nothing otherwise."""
    return _word(text) in YES


def score_in(text: str) -> int | None:
    """The score from 1 to 5 that this is meant as; None for anything else."""
    if len(text) > LONGEST:
        return None
    folded = _short(text)
    stars = _stars(text)
    if stars is not None:
        return stars if 1 <= stars <= 5 else None
    if ALTERED.search(text) or text.rstrip().endswith(QUESTION):
        return None
    found = ONE_SCORE.fullmatch(_bare(folded))
    spoken = SPOKEN.fullmatch(_bare(folded))
    if spoken and (spoken[2] or spoken[1].isascii()):
        return int(NUMBER_WORDS[spoken[1]])
    return int(found[1]) if found else None


def misses_score(text: str) -> bool:
    """A number, or stars, where a score was meant, but none from 1 to 5."""
    if len(text) > LONGEST or score_in(text) is not None or text.rstrip().endswith(QUESTION):
        return False
    return _stars(text) is not None or bool(NUMERIC.fullmatch(_bare(_short(text))))


def code_in(text: str) -> str:
    """The six digits of a code, also in groups or behind the word for it; "" for anything else."""
    rest = CODE_WORDS.sub("", _short(text))
    digits = re.sub(r"[\s\-:.,()\[\]<>\"'\u2010-\u2015]", "", rest)
    return digits if re.fullmatch("[0-9]{6}", digits) else ""


def _short(text: str) -> str:
    return fold(text) if len(text) <= LONGEST else ""


def _word(text: str) -> str:
    return GAPS.sub("", _short(text))


def _bare(folded: str) -> str:
    """Without what is polite, and without the scale itself."""
    return OF_FIVE.sub("", COURTESY.sub("", folded)).strip(" .,!~:;()/")


def _stars(text: str) -> int | None:
    """How many full stars, where there is nothing but stars."""
    if len(text) > LONGEST:
        return None
    seen = [c for c in text if not (c.isspace() or c == "\ufe0f")]
    full = sum(c in FULL_STARS for c in seen)
    return full if full and all(c in FULL_STARS + EMPTY_STARS for c in seen) else None
