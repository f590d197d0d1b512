"""Hangul as it is typed: syllables taken apart into the keys of a Korean keyboard.

Each syllable is (initial * 21 + vowel) * 28 + final above U+AC00 (Unicode, chapter 3.12). What two keys make
(ㅘ, ㄳ) is taken apart too: so whatever stands in a field while somebody types a name, half a syllable or a
final that will move to the next one, is a beginning of the name's keys.
"""

from unicodedata import normalize

FIRST, LAST = 0xAC00, 0xD7A3  # syllables
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
PAIRS = {
    **{"ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ"},
    **{"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ"},
    **{"ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"},
}
# Letters that stand alone come in two blocks of Unicode: those of keyboards, and those that NFD makes.
CONJOINED = {
    **{chr(0x1100 + n): letter for n, letter in enumerate(INITIALS)},
    **{chr(0x1161 + n): letter for n, letter in enumerate(VOWELS)},
    **{chr(0x11A8 + n): letter for n, letter in enumerate(FINALS)},
}
CONSONANTS = frozenset(INITIALS)
LONG_FAMILY_NAMES = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방")


def is_syllable(c: str) -> bool:
    return FIRST <= ord(c) <= LAST


def letters(c: str) -> tuple[str, ...]:
    """Initial, vowel and final (where there is one) of a syllable; any other character alone."""
    if not is_syllable(c):
        return (CONJOINED.get(c, c),)
    rest, final = divmod(ord(c) - FIRST, 28)
    initial, vowel = divmod(rest, 21)
    return INITIALS[initial], VOWELS[vowel], *(FINALS[final - 1] if final else "")


def strokes(text: str) -> str:
    """The keys that type a text: 민ㅅ → ㅁㅣㄴㅅ, 값 → ㄱㅏㅂㅅ. What is no Hangul stays as it is."""
    return "".join(PAIRS.get(one, one) for c in normalize("NFC", text) for one in letters(c))


def initials(text: str) -> str:
    """The initial consonant of each syllable: 김민수 → ㄱㅁㅅ."""
    return "".join(letters(c)[0] for c in normalize("NFC", text) if is_syllable(c))


def only_consonants(text: str) -> str:
    """The consonants of a text that has nothing else (ㄱㅁㅅ; of ㄳ, as keyboards make it, both), else ""."""
    told = strokes(text)
    return told if told and set(told) <= CONSONANTS else ""


def given_name(name: str) -> str:
    """A Korean name without the family's: 김민수 → 민수; "" for what is no such name."""
    if not (2 <= len(name) <= 5 and all(map(is_syllable, name))):
        return ""
    return name[2:] if name.startswith(LONG_FAMILY_NAMES) and len(name) > 2 else name[1:]
