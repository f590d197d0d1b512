"""What people say when all is said: thanks, a hand, and what a telephone writes when a message was tapped."""

import re

from shared.domain.text import fold

LONGEST = 80  # of thanks; what was tapped may be quoted whole
THANKS = re.compile(
    r"감사(?:합니다|해요|했습니다|드립니다|드려요)?|고맙(?:습니다|네요)|고마워요?|수고(?:하세요|하셨습니다|많으셨습니다)|땡큐|"
    r"thank\s?(?:you|u)|thanks|thx|\bty\b|cheers|merci|gracias|danke|ありがとう(?:ございます|ございました)?|谢谢|謝謝"
)
WITH_THEM = re.compile(
    r"\b(?:ok|okay|great|perfect|got it|very much|so much|a lot|again|many|bye|you too|for your help)\b|"
    r"네|넵|예|많이|정말|너무|진짜|"
    r"알겠습니다|확인했습니다|좋은 하루 (?:되세요|보내세요)|안녕히 계세요|[ㅎㅋ]+|ㅠ+"
)
HANDS = frozenset("👍🙏❤🧡💛💚💙💜🖤🤍♥😊😀😃😄😁🙂☺👌🎉💯👏😍🥰🤗✅🙇🙆")
TONES = frozenset(map(chr, (0xFE0F, 0x200D, *range(0x1F3FB, 0x1F400), 0x2640, 0x2642)))
TAPPED = re.compile(
    r"\s*(?:(?:liked|loved|laughed at|emphasi[sz]ed|disliked|removed an? \w+ from) (?:[“\"「]|an? )|"
    r"\S{1,12} to [“\"]|reacted \S{1,12} to [“\"])",
    re.IGNORECASE,
)
TAPPED_BEHIND = re.compile(
    r"[”\"’'」]\s?(?:에|을|를|을\(를\)|를\(을\))?\s?"
    r"(?:좋아함|사랑함|좋아요|강조|웃음|하트)(?:를? ?표시(?:함|했습니다))?$"
)


def only_thanks(text: str) -> bool:
    """Whether this needs no answer from anybody."""
    return _tapped(text) or (len(text) <= LONGEST and (_hand(text) or _thanks(text)))


def _tapped(text: str) -> bool:
    plain = text.replace("\u200b", "").replace("\u200a", "")
    return bool(TAPPED.match(plain) or TAPPED_BEHIND.search(plain[-40:]))


def _hand(text: str) -> bool:
    seen = [c for c in text if not c.isspace() and c not in TONES]
    return bool(seen) and all(c in HANDS for c in seen)


def _thanks(text: str) -> bool:
    if "?" in text or "？" in text:
        return False
    said = fold(text)
    rest = THANKS.sub(" ", said)
    return rest != said and not any(c.isalnum() for c in WITH_THEM.sub(" ", rest))
