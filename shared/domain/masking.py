"""Card and resident numbers in what people write become `*`, whatever they type between the groups.

The rule is a number's own: Luhn for a card, the date of birth for a resident number. So an order number
stays unless it happens to be a valid card. Every step looks at a character a fixed number of times.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

# Letters that are typed for a dash or a dot where the keyboard offers them first.
GAP = r"[\W_\u3161\u30fc\uff70\u4e00\u318d\u119e]"
# Possessive: a run that is too short is not tried again in every shorter way.
RUN = re.compile(rf"\d(?:{GAP}*+\d){{12,}}+")
SHORTEST, LONGEST = 13, 19  # digits of a card; a resident number has 13
BIRTH = 6  # digits before the second half of a resident number
GROUP, MOST_GROUPS = 4, 5  # digits of a card's groups, the last one excepted; so many fit into LONGEST
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DOUBLED = bytes(sum(divmod(2 * digit, 10)) for digit in range(10)) + bytes(246)
Sums = tuple[Sequence[int], Sequence[int]]
# No card begins so; phone numbers do, and order numbers that begin with the year.
NEVER_A_CARD = (b"\x00", b"\x01\x09", b"\x02\x00")


def mask(text: str) -> str:
    """Digits of card numbers (13-19, Luhn) and Korean resident numbers become `*`, the form stays."""
    return RUN.sub(lambda run: _masked(run[0]), text)


def _masked(run: str) -> str:
    places = [place for place, c in enumerate(run) if c.isdecimal()]
    digits = bytes(map(int, [run[place] for place in places]))  # int() reads the digits of any script
    kept, done = list(run), 0
    for start, end in _numbers(digits, _edges(run, places)):  # each begins where the last one did, or later
        for place in places[max(start, done) : end]:
            kept[place] = "*"
        done = max(done, end)
    return "".join(kept) if done else run


def _edges(run: str, places: Sequence[int]) -> list[int]:
    """Where groups of digits begin, counted in digits, and the end of the last one. Digits one by one
    (`4 1 1 1`) are one group as long as what stands between them stays the same.
    """
    found = [i for i, (one, other) in enumerate(pairwise(places), 1) if other - one != 1]
    edges = [0, *found, len(places)]
    gaps = ["", *[run[places[i - 1] + 1 : places[i]] for i in found], ""]
    kept = [
        edge
        for edge, before, behind, gap, last, following in zip(
            found, edges, edges[2:], gaps[1:], gaps, gaps[2:], strict=False
        )
        if behind - before != 2 or gap not in (last, following)
    ]
    return [0, *kept, len(places)]


def _numbers(digits: bytes, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    known, sums = set(edges), _checksums(digits)
    if SHORTEST <= len(digits) <= LONGEST and _card(digits, sums, 0, len(digits)):
        yield 0, len(digits)
    for i, (start, next_start) in enumerate(pairwise(edges)):
        end = start + SHORTEST
        if end in known and (start + BIRTH in known or next_start == end) and _resident(digits[start:end]):
            yield start, end
        if next_start - start >= GROUP:
            yield from _cards_from(digits, sums, edges[i : i + MOST_GROUPS + 1])


def _cards_from(digits: bytes, sums: Sums, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Groups of four and more, the last one of any length, with other numbers before or behind (an expiry
    date, a code, a phone number).
    """
    start = edges[0]
    for before, end in pairwise(edges):
        if end - start > LONGEST:
            return
        if end - start >= SHORTEST and _card(digits, sums, start, end):
            yield start, end
        if end - before < GROUP:
            return


def _checksums(digits: bytes) -> Sums:
    """Luhn's sum up to each digit, for numbers that end after an even one and after an odd one: any part
    is then checked with one subtraction.
    """
    even, odd = bytearray(digits), bytearray(digits)
    even[0::2], odd[1::2] = digits[0::2].translate(DOUBLED), digits[1::2].translate(DOUBLED)
    return tuple(accumulate(even, initial=0)), tuple(accumulate(odd, initial=0))


def _card(digits: bytes, sums: Sums, start: int, end: int) -> bool:
    luhn = sums[end % 2]
    return (luhn[end] - luhn[start]) % 10 == 0 and not digits.startswith(NEVER_A_CARD, start)


def _resident(digits: bytes) -> bool:
    month, day = 10 * digits[2] + digits[3], 10 * digits[4] + digits[5]
    return 1 <= month <= 12 and 1 <= day <= DAYS[month - 1] and 1 <= digits[BIRTH] <= 8
