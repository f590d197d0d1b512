"""One way to reach a customer, in its canonical form."""

from dataclasses import dataclass

UNPROVEN = "unproven"  # the kind of an address that a message only claims to come from


@dataclass(frozen=True, slots=True, order=True)
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

    @property
    def takes_automatic(self) -> bool:
        """Whether a program may write there: never to who is only named as a sender."""
        return self.reachable and self.kind != UNPROVEN


NOWHERE = Address("", "")  # of an entry that neither came from an address nor goes to one


def parse_address(text: str) -> Address:
    kind, _, value = text.partition(":")
    return Address(kind, value)
