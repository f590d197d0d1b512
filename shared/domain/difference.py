"""One thing in which two versions of the settings differ, as it is kept and told."""

from dataclasses import dataclass

ADDED, REMOVED, ORDER = "added", "removed", "order"


@dataclass(frozen=True, slots=True)
class Difference:
    """`part` is a kind of thing (queue, skill, agent …), "centre" for the centre itself; `name` is which of
    them. `field` is what differs of it, or ADDED, REMOVED, or ORDER for the order of all of the part.
    `before` and `after` are values in a short form that is the same in every language.
    """

    part: str
    name: str
    field: str
    before: str = ""
    after: str = ""
