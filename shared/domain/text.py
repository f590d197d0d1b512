"""What people wrote, made safe to keep: NFC, line feeds, no NUL, no lone surrogates."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

SYLLABLE = re.compile("[\uac00-\ud7a3\u1100-\u11ff]")
LINK = re.compile(r"https?:|www\.|[^@]+@.|[\w.-]+\.(?:com|net|org|kr|io|co|app|me|ly)\b", re.IGNORECASE)
EVIDENCE = 1000  # characters; nobody changes the language behind them
TOKEN = re.compile(r"\w+")
WORDS_ANYWHERE = "ok okay yes no bye stop start lol wow sms id url pc usb app kg cm vip"
ANYWHERE = frozenset(WORDS_ANYWHERE.split())
LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?![A-Za-z])")
# Both are looked for in the text's shadow (see _shadow), where every gap is a hyphen.
CARD_LIKE = re.compile(r"[0-9](?:-{0,3}[0-9]){12,}")
RESIDENT_NUMBER = re.compile(
    r"(?<![0-9])[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-{0,3}[1-8][0-9]{6}(?![0-9])"
)
GAPS = frozenset("./_\u00b7\u2212")  # beside white space, dashes and what is invisible
SHORTEST_CARD, LONGEST_CARD = 13, 19
# Not shown, though their category does not say so: joiners, Hangul fillers, variation selectors.
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | set(map(chr, range(0xFE00, 0xFE10)))
BLANKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
DASHES = str.maketrans(
    dict.fromkeys("\u3161\u30fc\u318d\u00b7\u30fb\uff65\u2022\u2212\uff70~\uff5e\u301c", "-")
)
SCHEME = re.compile(r"\s*tel\s*:\s*(?://)?", re.IGNORECASE)


def clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return unicodedata.normalize("NFC", "".join(c for c in text if not "\ud800" <= c <= "\udfff"))


def fold(text: str) -> str:
    """What is compared where a word is waited for: compatible forms made one (NFKC), small letters, digits of
    any script, nothing invisible, one blank between words, no punctuation or symbol around them.
    """
    plain = unicodedata.normalize("NFKC", _seen(text)).casefold()
    words = " ".join("".join(map(_digit, plain)).split())
    inner = [i for i, c in enumerate(words) if unicodedata.category(c)[0] not in "PSZ"]
    return words[inner[0] : inner[-1] + 1] if inner else ""


def typed_number(text: str) -> str:
    """A phone number as people paste it: without marks of direction, in plain digits and dashes."""
    plain = unicodedata.normalize("NFKC", _seen(text).translate(DASHES)).strip()
    return SCHEME.sub("", "".join(map(_digit, plain)), count=1)


def _seen(text: str) -> str:
    return "".join(c for c in text if c in BLANKS or not _unseen(c))


def _unseen(c: str) -> bool:
    return c in UNSEEN or unicodedata.category(c) in ("Cf", "Cc", "Cs", "Me")


def _digit(c: str) -> str:
    value = None if c.isascii() else unicodedata.digit(c, None)
    return c if value is None else str(value)


def language_of(text: str) -> str:
    """`ko` with any Hangul syllable in it, `en` with Latin words only, else "": an emoji tells nothing, nor
    does laughter (ㅋㅋ), a link, a model's number, a word that fits any language.
    """
    said = _without_links(text)
    if SYLLABLE.search(said):
        return "ko"
    return "en" if _latin_words(said) else ""


def mostly_hangul(text: str) -> bool:
    """Whether there are as many words in Hangul as in Latin letters, or more."""
    said = _without_links(text)
    hangul = sum(1 for word in said.split() if SYLLABLE.search(word))
    return hangul > 0 and hangul >= len(_latin_words(said))


def _without_links(text: str) -> str:
    return " ".join(word for word in text[:EVIDENCE].split() if not LINK.match(word))


def _latin_words(text: str) -> list[str]:
    plain = " ".join(word for word in text.split() if not any(map(str.isdigit, word)))
    words = (word for word in TOKEN.findall(plain) if word.isascii() and word.isalpha() and len(word) > 1)
    return [word for word in words if word.lower() not in ANYWHERE]


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
