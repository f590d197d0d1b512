"""Card and resident numbers in what people write become `*`, whatever they type between the groups.

The rule is a number's own: Luhn for a card, the date of birth for a resident number. So an order number
stays unless it happens to be a valid card. Every step looks at a character a fixed number of times.
"""

import re
from collections.abc import Iterator, Sequence

# Letters that are typed for a dash or a dot where the keyboard offers them first.
GAP = r"[\W_\u3161\u30fc\uff70\u4e00\u318d\u119e]"
# Possessive: a run that is too short is not tried again in every shorter way.
RUN = re.compile(rf"\d(?:{GAP}*+\d){{12,}}+")
SHORTEST, LONGEST = 13, 19  # digits of a card; a resident number has 13
BIRTH = 6  # digits before the second half of a resident number
GROUP = 4
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DOUBLED = bytes(sum(divmod(2 * digit, 10)) for digit in range(10)) + bytes(246)
# No card begins so; phone numbers do, and order numbers that begin with the year.
NEVER_A_CARD = (b"\x00", b"\x01\x09", b"\x02\x00")


def mask(text: str) -> str:
    """Digits of card numbers (13-19, Luhn) and Korean resident numbers become `*`, the form stays."""
    hidden = [place for run in RUN.finditer(text) for place in _hidden(run[0], run.start())]
    if not hidden:
        return text
    kept = list(text)
    for place in hidden:
        kept[place] = "*"
    return "".join(kept)


def _hidden(run: str, offset: int) -> Iterator[int]:
    places = [place for place, c in enumerate(run) if c.isdecimal()]
    digits = bytes([int(run[place]) for place in places])  # int() reads the digits of any script
    for start, end in _numbers(digits, _edges(run, places)):
        for place in places[start:end]:
            yield offset + place


def _edges(run: str, places: Sequence[int]) -> list[int]:
    """Where groups of digits begin, counted in digits, and the end of the last one. Digits one by one
    (`4 1 1 1`) are one group as long as what stands between them stays the same.
    """
    found = [i for i in range(1, len(places)) if places[i] != places[i - 1] + 1]
    edges = [0, *found, len(places)]
    gaps = ["", *(run[places[i - 1] + 1 : places[i]] for i in found), ""]
    kept = [
        edges[i]
        for i in range(1, len(edges) - 1)
        if edges[i + 1] - edges[i - 1] != 2 or gaps[i] not in (gaps[i - 1], gaps[i + 1])
    ]
    return [0, *kept, len(places)]


def _numbers(digits: bytes, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    known = set(edges)
    if len(digits) <= LONGEST and _card(digits):
        yield 0, len(digits)
    for i, start in enumerate(edges[:-1]):
        end = start + SHORTEST
        halves = start + BIRTH in known or edges[i + 1] == end
        if end in known and halves and _resident(digits[start:end]):
            yield start, end
        yield from _cards_from(digits, edges, i)


def _cards_from(digits: bytes, edges: Sequence[int], first: int) -> Iterator[tuple[int, int]]:
    """Groups of four and more, the last one of any length, with other numbers before or behind (an expiry
    date, a code, a phone number).
    """
    start = edges[first]
    for before, end in zip(edges[first:], edges[first + 1 :], strict=False):
        if end - start > LONGEST:
            return
        if _card(digits[start:end]):
            yield start, end
        if end - before < GROUP:
            return


def _card(digits: bytes) -> bool:
    if len(digits) < SHORTEST or digits.startswith(NEVER_A_CARD):
        return False
    return (sum(digits[-1::-2]) + sum(digits[-2::-2].translate(DOUBLED))) % 10 == 0


def _resident(digits: bytes) -> bool:
    month, day = 10 * digits[2] + digits[3], 10 * digits[4] + digits[5]
    return 1 <= month <= 12 and 1 <= day <= DAYS[month - 1] and 1 <= digits[BIRTH] <= 8
