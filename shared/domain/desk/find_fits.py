"""Whether a row that was found by one word of a search fits its other words too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shared.domain.desk import find_keys as keys
from shared.domain.desk.found import FindRow
from shared.domain.hangul import given_name, is_syllable, letters, only_consonants, strokes

NAME, NUMBER, TAG, TEXT = "name", "number", "tag", "text"


@dataclass(frozen=True, slots=True)
class Wish:
    """A word of a search: a name or its initials, digits, the code of a tag, or any text of the row."""

    kind: str
    text: str


def fits(row: FindRow, wish: Wish) -> bool:
    return RULES[wish.kind](row, wish.text)


def name_fits(name: str, told: str) -> bool:
    """A Korean name from its first syllable or from the given name, a syllable or its initial for each; of
    other names every word begins one of theirs.
    """
    own, said = keys.plain(name), keys.plain(told)
    joined = own.replace(" ", "")
    if joined and is_syllable(joined[0]):
        wanted = only_consonants(said) or said.replace(" ", "")
        return any(_syllables_fit(one, wanted) for one in (joined, given_name(joined)) if one)
    return all(any(word.startswith(part) for word in own.split()) for part in said.split())


def _syllables_fit(name: str, told: str) -> bool:
    if len(told) > len(name):
        return False
    return all(_fits_at(name[n:], c, last=n == len(told) - 1) for n, c in enumerate(told))


def _fits_at(name: str, c: str, last: bool) -> bool:
    """The last one may be half typed, and its final may belong to the next syllable."""
    if only_consonants(c):
        return letters(name[0])[0] == only_consonants(c)
    return strokes(name).startswith(strokes(c)) if last else name[0] == c


def _in_text(row: FindRow, told: str) -> bool:
    said = keys.squeezed(told)
    return said in keys.squeezed(row.shown) or name_fits(row.name, told)


RULES: Mapping[str, Callable[[FindRow, str], bool]] = {
    NAME: lambda row, told: name_fits(row.name, told),
    NUMBER: lambda row, told: told in keys.digits_of(row.shown),
    TAG: lambda row, told: told in row.tags,
    TEXT: _in_text,
}
