"""How many SMS segments a carrier bills for a text: alphabet by 3GPP TS 23.038, header by TS 23.040.

The desk counts by the same rule in desk/segments.js; tests/support/segment_cases.py holds both to one table.
"""

from collections.abc import Sequence

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape and a letter: two places
SEPTETS = (160, 153)  # places of a single segment, and of one of several, which carries a header
UTF16 = (70, 67)


def segments(text: str) -> int:
    """0 for no text. A character of two places is never split over two segments."""
    sizes, (single, joined) = _sizes(text)
    if sum(sizes) <= single:
        return int(bool(sizes))
    return _filled(sizes, joined)


def _sizes(text: str) -> tuple[Sequence[int], tuple[int, int]]:
    """One character outside of the carriers' own alphabet puts the whole text into UTF-16."""
    if BASIC.union(EXTENDED).issuperset(text):
        return [1 + (c in EXTENDED) for c in text], SEPTETS
    return [1 + (c > "\uffff") for c in text], UTF16


def _filled(sizes: Sequence[int], room: int) -> int:
    count, used = 1, 0
    for size in sizes:
        if used + size > room:
            count, used = count + 1, 0
        used += size
    return count
