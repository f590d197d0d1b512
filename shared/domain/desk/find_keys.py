"""The keys that customers and cases are found by: how a row is called, and what a search looks under.

`what` is the kind of key and its beginning, `rest` orders the rows under it. Of last digits, initials,
domains and tags the latest contact comes first; of names, mails and numbers the key's order rules, and the
latest contact among equals. A month counts down, so that the newest stands first.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from shared.domain.desk.found import FindRow
from shared.domain.hangul import initials, strokes

TAIL, TEL, MAIL, DOMAIN, NAME = "tail", "tel", "mail", "dom", "name"
INITIALS, TAG, FIELD, CASE = "cho", "tag", "field", "case"
NEWEST_FIRST = frozenset({TAIL, DOMAIN, INITIALS, TAG})
LAST_DIGITS, FIRST_DIGITS, FIRST_OF_MAIL, FIRST_OF_NAME, FIRST_OF_FIELD = 4, 8, 2, 2, 3
FIRST_YEAR = 2000
APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc"))
# Everybody has an address there: nobody is found by them.
PUBLIC_DOMAINS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com"),
        *("icloud.com", "naver.com", "daum.net", "hanmail.net", "kakao.com", "nate.com"),
    }
)


@dataclass(frozen=True, slots=True)
class FindKey:
    """Where a row lies, or what a search looks for: what goes on with `rest` under `what`. Where the latest
    contact stands first, `rest` stands behind the month; else it is what the key of the row begins with.
    """

    what: str
    rest: str = ""


def month_down(at: datetime | None) -> str:
    """The month of a contact, counted down; of nobody who ever spoke, the last of all."""
    return f"{9999 - ((at.year - FIRST_YEAR) * 12 + at.month if at else 0):04}"


def month_of(row: FindRow) -> str:
    """The month of the newest contact (2026-11), "" where there was none."""
    parts = row.rest.split(" ")
    told = parts[0 if stands_behind(FindKey(row.what)) else -2] if len(parts) > 1 else "9999"
    months = 9999 - int(told)
    return f"{FIRST_YEAR + (months - 1) // 12}-{(months - 1) % 12 + 1:02}" if months > 0 else ""


def goes_on(row: FindRow, key: FindKey) -> bool:
    """Whether a row that lies under the key's `what` is one of those it looks for."""
    if not stands_behind(key):
        return row.rest.startswith(key.rest)
    return row.rest.split(" ")[1].startswith(key.rest)


def stands_behind(key: FindKey) -> bool:
    """Whether the month stands before what goes on, so that no query can begin with it."""
    return kind_of(key.what) in NEWEST_FIRST


def kind_of(what: str) -> str:
    return what.partition("#")[0]


def plain(text: str) -> str:
    """Small letters and digits of any script, one blank between words, without accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(APOSTROPHES))
    seen = "".join(c for c in apart if not unicodedata.combining(c))
    kept = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", seen))
    return " ".join(kept.split())


def name_text(name: str) -> str:
    """A name as it is compared: Hangul taken apart and without blanks, words of other scripts apart."""
    said = plain(name)
    return strokes(said.replace(" ", "") if initials(said) else said)


def squeezed(text: str) -> str:
    """Letters and digits only: what an order's number is, however somebody separates its parts."""
    return plain(text).replace(" ", "")


def tail(digits: str) -> FindKey:
    """Numbers that end so; at least four digits. The others stand from behind."""
    return FindKey(f"{TAIL}#{digits[-LAST_DIGITS:]}", digits[:-LAST_DIGITS][::-1])


def tel(digits: str) -> FindKey:
    """Numbers that begin so, as E.164 without its plus; at least eight digits."""
    return FindKey(f"{TEL}#{digits[:FIRST_DIGITS]}", digits[FIRST_DIGITS:])


def mail(address: str) -> FindKey:
    return FindKey(f"{MAIL}#{address[:FIRST_OF_MAIL]}", address[FIRST_OF_MAIL:])


def domain(name: str) -> FindKey:
    return FindKey(f"{DOMAIN}#{name}")


def name(told: str) -> FindKey:
    """Names that begin so; `told` as name_text makes it."""
    return FindKey(f"{NAME}#{told[:FIRST_OF_NAME]}", told[FIRST_OF_NAME:])


def by_initials(consonants: str) -> FindKey:
    """Names whose initial consonants begin so; at least two. Rows lie under the first two and three."""
    return FindKey(f"{INITIALS}#{consonants[:3]}", consonants[3:])


def tag(code: str) -> FindKey:
    return FindKey(f"{TAG}#{code}")


def field(value: str) -> FindKey:
    """Values of declared fields that begin so; `value` as squeezed makes it."""
    return FindKey(f"{FIELD}#{value[:FIRST_OF_FIELD]}", value[FIRST_OF_FIELD:])


def case(number: str) -> FindKey:
    return FindKey(f"{CASE}#{number}")


DIGITS = re.compile(r"\d+")


def digits_of(text: str) -> str:
    return "".join(DIGITS.findall(text))
