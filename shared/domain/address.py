"""One way to reach a customer, in its canonical form."""

from dataclasses import dataclass

import phonenumbers


@dataclass(frozen=True, slots=True)
class Address:
    """`kind` is phone, visitor, …; `value` is canonical, so equal addresses are equal strings."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    @property
    def reachable(self) -> bool:
        """Whether an answer can be sent there: not to a withheld number nor to a name for a number."""
        return self.kind != "phone" or self.value.startswith("+")


def parse_address(text: str) -> Address:
    kind, _, value = text.partition(":")
    return Address(kind, value)


WITHHELD = frozenset({"", "anonymous", "restricted", "unavailable", "unknown", "private", "+266696687", "+86282452253"})


def phone_address(raw: str, region: str, event_id: str) -> Address:
    """The canonical phone address of a sender as the provider wrote it.

    E.164 where it is a number; `withheld-<event>` for a withheld caller, so that two of them are
    never one person; `name-<text>` for an alphanumeric sender; `short-<digits>` for a short code.
    """
    text = raw.strip()
    if text.lower() in WITHHELD:
        return Address("phone", f"withheld-{event_id}")
    if any(c.isalpha() for c in text):
        return Address("phone", f"name-{' '.join(text.split())}")
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return Address("phone", f"short-{text}")
    if not phonenumbers.is_possible_number(number):
        return Address("phone", f"short-{text}")
    return Address("phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
