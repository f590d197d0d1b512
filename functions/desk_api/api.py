"""The desk's API, to which each file of this folder adds its routes."""

from typing import NamedTuple

from shared.edge.staff import StaffApi
from shared.edge.wiring import ports
from shared.ports import Clock, Ids, Settings, Store

api = StaffApi("desk_api")
TALKS_WITH_CUSTOMERS = ("agent", "expert")  # the groups whose members talk with customers
READS = (*TALKS_WITH_CUSTOMERS, "supervisor", "admin")


class Needs(NamedTuple):
    """What the use cases take that change something, in their order."""

    store: Store
    settings: Settings
    clock: Clock
    ids: Ids


def needs() -> Needs:
    return Needs(ports().store, ports().settings, ports().clock, ports().ids)
