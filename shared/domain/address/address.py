"""One way to reach a customer, in its canonical form."""

from dataclasses import dataclass


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


NOWHERE = Address("", "")  # of an entry that neither came from an address nor goes to one


def parse_address(text: str) -> Address:
    kind, _, value = text.partition(":")
    return Address(kind, value)
