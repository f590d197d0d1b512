"""Every night: the days of the index of texts that are over go into their months (trigger: schedule). The
event `{"rebuild": "YYYY-MM"}`, or a day, makes that part anew from the table.
"""

from collections.abc import Mapping
from typing import Any

from shared.edge.deadline import deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import new_key, ports
from shared.use_cases.desk.merge_texts import MergeTexts

RESERVE_MS = 300_000  # what the merging of one day takes at most


@answers_self_check
def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    at = ports()
    merge = MergeTexts(at.store, at.finder, at.settings, at.clock, new_key)
    if part := event.get("rebuild"):
        merge.rebuild(str(part))
        logger().info("texts_rebuilt", part=part)
        return {"rebuilt": part}
    merged = merge(deadline(context, RESERVE_MS))
    logger().info("texts_merged", days=merged)
    return {"merged": merged}


early("store", "settings", "finder")
