"""Facts from the bus, in batches, into figures and raw partitions (trigger: the reports queue)."""

from collections.abc import Iterable, Sequence
from typing import Any

from shared.edge.batch import Delivered, consume_together
from shared.edge.bus import facts_of
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.report.count_facts import CountFacts


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return consume_together(event, count)


def count(records: Sequence[Delivered]) -> Iterable[Delivered]:
    """Counts what it understands; the rest stays in the queue and ends among the dead letters."""
    facts, failed = facts_of(records)
    done = CountFacts(ports().store, ports().files, ports().settings)([fact for _, fact in facts])
    for fact, reason in done.hopeless:
        logger().error("fact_hopeless", entry=fact.id, fact=fact.name, reason=reason)
    hopeless = [fact for fact, _ in done.hopeless]
    return failed + [record for record, fact in facts if any(fact is bad for bad in hopeless)]


early("store", "files", "settings")
