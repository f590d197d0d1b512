"""What people wrote, made safe to keep: NFC, line feeds, no NUL, no lone surrogates."""

import re
import unicodedata

HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
LATIN = re.compile("[A-Za-z]")
CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
RESIDENT_NUMBER = re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[- ]?[1-8]\d{6}(?!\d)")


def clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return unicodedata.normalize("NFC", "".join(c for c in text if not "\ud800" <= c <= "\udfff"))


def language_of(text: str) -> str:
    """`ko` with any Hangul in it, `en` with Latin letters only, else "" (an emoji tells nothing)."""
    if HANGUL.search(text):
        return "ko"
    return "en" if LATIN.search(text) else ""


def mask(text: str) -> str:
    """Digits of card numbers (13-19, Luhn) and Korean resident numbers become `*`, the form stays."""
    text = RESIDENT_NUMBER.sub(_stars, text)
    return CARD.sub(lambda found: _stars(found) if _luhn(found[0]) else found[0], text)


def _stars(found: re.Match[str]) -> str:
    return re.sub(r"\d", "*", found[0])


def _luhn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
