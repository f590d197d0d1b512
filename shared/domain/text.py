"""What people wrote, made safe to keep: NFC, line feeds, no NUL, no lone surrogates."""

import re
import unicodedata

SURROGATES = re.compile("[\ud800-\udfff]")
LONGEST_RAW = 12_000  # characters; a page of 4,000 Hangul syllables has as many where each comes in three
MOST_MARKS = 30  # on one letter, as Unicode's Stream-Safe Text has it: NFC takes their number squared
SURPLUS = re.compile(rb"(?<=\x01{%d})\x01+" % MOST_MARKS)
TIBETAN = "\u0f73\u0f75\u0f81"  # begin with a mark once they are taken apart, and are none themselves
SYLLABLE = re.compile("[\uac00-\ud7a3\u1100-\u11ff]")
LINK = re.compile(r"https?:|www\.|[^@]+@.|[\w.-]+\.(?:com|net|org|kr|io|co|app|me|ly)\b", re.IGNORECASE)
EVIDENCE = 1000  # characters; nobody changes the language behind them
TOKEN = re.compile(r"\w+")
WORDS_ANYWHERE = "ok okay yes no bye stop start lol wow sms id url pc usb app kg cm vip"
ANYWHERE = frozenset(WORDS_ANYWHERE.split())
LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?![A-Za-z])")
# Not shown, though their category does not say so: joiners, Hangul fillers, variation selectors.
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | set(map(chr, range(0xFE00, 0xFE10)))
BLANKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
DASHES = str.maketrans(
    dict.fromkeys("\u3161\u30fc\u318d\u00b7\u30fb\uff65\u2022\u2212\uff70~\uff5e\u301c", "-")
)
SCHEME = re.compile(r"\s*tel\s*:\s*(?://)?", re.IGNORECASE)


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


def language_tag(told: str) -> str:
    """`ko` of `ko-KR` or of `ko-KR,ko;q=0.9`; "" for what names no language."""
    found = LANGUAGE.match(told)
    return found[1].lower() if found else ""
