"""Where calls ring an agent: a phone number, or an address of a telephone exchange (SIP)."""

import re

import phonenumbers

from shared.domain.address.phone import phone_address

SIP = re.compile(
    r"sips?:[A-Za-z0-9._+~!*'()-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?(?::\d{1,5})?"
)
E164 = re.compile(r"\+[1-9]\d{6,14}")


def client_name(agent_id: str) -> str:
    """What the browser of an agent is called at the carrier: letters, digits and underscores alone."""
    return re.sub(r"[^A-Za-z0-9_]", "_", agent_id)


def is_phone(text: str) -> bool:
    """Whether the carrier can ring this as it stands: E.164, or `sip:name@host`."""
    return bool(SIP.fullmatch(text)) or _number(text)


def rung_at(typed: str, region: str) -> str:
    """What an agent typed, as the carrier takes it: 010-1234-5678 is +821012345678 in Korea. "" for what
    cannot be rung.
    """
    text = typed.strip()
    if text.lower().startswith(("sip:", "sips:")):
        scheme, _, rest = text.partition(":")
        text = f"{scheme.lower()}:{rest}"
    else:
        text = phone_address(text, region, "typed").value
    return text if is_phone(text) else ""


def _number(text: str) -> bool:
    if not E164.fullmatch(text):
        return False
    try:
        found = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(text))
        return bool(found == phonenumbers.ValidationResult.IS_POSSIBLE)
    except phonenumbers.NumberParseException:
        return False
