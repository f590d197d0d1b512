"""Phone numbers as providers write them, made canonical. Apart: webhooks need no phonenumbers."""

import re
from collections.abc import Collection

import phonenumbers

from shared.domain.address.address import Address
from shared.domain.text import typed_number

WITHHELD = frozenset(
    {"", "anonymous", "restricted", "unavailable", "unknown", "private", "+266696687", "+86282452253"}
)

OF_A_CALL = re.compile(r"withheld-[0-9A-Za-z]{2,64}")  # all words of one call are of one caller
NO_NUMBER = re.compile(r"(sips?|client):([^;?]+).*", re.IGNORECASE)  # a caller who has none
MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
FEWEST_DIGITS = 7  # of a subscriber's number; short codes have three to six


def phone_address(raw: str, region: str, event_id: str) -> Address:
    """The canonical phone address of a sender as the provider wrote it.

    E.164 where it is a number; `withheld-<event>` for a withheld caller, so that two of them are
    never one person (its channel may have said which call it is, and then it stays so); `name-<text>` for an
    alphanumeric sender; `short-<digits>` for a short code; `sip-<user>@<host>` and `client-<name>` for
    callers without a number.
    """
    if OF_A_CALL.fullmatch(raw):
        return Address("phone", raw)
    if found := NO_NUMBER.fullmatch(raw.strip()):
        return Address("phone", _without_number(found[1].lower(), found[2]))
    text = typed_number(raw)
    if text.lower() in WITHHELD:
        return Address("phone", f"withheld-{event_id}")
    if any(c.isalpha() for c in text):
        return Address("phone", f"name-{' '.join(text.split())}")
    if not text.startswith("+") and sum(c.isdigit() for c in text) < FEWEST_DIGITS:
        return Address("phone", f"short-{text}")
    number = _number(text, region)
    if number is None and text.startswith("00"):
        number = _number(f"+{text[2:].lstrip()}", region)  # the usual prefix, where the region has another
    if number is None:
        return Address("phone", f"short-{text}")
    return Address("phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _without_number(scheme: str, told: str) -> str:
    """One name for each, whatever port and parameters came along."""
    user, at, host = told.strip().rpartition("@")
    return f"{scheme}-{user}@{host.partition(':')[0].lower()}" if at else f"{scheme}-{host}"


def caller(number: str, call: str) -> Address:
    """A caller as the provider wrote them; who withholds their number is somebody else in each call."""
    return Address("phone", f"withheld-{call}" if number.lower() in WITHHELD else number)


def _number(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    """None for what is no possible number."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def canonical(sender: Address, region: str, event_id: str) -> Address:
    """Any sender's address in its canonical form; only phone numbers have more than one."""
    return phone_address(sender.value, region, event_id) if sender.kind == "phone" else sender


NOT_CALLED = (
    phonenumbers.PhoneNumberType.UNKNOWN,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
)


def may_be_called(address: Address, regions: Collection[str]) -> bool:
    """Whether an agent may call this number: a real one of the regions, and none where whoever is called
    earns by it.
    """
    number = _of(address)
    if number is None or phonenumbers.region_code_for_number(number) not in regions:
        return False
    return phonenumbers.number_type(number) not in NOT_CALLED


def region_of(address: Address) -> str:
    """The region of a phone number (KR); "" for what is none, or of no single region."""
    number = _of(address) if address.kind == "phone" else None
    return (phonenumbers.region_code_for_number(number) or "") if number else ""


def is_mobile(address: Address, regions: Collection[str]) -> bool:
    """Whether this is a mobile number of one of the regions: premium numbers, satellites and far countries
    are where somebody else earns from every message we send.
    """
    number = _of(address)
    if number is None or phonenumbers.region_code_for_number(number) not in regions:
        return False
    return phonenumbers.number_type(number) in MOBILE


def _of(address: Address) -> phonenumbers.PhoneNumber | None:
    """None for what is no number with its country."""
    try:
        return phonenumbers.parse(address.value)
    except phonenumbers.NumberParseException:
        return None
