"""What a text is found by: marks, of which a text has each that any of its words has.

Letters that stand without blanks between words (Hangul, kana, Chinese): each two neighbours. Other words:
their beginnings. Numbers: the whole and its last digits. A mark only narrows the search: what is shown was
compared with the text.
"""

import hmac
import re
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from shared.domain.errors import Refused

BEGINNINGS = (3, 5, 8)  # letters; a word that is asked for is looked up by the longest that fits
LAST_DIGITS = 4
MOST_TERMS = 10
MOST_ASKED = 24  # marks of one question: more narrow it no further
LONGEST_QUERY = 200  # characters

DENSE = (
    "\u1100-\u11ff\u3040-\u30ff\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
)
PIECE = re.compile(rf"(?P<dense>[{DENSE}]+)|(?P<number>\d+)|(?P<word>(?:[^\W\d_{DENSE}]|[\u0300-\u036f])+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: what a text must contain, folded, and the marks that it must have."""

    terms: tuple[str, ...]
    marks: frozenset[str]

    def within(self, text: str) -> bool:
        """Whether a text contains every term."""
        compared = folded(text)
        return all(term in compared for term in self.terms)


def folded(text: str) -> str:
    """As texts are compared: NFC, no capitals. A part of a text folds to a part of the folded text."""
    return unicodedata.normalize("NFC", text).casefold()


def marks(text: str) -> frozenset[str]:
    """All the marks of a text."""
    return frozenset(mark for piece in PIECE.finditer(folded(text)) for mark in _of_text(piece))


def asked(query: str) -> Asked:
    """Refused `query_too_short` where nothing in it can be looked up, `query_too_long` (422)."""
    if len(query) > LONGEST_QUERY:
        raise Refused("query_too_long", status=422)
    terms = tuple(dict.fromkeys(filter(None, map(_bare, folded(query).split()))))[:MOST_TERMS]
    wanted = dict.fromkeys(m for term in terms for p in PIECE.finditer(term) for m in _of_query(p))
    if not wanted:
        raise Refused("query_too_short", status=422)
    return Asked(terms, frozenset(list(wanted)[:MOST_ASKED]))


def blind(key: bytes, names: Iterable[str]) -> tuple[str, ...]:
    """Marks as the index keeps them: nobody without the key reads a word out of them."""
    return tuple(sorted({_hidden(key, name) for name in names}))


@lru_cache(maxsize=100_000)  # the same words come again and again
def _hidden(key: bytes, name: str) -> str:
    """30 bits in 6 small letters and digits. Two marks that meet by chance cost one text read in vain."""
    return b32encode(hmac.digest(key, name.encode(), "sha256")[:5]).decode()[:6].lower()


def _bare(term: str) -> str:
    """Without the commas and brackets around it; what has no letter and no digit is nothing."""
    pieces = list(PIECE.finditer(term))
    return term[pieces[0].start() : pieces[-1].end()] if pieces else ""


def _of_text(piece: re.Match[str]) -> Iterator[str]:
    said = piece[0]
    match piece.lastgroup:
        case "dense":
            yield from _pairs(said)
        case "number":
            yield f"n:{said}"
            yield f"n:{said[-LAST_DIGITS:]}"
        case _:
            yield from (f"b:{said[:n]}" for n in BEGINNINGS if len(said) >= n)


def _of_query(piece: re.Match[str]) -> Iterator[str]:
    said = piece[0]
    match piece.lastgroup:
        case "dense":
            yield from _pairs(said)
        case "number":
            yield f"n:{said}"
        case _:
            fitting = [n for n in BEGINNINGS if len(said) >= n]
            yield from (f"b:{said[:n]}" for n in fitting[-1:])


def _pairs(said: str) -> Iterator[str]:
    return (f"g:{one}{other}" for one, other in pairwise(said))
