"""What people wrote, made safe to keep: NFC, line feeds, no NUL, no lone surrogates."""

import re
import unicodedata

HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
LATIN = re.compile("[A-Za-z]")
SURROGATES = re.compile("[\ud800-\udfff]")
LONGEST_RAW = 12_000  # characters; a page of 4,000 Hangul syllables has as many where each comes in three
MOST_MARKS = 30  # on one letter, as Unicode's Stream-Safe Text has it: NFC takes their number squared
SURPLUS = re.compile(rb"(?<=\x01{%d})\x01+" % MOST_MARKS)
TIBETAN = "\u0f73\u0f75\u0f81"  # begin with a mark once they are taken apart, and are none themselves
LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?![A-Za-z])")


def clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text if text.isascii() else unicodedata.normalize("NFC", _few_marks(SURROGATES.sub("", text)))


def _few_marks(text: str) -> str:
    """No language needs more marks on a letter than MOST_MARKS: those behind are left out."""
    marks = bytes(map(_is_mark, text))
    kept, start = "", 0
    for surplus in SURPLUS.finditer(marks):
        kept, start = kept + text[start : surplus.start()], surplus.end()
    return kept + text[start:] if start else text


def _is_mark(c: str) -> bool:
    return unicodedata.combining(c) > 0 or c in TIBETAN


def language_of(text: str) -> str:
    """`ko` with any Hangul in it, `en` with Latin letters only, else "" (an emoji tells nothing)."""
    if HANGUL.search(text):
        return "ko"
    return "en" if LATIN.search(text) else ""


def language_tag(told: str) -> str:
    """`ko` of `ko-KR` or of `ko-KR,ko;q=0.9`; "" for what names no language."""
    found = LANGUAGE.match(told)
    return found[1].lower() if found else ""
