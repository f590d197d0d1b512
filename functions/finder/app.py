"""Facts from the bus → the rows customers and open cases are found by (trigger: the finding queue)."""

from collections.abc import Iterable, Sequence
from typing import Any

from functions import channels
from shared.edge.batch import Delivered, consume_together
from shared.edge.bus import facts_of
from shared.edge.early import early
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.desk.keep_found import KeepFound


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return consume_together(event, keep)


def keep(records: Sequence[Delivered]) -> Iterable[Delivered]:
    """A batch names each customer once, however many facts it has of them."""
    facts, failed = facts_of(records)
    KeepFound(ports().store, channels.now)([fact for _, fact in facts])
    return failed


early("store", "settings", then=channels.imported)
