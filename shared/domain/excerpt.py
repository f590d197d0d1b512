"""The part of a text around the words that were asked for, and where in it they stand."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BEFORE, LONGEST = 30, 140  # characters
MORE = "…"
MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`places` are [from, to) in characters (code points) of the text, in order, apart from each other."""

    text: str
    places: tuple[tuple[int, int], ...] = ()


def excerpt(text: str, terms: Sequence[str]) -> Excerpt:
    """`terms` are folded. Line breaks become blanks, so that it stands on one line."""
    whole = unicodedata.normalize("NFC", text)
    places = _apart(sorted(_places(whole, terms)))
    start = max(0, places[0][0] - BEFORE) if places else 0
    if start + LONGEST > len(whole):
        start = max(0, min(start, len(whole) - LONGEST))
    end = min(len(whole), start + LONGEST)
    head, tail = MORE if start else "", MORE if end < len(whole) else ""
    shown = "".join(" " if c.isspace() else c for c in whole[start:end])
    shift = len(head) - start
    inside = [(a + shift, min(b, end) + shift) for a, b in places if a < end]
    return Excerpt(head + shown + tail, tuple(inside[:MOST_PLACES]))


def _places(whole: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """One character may fold to several: each folded one remembers whose it is."""
    said, whose = "", list[int]()
    for n, c in enumerate(whole):
        small = c.casefold()
        said += small
        whose += [n] * len(small)
    for term in terms:
        at = said.find(term)
        while at >= 0:
            yield whose[at], whose[at + len(term) - 1] + 1
            at = said.find(term, at + len(term))


def _apart(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that overlap or touch are one."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
