"""What the house says on the telephone, in Korean and English. Placeholders in braces."""

from collections.abc import Sequence

from shared.domain.hangul import is_syllable, letters

WORDS = {
    "lost": {
        "ko": "죄송합니다. 안내가 끊겼습니다. 처음부터 다시 안내해 드리겠습니다.",
        "en": "Sorry, we lost our place. Let us start again.",
    },
    "lost_for_good": {
        "ko": "죄송합니다. 통화를 이어 갈 수 없습니다. 다시 전화해 주세요.",
        "en": "Sorry, this call cannot go on. Please call us again.",
    },
    "away": {
        "ko": "죄송합니다. 지금은 연결해 드릴 수 없습니다.",
        "en": "Sorry, we cannot put you through right now.",
    },
    "leave_word": {
        "ko": "신호음이 울리면 메시지를 남겨 주세요. 말씀을 마치면 우물 정자를 눌러 주세요.",
        "en": "Please leave your message after the tone, and press the hash key when you are done.",
    },
    "word_kept": {
        "ko": "메시지를 남겨 주셔서 감사합니다. 확인하고 연락드리겠습니다. 안녕히 계세요.",
        "en": "Thank you for your message. We will get back to you. Goodbye.",
    },
    "no_word": {
        "ko": "메시지가 들리지 않았습니다. 다시 전화해 주세요. 안녕히 계세요.",
        "en": "We heard no message. Please call us again. Goodbye.",
    },
    "goodbye": {
        "ko": "이용해 주셔서 감사합니다. 안녕히 계세요.",
        "en": "Thank you for calling. Goodbye.",
    },
    "waits": {"ko": "잠시만 기다려 주세요.", "en": "Please hold the line."},
    "closed": {"ko": "지금은 상담 시간이 아닙니다.", "en": "We are closed right now."},
    "call_me": {
        "ko": "기다리지 않고 전화를 받으시려면 1번을 눌러 주세요.",
        "en": "To be called back instead, press 1.",
    },
    "take_word": {"ko": "메시지를 남기시려면 2번을 눌러 주세요.", "en": "To leave a message, press 2."},
    "score": {
        "ko": "상담은 어떠셨나요? 1점부터 5점까지 눌러 주세요. 5점이 가장 좋습니다.",
        "en": "How did we do? Please press a number from 1 for poor to 5 for great.",
    },
    "score_hint": {
        "ko": "1에서 5 사이의 숫자 하나를 눌러 주세요.",
        "en": "Please press one number from 1 to 5.",
    },
    "scored": {"ko": "답해 주셔서 감사합니다. 안녕히 계세요.", "en": "Thank you for your answer. Goodbye."},
}


def tell(word: str, language: str) -> str:
    sentences = WORDS[word]
    return sentences.get(language, sentences["en"])


def keys(labels: Sequence[str], language: str) -> str:
    """Which key stands for which choice: "For delivery, press 1. For …" """
    return " ".join(key(label, number, language) for number, label in enumerate(labels, 1))


def key(label: str, number: int, language: str) -> str:
    if language != "ko":
        return f"For {label}, press {number}."
    return f"{label}{_topic(label)} {number}번."


def _topic(label: str) -> str:
    """The particle that follows a Korean word: 은 behind a final consonant, 는 behind a vowel."""
    last = label[-1:]
    if not last or not is_syllable(last):
        return ","
    return "은" if len(letters(last)) == 3 else "는"
