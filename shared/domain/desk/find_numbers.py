"""A phone number in a search: its end, or its beginning in any spelling."""

import phonenumbers

from shared.domain.address.phone import phone_address
from shared.domain.desk import find_keys as keys
from shared.domain.desk.find_keys import FindKey
from shared.domain.text import typed_number

ABROAD = "00"
ENOUGH = 9  # digits of a number with its national prefix: it is no end of one


def number_keys(told: str, region: str) -> tuple[FindKey, ...]:
    """Likeliest first; () where there are too few digits."""
    text = typed_number(told)
    digits = keys.digits_of(text)
    begins = [one for one in _beginnings(text, digits, region) if len(one) >= keys.FIRST_DIGITS]
    leads = digits.startswith(ABROAD) or _national(digits, region)  # as an end of a number may, too
    whole = text.startswith("+") or (leads and len(digits) >= ENOUGH)
    ends = () if whole or len(digits) < keys.LAST_DIGITS else (keys.tail(digits),)
    first = [keys.tel(one) for one in dict.fromkeys(begins)]
    return (*first, *ends) if _national(digits, region) else (*ends, *first)


def _beginnings(text: str, digits: str, region: str) -> list[str]:
    """The digits of E.164 that a number begins with, as each way to write it means them."""
    country = str(phonenumbers.country_code_for_region(region))
    if text.startswith("+"):
        return [digits]
    if digits.startswith(ABROAD):
        return [digits[len(ABROAD) :]]
    if _national(digits, region):
        canonical = phone_address(text, region, "").value
        known = [canonical[1:]] if canonical.startswith("+") else []
        return [*known, country + digits[len(_prefix(region)) :]]
    return [*([digits] if digits.startswith(country) else []), country + digits]


def _national(digits: str, region: str) -> bool:
    """Written as within the country: with its prefix before the number."""
    prefix = _prefix(region)
    return bool(prefix) and digits.startswith(prefix) and not digits.startswith(ABROAD)


def _prefix(region: str) -> str:
    told = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    return (told.national_prefix or "") if told else ""
