"""Facts from the bus, in batches, into the index of texts (trigger: the texts queue)."""

from collections.abc import Iterable, Sequence
from typing import Any

from shared.domain.errors import TryAgain
from shared.edge.batch import Delivered, consume_together
from shared.edge.bus import facts_of
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import new_key, ports
from shared.use_cases.desk.index_texts import IndexTexts


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return consume_together(event, index)


def index(records: Sequence[Delivered]) -> Iterable[Delivered]:
    """One file is written for all of them: while the bucket does not answer, all of them wait together."""
    facts, failed = facts_of(records)
    try:
        IndexTexts(ports().store, ports().finder, ports().settings, new_key)([fact for _, fact in facts])
    except TryAgain as error:
        logger().warning("texts_postponed", records=len(records), reason=str(error))
        return records
    return failed


early("store", "settings", "finder")
