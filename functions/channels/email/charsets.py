"""Bytes of a mail as text, whatever charset they say they are in. Nothing here raises.

What senders call a charset is often a narrower one than what they write: the wider one reads both.
"""

import codecs
import re

from shared.domain.text import clean

KOREAN = (
    "ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 ks-c-5601-1987 korean euc-kr euckr euc_kr "
    "iso-ir-149 windows-949 x-windows-949 ms949 uhc cp949"
)
WIDER = {
    **dict.fromkeys(KOREAN.split(), "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "cn-gb"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "ansi_x3.4-1968"), "cp1252"),
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
    "cp-850": "cp850",
    "tis-620": "cp874",
}
# Python has codecs that are no charsets (base64, punycode, unicode_escape): some are slow, none is for mail.
CHARSETS = ("utf", "iso", "cp", "koi8", "mac", "big5", "gb", "euc", "shift", "johab", "hz", "ascii", "ptcp")
SAMPLE = 4096  # bytes that are enough to guess by
TOO_LITTLE = 24  # bytes that are not
NEVER_GUESSED = ["utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "hz"]
CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_NAME = 40


def decode(data: bytes, declared: str = "") -> str:
    """The text, made safe to keep. Undeclared, or declared wrongly: UTF-8, Korean, a guess, Windows-1252."""
    return CONTROLS.sub("", clean(_decoded(data, _codec(declared))))


def _codec(declared: str) -> str:
    """Python's name of a declared charset; "" for one that is none."""
    name = declared.strip("\"' \t\r\n").lower()
    name = WIDER.get(name, name)
    try:
        known = codecs.lookup(name).name if 0 < len(name) <= LONGEST_NAME else ""
    except (LookupError, ValueError):
        return ""
    return known if known.startswith(CHARSETS) else ""


def _decoded(data: bytes, codec: str) -> str:
    if data.isascii() and (not codec or codec == "cp1252"):
        return _strictly(data, _escaped(data) or "ascii") or data.decode("ascii")
    named = _strictly(data, codec) if codec else None
    if named is not None:
        return named
    almost = data.decode("utf-8-sig", "replace")
    if 2 * almost[:SAMPLE].count("\ufffd") <= sum(not c.isascii() for c in almost[:SAMPLE]):
        return almost  # a few bytes are broken, or the last character was cut
    for guess in (_korean(data), _guessed(data), "cp1252"):
        text = _strictly(data, guess) if guess else None
        if text is not None:
            return text
    return data.decode(codec or "cp1252", "replace")


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except ValueError:
        return None


def _escaped(data: bytes) -> str:
    """Korean and Japanese mail of old is ASCII that switches its meaning by escapes."""
    if b"\x1b$)C" in data:
        return "iso2022_kr"
    return "iso2022_jp_2" if b"\x1b$" in data or b"\x1b(J" in data else ""


def _korean(data: bytes) -> str:
    """A short text is too little for a guess, and here it is most often Korean: half of it is syllables."""
    text = _strictly(data, "cp949") or ""
    foreign = [c for c in text[:SAMPLE] if not c.isascii()]
    syllables = sum("가" <= c <= "힣" for c in foreign)
    return "cp949" if 2 * syllables > len(foreign) else ""


def _guessed(data: bytes) -> str:
    if len(data) < TOO_LITTLE:
        return ""
    from charset_normalizer import from_bytes  # 77 ms of import, for mails that say nothing of themselves

    best = from_bytes(data[:SAMPLE], cp_exclusion=NEVER_GUESSED).best()
    return best.encoding if best else ""
