"""Everything agents do on the desk, over HTTP."""

from typing import Any

from functions import channels
from functions.desk_api import (
    abuse,
    answers,
    bodies,
    calls,
    customers,
    files,
    find,
    hand_on,
    lists,
    phone,
    profiles,
    sessions,
    texts,
    told,
    work,
    writing,
)
from functions.desk_api.api import api
from shared.edge.early import early
from shared.edge.self_check import answers_self_check

ROUTES = (
    sessions,
    work,
    customers,
    profiles,
    answers,
    calls,
    phone,
    abuse,
    files,
    bodies,
    hand_on,
    find,
    texts,
    lists,
    told,
    writing,
)  # importing them adds their routes


@answers_self_check
def handler(event: dict[str, Any], context: object) -> Any:
    return api.app(event, context)


early("store", "settings", "staff_pool", then=channels.imported)
