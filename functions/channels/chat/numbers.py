"""A phone number that a visitor types: to go on by SMS, or to be called."""

import re

from shared.domain.channel.frame import Fields, Unfit, string
from shared.domain.text import clean, typed_number
from shared.domain.times import from_iso, iso

PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{3,30}")
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z")
LONGEST_LOCAL, LONGEST_PHONE = 12, 15  # digits; longer without a country code is a card or a resident number


def code_asked(frame: Fields) -> Fields:
    """A number as people type it. What could be a card or resident number instead is not even kept."""
    phone = typed_number(clean(string(frame, "phone")))
    digits = sum(c.isdigit() for c in phone)
    longest = LONGEST_PHONE if phone.startswith(("+", "00")) else LONGEST_LOCAL
    if not PHONE.fullmatch(phone) or not 5 <= digits <= longest:
        raise Unfit("bad_phone")
    return {"phone": phone}


def call_asked(frame: Fields) -> Fields:
    """`at` is a moment in ISO 8601, or "" for as soon as it is their turn."""
    wished = string(frame, "at") if frame.get("at") else ""
    if wished and not MOMENT.fullmatch(wished):
        raise Unfit("junk")
    try:
        return {**code_asked(frame), "at": iso(from_iso(wished)) if wished else ""}
    except ValueError as error:  # a day that no month has
        raise Unfit("junk") from error
