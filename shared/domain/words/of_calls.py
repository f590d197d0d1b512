"""What is said while people are put together on the telephone, in Korean and English: to the customer, and to
the agent who picks up before they talk. Placeholders in braces.
"""

WORDS = {
    "recorded": {
        "ko": "이 통화는 상담 품질 향상을 위해 녹음됩니다.",
        "en": "This call is recorded, so that we can serve you better.",
    },
    "held": {
        "ko": "잠시만 기다려 주세요. 곧 다시 연결해 드리겠습니다.",
        "en": "Please hold the line. We will be back with you in a moment.",
    },
    "customer": {"ko": "고객", "en": "A customer"},
    "number_ending": {"ko": "끝자리 {digits} 고객", "en": "Number ending in {digits}"},
    "named": {"ko": "{name} 고객", "en": "{name}"},
    "nth_call": {"ko": "오늘 {n}번째 전화", "en": "{n} call today"},
    "about": {"ko": "{subject} 문의", "en": "about {subject}"},
    "waited_minutes": {"ko": "{n}분 기다림", "en": "waiting {n} minutes"},
    "waited_minute": {"ko": "1분 기다림", "en": "waiting 1 minute"},
}
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def tell(word: str, language: str, **values: object) -> str:
    sentences = WORDS[word]
    return sentences.get(language, sentences["en"]).format(**values)


def whisper(
    name: str,
    digits: str,
    calls: int,
    subject: str,
    minutes: int,
    language: str,
) -> str:
    """Who calls, how often lately, about what, and how long they waited: what is known of it.

    "Kim, third call today about order 1234, waiting 4 minutes."
    """
    who = _who(name, digits, language)
    often = _often(calls, language)
    about = tell("about", language, subject=subject) if subject else ""
    waited = _waited(minutes, language)
    middle = " ".join(part for part in (often, about) if part)
    return ", ".join(part for part in (who, middle, waited) if part) + "."


def _who(name: str, digits: str, language: str) -> str:
    if name:
        return tell("named", language, name=name)
    spoken = " ".join(digits)  # so that it is read digit by digit
    return tell("number_ending", language, digits=spoken) if spoken else tell("customer", language)


def _often(calls: int, language: str) -> str:
    """The first call is not worth a word; of more than five nobody counts."""
    if not 1 < calls <= max(ORDINALS):
        return ""
    return tell("nth_call", language, n=calls if language == "ko" else ORDINALS[calls])


def _waited(minutes: int, language: str) -> str:
    if minutes < 1:
        return ""
    return tell("waited_minute" if minutes == 1 else "waited_minutes", language, n=minutes)
