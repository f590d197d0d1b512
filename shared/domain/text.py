"""What people wrote, made safe to keep: NFC, line feeds, no NUL, no lone surrogates."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
LATIN = re.compile("[A-Za-z]")
LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?![A-Za-z])")
# Both are looked for in the text's shadow (see _shadow), where every gap is a hyphen.
CARD_LIKE = re.compile(r"[0-9](?:-{0,3}[0-9]){12,}")
RESIDENT_NUMBER = re.compile(
    r"(?<![0-9])[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-{0,3}[1-8][0-9]{6}(?![0-9])"
)
GAPS = frozenset("./_\u00b7\u2212")  # beside white space, dashes and what is invisible
SHORTEST_CARD, LONGEST_CARD = 13, 19


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
    if sum(map(str.isdecimal, text)) < SHORTEST_CARD:  # a resident number has as many
        return text
    shadow = _shadow(text)
    hidden = {i for found in RESIDENT_NUMBER.finditer(shadow) for i in range(*found.span())}
    for found in CARD_LIKE.finditer(shadow):
        hidden |= {found.start() + i for span in _cards(found[0]) for i in range(*span)}
    return "".join("*" if i in hidden and shadow[i] != "-" else c for i, c in enumerate(text))


def _shadow(text: str) -> str:
    """The same length: digits of any script (people type full-width ones) as ASCII, gaps as hyphens."""
    return "".join(map(_plain, text))


def _plain(c: str) -> str:
    if c in GAPS or c.isspace() or unicodedata.category(c) in ("Pd", "Cf"):
        return "-"
    digit = unicodedata.decimal(c, None)
    return c if digit is None else str(digit)


def _cards(run: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand in a run of digits: the whole of it, or some groups of four and more with
    other numbers before or behind (an expiry date, a code, a phone number).
    """
    groups = [found.span() for found in re.finditer("[0-9]+", run)]
    for first, (start, _) in enumerate(groups):
        for last in range(first, len(groups)):
            end = groups[last][1]
            digits = run[start:end].replace("-", "")
            if len(digits) > LONGEST_CARD:
                break
            whole = (start, end) == (0, len(run))
            if len(digits) >= SHORTEST_CARD and (whole or _grouped(groups[first:last])) and _luhn(digits):
                yield start, end


def _grouped(groups: Sequence[tuple[int, int]]) -> bool:
    return all(end - start >= 4 for start, end in groups)


def _luhn(digits: str) -> bool:
    """No card begins with a zero; phone numbers do."""
    doubled = [sum(divmod(2 * int(d), 10)) for d in digits[-2::-2]]
    return digits[0] != "0" and (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def language_tag(told: str) -> str:
    """`ko` of `ko-KR` or of `ko-KR,ko;q=0.9`; "" for what names no language."""
    found = LANGUAGE.match(told)
    return found[1].lower() if found else ""
