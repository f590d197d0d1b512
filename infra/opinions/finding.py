"""What a tool says of the template, and what the house decided otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is a resource, or a resource and a place in it; "" for a whole file."""

    check: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.check} {self.where}: {self.text}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that stays. `where` is one resource, or "" for all of them."""

    check: str
    reason: str
    where: str = ""

    def covers(self, finding: Finding) -> bool:
        return self.check == finding.check and self.where in ("", finding.where)


def left(found: Iterable[Finding], accepted: Sequence[Accepted]) -> tuple[Finding, ...]:
    """The findings that nobody gave a reason for."""
    return tuple(one for one in found if not any(decision.covers(one) for decision in accepted))


def idle(found: Sequence[Finding], accepted: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """Decisions that no finding needs any more: they would hide the next one of their kind."""
    return tuple(one for one in accepted if not any(one.covers(finding) for finding in found))
