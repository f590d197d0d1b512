"""The supervisors' API, to which each file of this folder adds its routes."""

from typing import NamedTuple

from functions import channels
from shared.edge.staff import StaffApi
from shared.edge.wiring import ports
from shared.ports import Moment, Store

api = StaffApi("supervisor_api")
MAY = ("supervisor", "admin")


class Needs(NamedTuple):
    """What the use cases take, in their order."""

    store: Store
    now: Moment


def needs() -> Needs:
    return Needs(ports().store, channels.now)
