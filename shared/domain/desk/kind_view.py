"""A kind of entry as the desk sees it."""

from dataclasses import dataclass

from shared.domain.timeline.kinds import KINDS


@dataclass(frozen=True, slots=True)
class KindView:
    """`icon` is its drawing ("" for none); `changes_card`: the customer's card is read again after it."""

    icon: str
    changes_card: bool


def kind_views() -> dict[str, KindView]:
    """Every kind by name."""
    return {str(kind): KindView(row.icon, row.changes_card) for kind, row in KINDS.items()}
