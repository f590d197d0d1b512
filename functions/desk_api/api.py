"""The desk's API, to which each file of this folder adds its routes."""

from typing import NamedTuple

from functions import channels
from shared.domain.errors import Malformed
from shared.edge.staff import StaffApi
from shared.edge.wiring import ports
from shared.ports import Moment, Store

api = StaffApi("desk_api")
TALKS_WITH_CUSTOMERS = ("agent", "expert")  # the groups whose members talk with customers
SETS_TIERS = ("supervisor", "admin")
READS = (*TALKS_WITH_CUSTOMERS, "supervisor", "admin")
ANSWERS = READS  # in a case that is theirs, or that they stepped into: the use case looks


class Needs(NamedTuple):
    """What the use cases take that change something, in their order."""

    store: Store
    now: Moment


def needs() -> Needs:
    return Needs(ports().store, channels.now)


def number(text: str) -> int:
    """A number in a path. Raises Malformed."""
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise Malformed("not a number")
    return int(text)
