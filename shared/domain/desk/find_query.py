"""What somebody means who types into the search: which keys to look under, and what the rows must fit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from shared.domain.declared import Tag
from shared.domain.desk import find_keys as keys
from shared.domain.desk.find_fits import NAME, NUMBER, TAG, TEXT, Wish
from shared.domain.desk.find_keys import FindKey
from shared.domain.desk.find_numbers import number_keys
from shared.domain.errors import Refused
from shared.domain.hangul import is_syllable, only_consonants
from shared.domain.ids import ALPHABET
from shared.domain.text import clean, typed_number

LONGEST, MOST_WORDS = 100, 8
LEAST_NAME, LEAST_MAIL, LEAST_INITIALS = 2, 3, 2
NUMBER_WORD = re.compile(r"[+(]?[\d() .\-/]*\d[\d() .\-/]*")
DOMAIN_WORD = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")
CASE_WORD = re.compile(f"#?([{ALPHABET}]{{6}})")
MISREAD = str.maketrans("OIL", "011")  # letters that no case number has, read as digits


@dataclass(frozen=True, slots=True)
class Look:
    """One query: the rows of a key, and what each must fit besides."""

    key: FindKey
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a search: as a filter, and the keys it may mean, likeliest first. The word with the lowest
    `rank` leaves the fewest rows.
    """

    wish: Wish
    keys: tuple[FindKey, ...]
    rank: int


def looks(text: str, region: str, tags: Sequence[Tag] = (), fields: bool = True) -> tuple[Look, ...]:
    """The queries of a search in their order: the most telling word is looked up, the others filter. Without
    `fields` the centre has none, and nothing is looked for in them.

    Raises Refused `find_too_short` where nothing is telling enough.
    """
    said = [_word(kind, told, region, tags) for kind, told in _words(clean(text)[:LONGEST])][:MOST_WORDS]
    telling = min((word for word in said if word.keys), key=lambda word: word.rank, default=None)
    if telling is None:
        if any(word.wish.kind == TAG for word in said):
            return ()  # a tag that nobody declared
        raise Refused("find_too_short")
    wishes = tuple(word.wish for word in said if word is not telling)
    wanted = (key for key in dict.fromkeys(telling.keys) if fields or keys.kind_of(key.what) != keys.FIELD)
    return tuple(Look(key, (*wishes, *_within(key, telling))) for key in wanted)


def _within(key: FindKey, word: Word) -> tuple[Wish, ...]:
    """A name with consonants in the place of syllables is looked up by its beginning."""
    by_name = keys.kind_of(key.what) == keys.NAME and word.wish.kind == NAME
    return (word.wish,) if by_name and _mixed(word.wish.text) else ()


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Words with their kinds; parts of a number and of a name belong together."""
    for kind, group in groupby(text.split(), key=_kind):
        if kind in (NUMBER, NAME):
            yield kind, " ".join(group)
        else:
            yield from ((kind, word) for word in group)


def _kind(word: str) -> str:
    if word.startswith("#") and len(word) > 1:
        return TAG
    if "@" in word or DOMAIN_WORD.fullmatch(word.lower()):
        return keys.MAIL
    if NUMBER_WORD.fullmatch(typed_number(word)):
        return NUMBER
    if only_consonants(word):
        return keys.INITIALS
    return TEXT if any(map(str.isdigit, word)) else NAME


def _word(kind: str, told: str, region: str, tags: Sequence[Tag]) -> Word:
    case = _case(told)
    if kind == NUMBER:
        found = (*number_keys(told, region), *(() if told.startswith("+") else _fields(told)))
        return Word(Wish(NUMBER, keys.digits_of(typed_number(told))), (*case, *found), 1)
    if kind == keys.MAIL:
        return Word(Wish(TEXT, told.lower()), _mail(told.lower()), 0)
    if kind == keys.INITIALS:
        consonants = only_consonants(told)
        enough = len(consonants) >= LEAST_INITIALS
        return Word(Wish(NAME, consonants), (keys.by_initials(consonants),) if enough else (), 5)
    if kind == TAG:
        code = _tag(told[1:], tags)
        return Word(Wish(TAG, code), (*case, *((keys.tag(code),) if code else ())), 4)
    if kind == TEXT:
        return Word(Wish(TEXT, told), (*case, *_fields(told), *_names(told), *_mails(told)), 2)
    exact = _tag(told, tags, whole=True)
    tagged = (keys.tag(exact),) if exact else ()
    return Word(Wish(NAME, told), (*case, *tagged, *_names(told), *_mails(told)), 3)


def _case(told: str) -> tuple[FindKey, ...]:
    found = CASE_WORD.fullmatch(told.upper().translate(MISREAD))
    return (keys.case(found[1]),) if found else ()


def _fields(told: str) -> tuple[FindKey, ...]:
    value = keys.squeezed(told)
    return (keys.field(value),) if len(value) >= keys.LAST_DIGITS else ()


def _mail(told: str) -> tuple[FindKey, ...]:
    """A whole address, its beginning, or the domain behind an @ or with a dot in it."""
    name, at, domain = told.partition("@")
    if not at or not name:
        return (keys.domain(domain or name), *(() if at else _mails(told)))
    return (keys.mail(told),) if len(told) >= LEAST_MAIL else ()


def _mails(told: str) -> tuple[FindKey, ...]:
    plain = told.lower()
    fits = plain.isascii() and " " not in plain and len(plain) >= LEAST_MAIL
    return (keys.mail(plain),) if fits else ()


def _names(told: str) -> tuple[FindKey, ...]:
    """As far as a name is told key by key: behind a lone consonant nothing is known of its syllable."""
    name = keys.plain(told)
    name = keys.name_text(name[: _first_consonant(name) + 1] if _mixed(name) else name)
    return (keys.name(name),) if len(name) >= LEAST_NAME else ()


def _mixed(name: str) -> bool:
    """김ㅁㅅ: a consonant in the middle of a name stands for a syllable."""
    return any(map(is_syllable, name)) and _first_consonant(name) < len(name) - 1


def _first_consonant(name: str) -> int:
    return next((n for n, c in enumerate(name) if only_consonants(c)), len(name))


def _tag(told: str, tags: Sequence[Tag], whole: bool = False) -> str:
    """The code of the first tag that is called so, or begins so; "" for none."""
    said = keys.squeezed(told)
    for tag in tags if said else ():
        names = [keys.squeezed(name) for name in (tag.code, tag.label_ko, tag.label_en)]
        if said in names or (not whole and any(name.startswith(said) for name in names)):
            return tag.code
    return ""
